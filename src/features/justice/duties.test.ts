import { describe, expect, test } from 'vitest'
import { Question } from '../../core/safeguard-rule.ts'
import { instant } from '../../core/time.ts'
import { loadCountry } from '../../server/countries.ts'
import type { ContactFacts, JusticeContact, SafeguardAnswer } from './contact.ts'
import { interviewsOf, isHeld } from './custody.ts'
import { askOf } from './board.ts'
import { countStandings, dutiesOf } from './duties.ts'
import { answerSafeguard, firstAnswers, recordContact } from './ops.ts'
import { clocksOf, clockStatus } from './safeguards.ts'

const rules = loadCountry('countries', 'demo').pack.safeguards
const now = instant('2026-03-01T12:00Z')

const contact = (id: string, over: Partial<ContactFacts> = {}): ContactFacts => ({
  id,
  kind: 'detention',
  capacities: ['victim'],
  authority: 'police_other',
  startedAt: instant('2026-03-01T08:00Z'),
  firstCustodyAt: instant('2026-03-01T06:00Z'),
  knownAt: instant('2026-03-01T09:00Z'),
  detainedAt: instant('2026-03-01T08:00Z'),
  releasedAt: null,
  corrects: null,
  ...over,
})
const said = (id: string, contactId: string, state: 'met' | 'not_met', at = '2026-03-01T10:00Z'): SafeguardAnswer => ({
  safeguardId: id,
  contactId,
  state,
  at: instant(at),
  answeredAt: instant(at),
})
const standingOf = (id: string, contacts: ContactFacts[], answers: SafeguardAnswer[] = []) =>
  dutiesOf(contacts, answers, rules, 'UTC', now).find((duty) => duty.id === id)?.standing

describe('a detention without answers leaves', () => {
  test('each of its eight questions to be found out, until somebody says', () => {
    const held = [contact('a')]
    const open = dutiesOf(held, [], rules, 'UTC', now).filter((duty) => duty.standing === 'to_find_out')
    for (const id of ['SG-INF-01', 'SG-LIB-01', 'SG-LIB-07', 'SG-DET-01', 'place', 'next_review', 'individual_reason'])
      expect(open.map((duty) => duty.id)).toContain(id)
    expect(standingOf('place', held, [said('place', 'a', 'met')])).toBe('met')
    expect(standingOf('SG-DET-01', held, [said('SG-DET-01', 'a', 'not_met')])).toBe('not_met')
  })

  test('as many to find out on the board as on the page of the case', () => {
    const duties = dutiesOf([contact('a')], [], rules, 'UTC', now)
    const [ask] = askOf({ caseId: 'c', alias: 'Blue Heron', workerName: null }, duties)
    // Some of them no clock stands behind: a board of clocks alone would count fewer.
    expect(ask?.ids).toContain('place')
    expect(countStandings(duties)).toContainEqual({ standing: 'to_find_out', count: ask?.ids.length })
  })

  test('nothing to ask once the child is released', () => {
    const released = contact('r', {
      kind: 'release',
      startedAt: now,
      releasedAt: now,
      detainedAt: null,
      firstCustodyAt: null,
    })
    const duties = dutiesOf([contact('a'), released], [], rules, 'UTC', now)
    expect(duties.every((duty) => !duty.isOpen)).toBe(true)
    expect(duties.find((duty) => duty.id === 'place')?.standing).toBe('ended')
    // What was owed at once and never shown is told as that, and asked of nobody.
    expect(askOf({ caseId: 'c', alias: 'Blue Heron', workerName: null }, duties)).toEqual([])
    expect(countStandings(duties).map((one) => one.standing)).not.toContain('to_find_out')
    expect(countStandings(duties).map((one) => one.standing)).toContain('never_shown')
  })
})

describe('an answer counts', () => {
  test('for the whole custody, whichever of its contacts it came with', () => {
    const first = contact('c', { kind: 'first_custody', startedAt: instant('2026-03-01T06:00Z'), detainedAt: null })
    expect(standingOf('SG-INF-01', [first, contact('a')], [said('SG-INF-01', 'a', 'not_met')])).toBe('not_met')
  })

  test('for the account that stands, when the one it was given about is corrected', () => {
    const corrected = contact('k', { corrects: 'a', firstCustodyAt: instant('2026-03-01T05:00Z') })
    expect(standingOf('SG-INF-01', [contact('a'), corrected], [said('SG-INF-01', 'a', 'not_met')])).toBe('not_met')
  })

  test('not for a later custody of the same child', () => {
    const out = contact('r', {
      kind: 'release',
      startedAt: instant('2026-03-01T11:00Z'),
      releasedAt: now,
      detainedAt: null,
      firstCustodyAt: null,
    })
    const again = contact('b', { startedAt: now, firstCustodyAt: now, detainedAt: now })
    const duties = dutiesOf([contact('a'), out, again], [said('SG-INF-01', 'a', 'not_met')], rules, 'UTC', now)
    expect(duties.filter((duty) => duty.id === 'SG-INF-01').map((duty) => duty.standing)).toEqual([
      'not_met',
      'to_find_out',
    ])
  })
})

describe('the duty to tell child protection', () => {
  const notice = (knownAt: string) => {
    const clock = clocksOf([contact('a', { knownAt: instant(knownAt) })], [], rules, 'UTC').find(
      (one) => one.safeguardId === 'SG-HND-01',
    )
    return clock === undefined ? null : clockStatus(clock, instant('2026-03-09T00:00Z'))
  }
  test.each([
    ['2026-03-01T09:00Z', 'met'],
    ['2026-03-02T06:00Z', 'met'],
    ['2026-03-02T06:01Z', 'met_late'], // late notification by the authority, never a breach by whoever records it
  ])('known at %s → %s', (knownAt, expected) => {
    expect(notice(knownAt)).toBe(expected)
  })
})

