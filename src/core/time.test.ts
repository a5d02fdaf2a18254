import { describe, expect, test } from 'vitest'
import { addDuration, dayOf, Instant, instant, startOfDay } from './time.ts'

describe('a moment', () => {
  test.each([
    ['2026-03-01T08:00Z', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01T16:00+08:00', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01T08:00:00.5Z', '2026-03-01T08:00:00.500Z'],
  ])('%s is kept as %s, so that its order as text is its order in time', (text, kept) => {
    expect(instant(text)).toBe(kept)
  })

  test.each([
    '2026-03-01',
    '2026-03-01T08:00',
    '2026-02-30T08:00Z',
    '0001-01-01T00:00Z',
    '9999-01-01T00:00Z',
    'yesterday',
    '',
  ])('"%s" is refused', (text) => {
    expect(Instant.safeParse(text).success).toBe(false)
  })
})

describe('a duration is added', () => {
  test.each([
    ['2026-03-01T08:00Z', 'PT24H', 'Asia/Jakarta', '2026-03-02T08:00:00.000Z'],
    ['2026-03-01T08:00Z', 'P14D', 'Asia/Jakarta', '2026-03-15T08:00:00.000Z'],
    // Months follow the calendar of the place: 31 August in Jakarta plus six months is the last of February there.
    ['2026-08-31T08:00Z', 'P6M', 'Asia/Jakarta', '2027-02-28T08:00:00.000Z'],
    ['2026-08-30T20:00Z', 'P6M', 'Asia/Jakarta', '2027-02-27T20:00:00.000Z'],
    // Where clocks are put forward in the night, a day has 23 hours; where they never are, it has 24.
    ['2026-03-28T12:00Z', 'P1D', 'Europe/Berlin', '2026-03-29T11:00:00.000Z'],
    ['2026-03-28T12:00Z', 'PT24H', 'Europe/Berlin', '2026-03-29T12:00:00.000Z'],
    ['2026-03-28T12:00Z', 'P1W', 'Asia/Manila', '2026-04-04T12:00:00.000Z'],
  ])('%s plus %s in %s is %s', (from, duration, zone, expected) => {
    expect(addDuration(instant(from), duration, zone)).toBe(expected)
  })

  test('"24 hours" in words is no duration', () => {
    expect(() => addDuration(instant('2026-03-01T08:00Z'), '24 hours', 'UTC')).toThrow('not a duration')
  })
})

test('a day begins where the child is, not where the server is', () => {
  expect(dayOf(instant('2026-03-01T20:00Z'), 'Asia/Jayapura')).toBe('2026-03-02')
  expect(startOfDay(dayOf(instant('2026-03-01T20:00Z'), 'Asia/Jayapura'), 'Asia/Jayapura')).toBe(
    '2026-03-01T15:00:00.000Z',
  )
})
