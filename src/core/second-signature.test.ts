import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  isInForce,
  nextCall,
  refuseTalk,
  refuseAnswer,
  ruleOf,
  SECOND_SIGNATURES,
  signsWhen,
  type SignedAct,
  standingOf,
} from './second-signature.ts'
import { instant } from './time.ts'

const acts = Object.keys(SECOND_SIGNATURES) as SignedAct[] // the keys of our own record

describe('the one table of second signatures', () => {
  test.each(acts)('%s is signed after when it protects or narrows, and before when it opens or decides', (act) => {
    const isSafe = ['protects', 'narrows'].includes(ruleOf(act).effect)
    expect(signsWhen(act)).toBe(isSafe ? 'after' : 'before')
  })
  test.each(acts)(
    '%s is about a part that a supervisor reads, and never about one that says what kind of child this is',
    (act) => {
      expect(['case', 'identity', 'family', 'narrative', 'services', 'justice', 'legal']).toContain(ruleOf(act).part)
    },
  )
  test('calls a stand-in wherever one supervisor could be silent', () => {
    for (const act of acts)
      if (ruleOf(act).who === 'supervisor_of_the_case') expect(ruleOf(act).elseWho).toBe('stand_in')
  })
})

/** What features do on the server: who asks stands there, not on a screen. */
const server = readdirSync('src/features', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.includes('screens') && !path.endsWith('.test.ts'))
  .map((path) => ({ path, text: readFileSync(`src/features/${path}`, 'utf8') }))

/** What asks for an act that keeps its signature in its own feature. */
const ASKS: { [act in SignedAct]?: string } = {
  assessment_approval: "handedIn(tx, personId, 'assessment', 'assessment_approval')",
  plan_approval: "handedIn(tx, personId, 'care', 'plan_approval')",
  sensitive_role: 'kembali.appointment_decide(',
  figures_release: 'from release_signature',
}

test.each(acts)('%s is asked by the feature that does it: nothing stands in the table that nobody asks', (act) => {
  const asks = ruleOf(act).kept === 'here' ? `act: '${act}'` : (ASKS[act] ?? 'nobody')
  const who = server.filter(({ text }) => text.includes(asks)).map(({ path }) => path)
  expect(who).not.toEqual([])
})

const asked = { askedAt: instant('2026-03-01T08:00Z'), dueAt: instant('2026-03-04T08:00Z') }
const signed = (at: string) => ({ decision: 'signed' as const, answeredAt: instant(at) })
const declined = { decision: 'declined' as const, answeredAt: instant('2026-03-02T08:00Z') }

describe('a request of 1 March 08:00', () => {
  test.each([
    // now                 answer                        stands as      a protection holds, what opens holds
    ['2026-03-02T08:00Z', null, 'waiting', true, false],
    ['2026-03-04T08:00Z', null, 'waiting', true, false],
    ['2026-03-04T08:01Z', null, 'late', true, false],
    ['2026-03-09T08:00Z', null, 'late', true, false],
    ['2026-03-09T08:00Z', signed('2026-03-02T08:00Z'), 'signed', true, true],
    ['2026-03-09T08:00Z', signed('2026-03-05T08:00Z'), 'signed_late', true, true],
    ['2026-03-09T08:00Z', declined, 'declined', false, false],
  ])('at %s', (now, answer, standing, protection, opening) => {
    expect(standingOf({ act: 'urgent_protection', ...asked, answer }, instant(now))).toBe(standing)
    expect(isInForce({ act: 'urgent_protection', answer })).toBe(protection)
    expect(isInForce({ act: 'share_without_consent', answer })).toBe(opening)
  })
})

describe('of a request of 1 March 08:00 is called next', () => {
  const called = asked.askedAt
  const first = { turn: 'first' as const, calledAt: called }
  const standIn = { turn: 'stand_in' as const, calledAt: null }
  const roster = { turn: 'roster' as const, calledAt: null }
  test.each([
    ['the stand-in after a day', [first, standIn, roster], { turn: 'stand_in', at: instant('2026-03-02T08:00Z') }],
    [
      'the roster after two, once the stand-in was called',
      [first, { ...standIn, calledAt: called }, roster],
      { turn: 'roster', at: instant('2026-03-03T08:00Z') },
    ],
    [
      'the roster after two also where nobody stands in',
      [first, roster],
      { turn: 'roster', at: instant('2026-03-03T08:00Z') },
    ],
    ['the stand-in at once where nobody supervises the team', [standIn, roster], { turn: 'stand_in', at: called }],
    ['the roster at once where the office has nobody', [roster], { turn: 'roster', at: called }],
    ['nobody where all have been', [first, { ...roster, calledAt: called }], null],
    ['nobody where there is nobody', [], null],
  ])('%s', (_what, signers, next) => {
    expect(nextCall(asked.askedAt, signers)).toEqual(next)
  })
})

describe('a call on the telephone', () => {
  const talk = { personId: 'b', who: null, at: instant('2026-03-01T22:00Z') }
  const known = { askedAt: asked.askedAt, mayBeCalled: true }
  test.each([
    ['is written down', talk, known, null],
    ['may be of the hours before it was asked', { ...talk, at: instant('2026-02-26T09:00Z') }, known, null],
    ['but not of days before', { ...talk, at: instant('2026-02-26T07:00Z') }, known, 'called_long_before'],
    ['is with somebody', { ...talk, personId: null, who: ' ' }, known, 'nobody_called'],
    ['is not with oneself', { ...talk, personId: 'a' }, known, 'called_oneself'],
    ['is with one who can sign', talk, { ...known, mayBeCalled: false }, 'cannot_sign_this'],
    ['on a phone that does not know who can is believed', talk, { ...known, mayBeCalled: null }, null],
  ])('%s', (_what, said, of, reason) => {
    expect(refuseTalk(said, of, 'a')?.refusal.reason ?? null).toBe(reason)
  })
})

describe('an answer', () => {
  const request = { askedBy: 'a', isAnswered: false }
  const yes = { decision: 'signed' as const, reason: null }
  test.each([
    ['by another supervisor stands', request, yes, { actor: 'b', role: 'supervisor' }, null],
    ['by whoever asked is refused, whatever her role', request, yes, { actor: 'a', role: 'supervisor' }, 'own_request'],
    ['by a worker is refused', request, yes, { actor: 'b', role: 'case_worker' }, 'supervisor_signs'],
    [
      'that comes second is told so',
      { ...request, isAnswered: true },
      yes,
      { actor: 'b', role: 'supervisor' },
      'already_signed',
    ],
    [
      'that says no says why',
      request,
      { decision: 'declined' as const, reason: ' ' },
      { actor: 'b', role: 'supervisor' },
      'declined_without_reason',
    ],
  ])('%s', (_what, known, answer, by, reason) => {
    expect(refuseAnswer(known, answer, by)?.refusal.reason ?? null).toBe(reason)
  })
})