describe('clocks', () => {
  test('run from first custody by anyone, also when a later contact tells of it', () => {
    const here = contact('a', { firstCustodyAt: null })
    const told = contact('b', { kind: 'interview', startedAt: instant('2026-03-01T10:00Z'), detainedAt: null })
    const judge = clocksOf([here, told], [], rules, 'UTC').filter((one) => one.safeguardId === 'SG-LIB-02')
    expect(judge.map((one) => one.dueAt)).toEqual(['2026-03-02T06:00:00.000Z'])
  })

  test('of a review start anew after each review that was held', () => {
    const accused = contact('a', { capacities: ['victim', 'alleged_offender'] })
    const hearing = (id: string, at: string) =>
      contact(id, { kind: 'hearing', startedAt: instant(at), detainedAt: null, firstCustodyAt: null })
    const all = [accused, hearing('h', '2026-03-10T08:00Z'), hearing('i', '2026-03-20T08:00Z')]
    const reviews = clocksOf(all, [], rules, 'UTC').filter((one) => one.safeguardId === 'SG-LIB-04')
    expect(reviews.map((one) => [one.dueAt.slice(0, 10), one.metAt?.slice(0, 10) ?? null])).toEqual([
      ['2026-03-15', '2026-03-10'],
      ['2026-03-24', '2026-03-20'],
      ['2026-04-03', null],
    ])
  })

  test('a child is held until released or handed over', () => {
    const over = contact('h', { kind: 'handover', startedAt: now, detainedAt: null, firstCustodyAt: null })
    expect([isHeld([contact('a')]), isHeld([contact('a'), over]), isHeld([])]).toEqual([true, false, false])
  })
})

const known = { closedAt: null, contacts: [] as ContactFacts[], rules, supervisorAgreed: false }
const ctx = { now, actor: 'somebody', role: 'case_worker', timeZone: 'UTC' }
const record = (over: Record<string, unknown>, more: Partial<typeof known> = {}) => {
  const words = { whyAgain: null, victimRemovedWords: null, answers: {}, caseId: 'case' }
  const decision = recordContact.decide(
    { ...contact('n'), ...words, ...over } as JusticeContact,
    { ...known, ...more },
    ctx,
  )
  return decision.ok ? 'accepted' : decision.refusal.reason
}

describe('victim comes first', () => {
  test.each([
    ['without a reason', {}, false, 'victim_removed_without_reason'],
    ['with a reason alone', { victimRemovedWords: 'Because' }, false, 'victim_removed_without_supervisor'],
    ['with a supervisor alone', {}, true, 'victim_removed_without_reason'],
    ['with a reason and a supervisor', { victimRemovedWords: 'Because' }, true, 'accepted'],
  ])('leaving it out %s → %s', (_title, words, supervisorAgreed, expected) => {
    expect(record({ capacities: ['witness'], ...words }, { supervisorAgreed })).toBe(expected)
  })
})

describe('a contact is refused', () => {
  test.each([
    ['when "not met" is nobody’s word', { answers: { lawyer: { state: 'not_met' } } }, 'who_says_so'],
    ['when we knew before it happened', { knownAt: instant('2026-03-01T05:00Z') }, 'known_before_custody'],
    ['when it corrects what is not there', { corrects: 'x' }, 'corrects_unknown_contact'],
  ])('%s', (_title, over, expected) => {
    expect(record(over)).toBe(expected)
  })

  test('as a second interview until somebody says why again; a corrected one is not counted twice', () => {
    const first = contact('i', { kind: 'interview', detainedAt: null, firstCustodyAt: null })
    const second = { kind: 'interview', detainedAt: null, firstCustodyAt: null }
    expect(record(second, { contacts: [first] })).toBe('interviewed_before')
    expect(record({ ...second, whyAgain: 'No recording was made' }, { contacts: [first] })).toBe('accepted')
    expect(record({ ...second, corrects: 'i' }, { contacts: [first] })).toBe('accepted')
    expect(interviewsOf([first, contact('k', { kind: 'interview', corrects: 'i' })])).toBe(1)
  })
})

describe('an answer of its own', () => {
  const answer = (over: Record<string, unknown>) => {
    const decision = answerSafeguard.decide(
      {
        id: 'x',
        caseId: 'case',
        contactId: 'a',
        safeguardId: 'place',
        state: 'met',
        at: now,
        saidBy: 'Duty officer',
        words: null,
        ...over,
      } as never, // a payload as its schema gives it
      { ...known, contacts: [contact('a')] },
      ctx,
    )
    return decision.ok ? 'accepted' : decision.refusal.reason
  }
  test.each([
    ['to a question no safeguard stands behind alone', {}, 'accepted'],
    ['to a safeguard', { safeguardId: 'SG-INT-04' }, 'accepted'],
    ['to one this country does not have', { safeguardId: 'SG-XXX-99' }, 'unknown_safeguard'],
    ['that nobody says', { saidBy: null }, 'who_says_so'],
  ])('%s → %s', (_title, over, expected) => {
    expect(answer(over)).toBe(expected)
  })
})

test('every question of a detention leads to a duty that can be answered', () => {
  const answers = Object.fromEntries(Question.options.map((question) => [question, { state: 'met' as const }]))
  expect(
    firstAnswers({ ...contact('a'), answers }, rules, now)
      .map((one) => one.safeguardId)
      .sort(),
  ).toEqual(
    [
      'SG-DET-01',
      'SG-INF-01',
      'SG-LIB-01',
      'SG-LIB-07',
      'deciding_authority',
      'individual_reason',
      'next_review',
      'place',
    ].sort(),
  )
})
