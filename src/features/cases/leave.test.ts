import { describe, expect, test } from 'vitest'
import { instant } from '../../core/time.ts'
import { decideLeave, type KnownLeave, Leave } from './leave.ts'

const [me, other, stranger] = ['a', 'b', 'c'].map((letter) => `${letter.repeat(8)}-1111-4111-8111-111111111111`)
const known: KnownLeave = {
  people: [me ?? ''],
  colleagues: [me ?? '', other ?? ''],
  others: [],
}
const when = { now: instant('2026-03-10T03:00:00.000Z'), timeZone: 'Asia/Jakarta' }
const leave = (over: Record<string, unknown> = {}) =>
  Leave.parse({
    id: '00000000-0000-4000-8000-000000000001',
    personId: me,
    fromOn: '2026-03-12',
    untilOn: '2026-03-20',
    coveredBy: other,
    ...over,
  })
const kept = (fromOn: string, untilOn: string) => ({
  others: [leave({ id: '00000000-0000-4000-8000-000000000002', fromOn, untilOn })],
})

describe('days away', () => {
  test.each([
    ['are kept with who covers', {}, {}, 'kept'],
    ['are kept where nobody covers', { coveredBy: null }, {}, 'kept'],
    ['are kept while they run', { fromOn: '2026-03-01', untilOn: '2026-03-10' }, {}, 'kept'],
    ['are kept beside others', {}, kept('2026-03-21', '2026-03-22'), 'kept'],
    ['are not kept twice', {}, kept('2026-03-20', '2026-03-22'), 'leave_twice'],
    ['are not kept of somebody else', { personId: other, coveredBy: me }, {}, 'leave_of_whom'],
    ['do not end before they begin', { untilOn: '2026-03-11' }, {}, 'leave_ends_before_it_begins'],
    ['are not kept when they are over', { fromOn: '2026-03-01', untilOn: '2026-03-09' }, {}, 'leave_is_over'],
    ['are not kept for a year nobody plans', { fromOn: '2090-03-12', untilOn: '2090-03-20' }, {}, 'too_far_ahead'],
    ['are a year at most', { untilOn: '2027-03-13' }, {}, 'leave_too_long'],
    ['are not covered by oneself', { coveredBy: me }, {}, 'leave_covered_by_whom'],
    ['are not covered by another office', { coveredBy: stranger }, {}, 'leave_covered_by_whom'],
  ])('%s', (_what, over, also, expected) => {
    const decided = decideLeave(leave(over), { ...known, ...also }, when)
    expect(decided.ok ? 'kept' : decided.refusal.reason).toBe(expected)
  })
})
