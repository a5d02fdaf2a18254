import { expect, test } from 'vitest'
import { noteSaved, tellSaved } from './just-saved.ts'

test('what was saved is told once, on the screen one lands on', () => {
  noteSaved(1000)
  expect(tellSaved(1200)).toBe(true)
  expect(tellSaved(1300)).toBe(false)
})

test('a screen that is opened later says nothing of it', () => {
  noteSaved(1000)
  expect(tellSaved(3000)).toBe(false)
})
