import { describe, expect, test } from 'vitest'
import { Day } from '../../core/time.ts'
import { byNextSession, nextSession } from './my-child.ts'

const day = (text: string) => Day.parse(text)
const today = day('2026-03-10')

describe('a session', () => {
  test.each([
    ['that nobody has set asks nothing', null, null, undefined],
    ['to come is known beforehand', '2026-03-12', null, 'comes'],
    ['of today stands on the day', '2026-03-10', null, 'today'],
    ['of today that was written down is done', '2026-03-10', '2026-03-10', undefined],
    ['that has passed waits for a note', '2026-03-05', '2026-03-01', 'note'],
    ['that has passed and was written down later is done', '2026-03-05', '2026-03-06', undefined],
  ])('%s', (_what, next, noted, kind) => {
    expect(nextSession(next === null ? null : day(next), noted === null ? null : day(noted), today)?.kind).toBe(kind)
  })
})

test('who comes today stands first, then whose note is missing, then who comes next', () => {
  const child = (alias: string, next: string | null) => ({
    alias,
    next: nextSession(next === null ? null : day(next), null, today),
  })
  const all = [
    child('Amber', null),
    child('Blue', '2026-03-20'),
    child('Cedar', '2026-03-01'),
    child('Dune', '2026-03-10'),
  ]
  expect(byNextSession(all).map(({ alias }) => alias)).toEqual(['Dune', 'Cedar', 'Blue', 'Amber'])
})
