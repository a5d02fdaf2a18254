import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addMillis, instant } from '../../core/time.ts'
import { loadCountry } from '../../server/countries.ts'
import type { ContactFacts } from './contact.ts'
import { type Clock, clocksOf, clockStatus } from './safeguards.ts'

const { pack } = loadCountry('countries', 'demo')
const rules = pack.safeguards

const clock: Clock = {
  contactId: 'c1',
  safeguardId: 'SG-LIB-02',
  authority: 'police_other',
  startsAt: instant('2026-03-01T08:00Z'),
  warnAt: instant('2026-03-02T02:00Z'),
  dueAt: instant('2026-03-02T08:00Z'),
  metAt: null,
  notMetAt: null,
  endedAt: null,
}

describe('a judge is owed 24 hours after a child is first held', () => {
  test.each([
    // now                      judge saw the child     the board says
    ['2026-03-01T09:00Z', null, 'running'],
    ['2026-03-02T02:00Z', null, 'due_soon'],
    ['2026-03-02T08:00Z', null, 'due_soon'],
    ['2026-03-02T08:00:00.001Z', null, 'passed'],
    ['2026-03-05T00:00Z', '2026-03-02T08:00Z', 'met'],
    ['2026-03-05T00:00Z', '2026-03-02T08:01Z', 'met_late'],
  ])('at %s, seen %s → %s', (now, seenAt, expected) => {
    expect(clockStatus({ ...clock, metAt: seenAt === null ? null : instant(seenAt) }, instant(now))).toBe(expected)
  })

  test('silence is never a breach: only a person who says "not met" makes one', () => {
    expect(clockStatus(clock, instant('2030-01-01T00:00Z'))).toBe('passed')
    expect(clockStatus({ ...clock, notMetAt: instant('2026-03-03T00:00Z') }, instant('2030-01-01T00:00Z'))).toBe(
      'not_met',
    )
  })

  test('a release within the limit ends it; a release after the limit does not undo the delay', () => {
    expect(clockStatus({ ...clock, endedAt: instant('2026-03-02T07:00Z') }, instant('2026-03-04T00:00Z'))).toBe('ended')
    expect(clockStatus({ ...clock, endedAt: instant('2026-03-03T07:00Z') }, instant('2026-03-04T00:00Z'))).toBe(
      'passed',
    )
  })
})

const contact = (id: string, over: Partial<ContactFacts>): ContactFacts => ({
  id,
  kind: 'detention',
  capacities: ['victim'],
  authority: 'police_other',
  startedAt: instant('2026-03-01T08:00Z'),
  firstCustodyAt: null,
  knownAt: instant('2026-03-01T08:00Z'),
  detainedAt: null,
  releasedAt: null,
  corrects: null,
  ...over,
})

const held = contact('a', { firstCustodyAt: instant('2026-03-01T06:00Z'), detainedAt: instant('2026-03-01T08:00Z') })
const heard = contact('b', { kind: 'hearing', startedAt: instant('2026-03-02T05:00Z') })
const find = (clocks: Clock[], id: string) => clocks.filter((one) => one.safeguardId === id)

describe('clocks run', () => {
  test('from first custody by anyone, not from when our office heard of it', () => {
    const late = { ...held, knownAt: instant('2026-03-02T00:00Z') }
    expect(find(clocksOf([late], [], rules, 'Asia/Makassar'), 'SG-LIB-02')[0]?.dueAt).toBe('2026-03-02T06:00:00.000Z')
  })

  test('until a later contact meets them', () => {
    expect(find(clocksOf([held, heard], [], rules, 'Asia/Makassar'), 'SG-LIB-02')[0]?.metAt).toBe(
      '2026-03-02T05:00:00.000Z',
    )
  })

  test('once a custody, and anew after a release', () => {
    const released = contact('r', {
      kind: 'release',
      startedAt: instant('2026-03-03T00:00Z'),
      releasedAt: instant('2026-03-03T00:00Z'),
    })
    const again = contact('d', {
      startedAt: instant('2026-03-10T00:00Z'),
      firstCustodyAt: instant('2026-03-10T00:00Z'),
      detainedAt: instant('2026-03-10T00:00Z'),
    })
    expect(
      find(
        clocksOf(
          [held, heard, contact('e', { kind: 'interview', startedAt: instant('2026-03-01T12:00Z') })],
          [],
          rules,
          'UTC',
        ),
        'SG-INF-03',
      ),
    ).toHaveLength(1)
    expect(find(clocksOf([held, released, again], [], rules, 'UTC'), 'SG-LIB-02')).toHaveLength(2)
  })

  test('of the corrected account, and no longer of the one it corrects', () => {
    const corrected = contact('k', {
      firstCustodyAt: instant('2026-03-01T04:00Z'),
      detainedAt: instant('2026-03-01T08:00Z'),
      corrects: 'a',
    })
    const [judge, ...more] = find(clocksOf([held, corrected], [], rules, 'UTC'), 'SG-LIB-02')
    expect(judge?.dueAt).toBe('2026-03-02T04:00:00.000Z')
    expect(more).toEqual([])
  })

  test('only for those they are owed to: detention reviews for a child who is accused', () => {
    expect(find(clocksOf([held], [], rules, 'UTC'), 'SG-LIB-04')).toEqual([])
    const accused = { ...held, capacities: ['victim', 'alleged_offender'] as ContactFacts['capacities'] }
    expect(find(clocksOf([accused], [], rules, 'UTC'), 'SG-LIB-04')).toHaveLength(1)
  })

  test('again after each review that was held', () => {
    const accused = { ...held, capacities: ['victim', 'alleged_offender'] as ContactFacts['capacities'] }
    const reviews = find(clocksOf([accused, heard], [], rules, 'UTC'), 'SG-LIB-04')
    expect(reviews.map((one) => one.dueAt)).toEqual(['2026-03-15T08:00:00.000Z', '2026-03-16T05:00:00.000Z'])
  })

  test('by the rule in force at the fact’s own date: a law changed later moves no past clock', () => {
    const changed = rules.flatMap((rule) =>
      rule.id === 'SG-LIB-02'
        ? [
            { ...rule, validTo: '2026-06-30' },
            { ...rule, limit: 'PT48H', validFrom: '2026-07-01' },
          ]
        : [rule],
    )
    expect(clocksOf([held], [], changed, 'UTC')).toEqual(clocksOf([held], [], rules, 'UTC'))
  })

  test('the same in whatever order the facts arrived', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          [held, heard, contact('c', { kind: 'handover', startedAt: addMillis(held.startedAt, 7_200_000) })],
          { minLength: 3 },
        ),
        (facts) => {
          expect(clocksOf(facts, [], rules, 'UTC')).toEqual(clocksOf([...facts].reverse(), [], rules, 'UTC'))
        },
      ),
    )
  })
})
