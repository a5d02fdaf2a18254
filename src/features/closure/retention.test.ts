import { describe, expect, test } from 'vitest'
import { instant } from '../../core/time.ts'
import { loadCountry } from '../../server/countries.ts'
import { triedEnough } from './closing-rules.ts'
import { clocksOf, clockState, type Closed } from './retention.ts'

const { retention } = loadCountry('countries', 'demo').pack
const closed: Closed = {
  closedAt: instant('2026-03-01T08:00Z'),
  reason: 'goals_met',
  asksToKeep: false,
  birthYear: null,
}
const endsOf = (over: Partial<Closed> = {}) =>
  Object.fromEntries(clocksOf({ ...closed, ...over }, retention, 'UTC').map((one) => [one.class, one.endsOn]))

describe('a file that was closed on 1 March 2026 is erased', () => {
  test.each([
    [
      'class by class, the account of what happened first',
      {},
      ['2027-03-01', '2026-03-31', '2029-03-01', '2031-03-01'],
    ],
    [
      'with its account as late as the rest, where the young person asked for that',
      { asksToKeep: true },
      ['2031-03-01', '2026-03-31', '2029-03-01', '2031-03-01'],
    ],
    [
      'no later than the year the child turns 21, and nothing outlives the name',
      { birthYear: 2006 },
      ['2027-01-01', '2026-03-31', '2027-01-01', '2027-01-01'],
    ],
    [
      'not before its 21-year-old could be told and take a copy along',
      { birthYear: 2004 },
      ['2026-03-31', '2026-03-31', '2026-03-31', '2026-03-31'],
    ],
    [
      'whole after ninety days, where it should never have been one',
      { reason: 'not_eligible' },
      ['2026-05-30', '2026-03-31', '2026-05-30', '2026-05-30'],
    ],
  ])('%s', (_how, over, [story, place, careAndLaw, who]) => {
    expect(endsOf(over)).toEqual({ story, place, care_and_law: careAndLaw, who })
  })

  test('with the same clocks whatever is in it: they come from the country and from nothing else', () => {
    expect(clocksOf(closed, retention, 'UTC').flatMap((one) => one.parts)).toHaveLength(12)
  })
})

test.each([
  ['running', '2026-09-01', null, false],
  ['soon', '2026-03-20', null, false],
  ['held', '2026-03-20', null, true],
  ['erased', '2026-03-20', instant('2026-03-21T00:00Z'), true],
])('a clock says that it is %s', (state, endsOn, erasedAt, isHeld) => {
  const clock = { endsOn: endsOn as never, erasedAt } // a day as text
  expect(clockState(clock, isHeld, 'P30D', closed.closedAt, 'UTC')).toBe(state)
})

test.each([
  [
    'three visits on three days',
    [
      ['01', 'visit'],
      ['02', 'visit'],
      ['03', 'visit'],
    ],
    false,
  ],
  [
    'three ways on one day',
    [
      ['01', 'visit'],
      ['01', 'call'],
      ['01', 'message'],
    ],
    false,
  ],
  [
    'two attempts',
    [
      ['01', 'visit'],
      ['02', 'call'],
    ],
    false,
  ],
  [
    'three ways on three days',
    [
      ['01', 'visit'],
      ['02', 'call'],
      ['03', 'message'],
    ],
    true,
  ],
] as const)('contact is lost after %s: %s', (_what, attempts, isLost) => {
  expect(triedEnough(attempts.map(([day, how]) => ({ on: `2026-03-${day}` as never, how })))).toBe(isLost) // days as text
})
