import { describe, expect, test } from 'vitest'
import { newId, newOpId, newToken, randomBelow } from './random.ts'

describe('an id', () => {
  test('of anything about a child is random and carries no date', () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  test('of an operation sorts by the moment it was made', () => {
    const ids = Array.from({ length: 200 }, newOpId)
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)
    expect(ids.toSorted()).toEqual(ids)
  })
})

test('a token is 256 bits that fit into an address', () => {
  const tokens = Array.from({ length: 500 }, newToken)
  for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(new Set(tokens).size).toBe(500)
})

test('a drawn number is below its limit, and every one comes up', () => {
  const drawn = Array.from({ length: 2000 }, () => randomBelow(7))
  expect(new Set(drawn)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]))
  expect(randomBelow(1)).toBe(0)
})
