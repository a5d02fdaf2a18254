import { expect, test } from 'vitest'
import { dayOf, instant } from '../../core/time.ts'
import { answerDue, referralState } from './referral-state.ts'

const letter = { id: 'a', answerBy: '2026-12-03' as never } // a day as the schema brands it

test.each(['Asia/Jakarta', 'Asia/Jayapura', 'Indian/Maldives'])(
  'a letter asks for its answer on one day, in a list as on its page, in %s',
  (zone) => {
    expect(dayOf(answerDue(letter, zone), zone)).toBe('2026-12-03')
  },
)

test.each([
  ['2026-12-03T16:59:59.998Z', 'waiting'],
  ['2026-12-03T17:00:00.000Z', 'no_answer'],
] as const)('at %s it is %s, where the day ends at five in the afternoon of the world’s clock', (now, expected) => {
  expect(referralState(letter, [], [], instant(now), 'Asia/Jakarta')).toBe(expected)
})
