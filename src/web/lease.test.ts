import { describe, expect, test } from 'vitest'
import { addMillis, instant } from '../core/time.ts'
import { leaseAt, leaseNow } from './lease.ts'

const met = instant('2026-03-01T08:00:00Z')
const days = (count: number) => addMillis(met, count * 86_400_000)

describe('a device that last met its server on 1 March', () => {
  test.each([
    ['is as it should be on the same day', 0, 'good', 10],
    ['is as it should be until day 10', 9.99, 'good', 1],
    ['warns from day 10', 10, 'warning', 4],
    ['warns until day 14', 13.99, 'warning', 1],
    ['shrinks to cards after 14 days', 14, 'cards', 16],
    ['keeps its cards until day 30', 29.99, 'cards', 1],
    ['holds nothing after 30 days', 30, 'over', 0],
    ['holds nothing long after that', 400, 'over', 0],
  ])('%s', (_title, day, stage, daysLeft) => {
    expect(leaseAt(met, days(day))).toEqual({ stage, daysLeft, metAt: met })
  })

  test('is not helped by a clock that was turned back', () => {
    expect(leaseAt(met, leaseNow(days(2), days(31), false)).stage).toBe('over')
  })

  test('is not ended by a clock that once ran ahead, when the server says what time it is', () => {
    expect(leaseAt(met, leaseNow(days(2), days(400), true)).stage).toBe('good')
  })

  test('believes its own clock where that is the highest time it ever saw', () => {
    expect(leaseNow(days(12), days(11), false)).toBe(days(12))
    expect(leaseNow(days(12), null, false)).toBe(days(12))
  })
})
