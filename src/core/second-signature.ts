import { refuse } from './decision.ts'
import type { AnyRefusal } from './op.ts'
import type { Part } from './part.ts'
import { addDuration, type Day, dayOf, type Instant } from './time.ts'

/**
 * What an act does, from which follows when its second person signs. What protects a child or narrows what others may see
 * is done at once and signed after; what opens something outwards, or decides about the child, is signed before.
 */
export type Effect = 'protects' | 'narrows' | 'opens' | 'decides'

export type SignatureRule = {
  effect: Effect
  /** Who signs: never the person who asks. */
  who: 'supervisor_of_the_case' | 'another_administrator' | 'the_other_signer'
  /** Who is called when those are silent or not there, and after them the roster; null where the first ones are two already. */
  elseWho: 'stand_in' | null
  /** The part that what is asked belongs to: whoever signs must be able to read it. */
  part: Part
  /** Kept in the one store, or where its feature has kept it before: the queue shows both. */
  kept: 'here' | 'in_its_feature'
}

/** The one table of second signatures of the whole program (decision 0030). */
export const SECOND_SIGNATURES = {
  assessment_approval: rule('decides', 'services', 'in_its_feature'),
  plan_approval: rule('decides', 'services', 'in_its_feature'),
  leave_out_victim: rule('decides', 'justice'),
  best_interests_determination: rule('decides', 'services'),
  not_to_act_or_share: rule('narrows', 'services'),
  urgent_protection: rule('protects', 'services'),
  // Under the file's own part, so that a stand-in opens no other: the database shows the request to whoever reads the account
  // of what happened, and to her who was called for it (migrations/0179).
  record_without_consent: rule('protects', 'case'),
  share_without_consent: rule('opens', 'services'),
  give_named_copy: rule('opens', 'services'),
  close_case: rule('decides', 'services'),
  reopen_case: rule('protects', 'services'),
  hold_erasure: rule('protects', 'services'),
  sensitive_role: {
    effect: 'opens',
    who: 'another_administrator',
    elseWho: null,
    part: 'case',
    kept: 'in_its_feature',
  },
  figures_release: { effect: 'opens', who: 'the_other_signer', elseWho: null, part: 'case', kept: 'in_its_feature' },
} as const satisfies Record<string, SignatureRule>
export type SignedAct = keyof typeof SECOND_SIGNATURES

function rule(effect: Effect, part: Part, kept: SignatureRule['kept'] = 'here'): SignatureRule {
  return { effect, who: 'supervisor_of_the_case', elseWho: 'stand_in', part, kept }
}

export function ruleOf(act: SignedAct): SignatureRule {
  return SECOND_SIGNATURES[act]
}

/** The acts whose signatures lie in the one store. */
export const ACTS_KEPT_HERE = (Object.keys(SECOND_SIGNATURES) as SignedAct[]).filter(
  (act) => ruleOf(act).kept === 'here',
) // the keys of our own record

/** Until when a second person should have signed. */
export const SIGN_WITHIN = 'PT72H'
/** After this silence the stand-ins are called as well. */
export const CALL_STAND_INS_AFTER = 'PT24H'
/** After this one, whoever stands on the roster above the office. */
export const CALL_ROSTER_AFTER = 'PT48H'

/** In which turn somebody is called: who supervises the team, her stand-ins, the roster above the office. */
export type CallTurn = 'first' | 'stand_in' | 'roster'
/** Somebody who can sign a request, and since when she can read it. */
export type Signer = {
  personId: string
  name: string
  /** Her office, where it is another one than the case's. */
  organisation: string | null
  turn: CallTurn
  /** A work number. */
  phone: string | null
  calledAt: Instant | null
}

/** Who is called next for a request nobody has answered, and when; null where everybody has been. */
export function nextCall(
  askedAt: Instant,
  signers: readonly Pick<Signer, 'turn' | 'calledAt'>[],
): { turn: CallTurn; at: Instant } | null {
  const has = (turn: CallTurn) => signers.some((one) => one.turn === turn)
  const waits = (turn: CallTurn) => signers.some((one) => one.turn === turn && one.calledAt === null)
  const after = (silence: string) => addDuration(askedAt, silence, 'UTC')
  if (waits('stand_in')) return { turn: 'stand_in', at: has('first') ? after(CALL_STAND_INS_AFTER) : askedAt }
  if (waits('roster'))
    return { turn: 'roster', at: has('first') || has('stand_in') ? after(CALL_ROSTER_AFTER) : askedAt }
  return null
}

/** A number that can be dialled; `work_phone` in SQL says the same. */
export const WORK_NUMBER = /^\+?[0-9][0-9 ()/.-]{3,23}$/

/** What somebody who was called on the telephone said. It is never a signature. */
export const TALK_SAID = ['agreed', 'not_agreed', 'not_reached'] as const
export type TalkSaid = (typeof TALK_SAID)[number]

/** A call may come before the request that writes down what was done on it, by no more than the time for a signature. */
export function refuseTalk(
  talk: { personId: string | null; who: string | null; at: Instant },
  known: { askedAt: Instant | null; mayBeCalled: boolean | null },
  actor: string,
): { ok: false; refusal: AnyRefusal } | null {
  if (talk.personId === null && (talk.who ?? '').trim() === '') return refuse({ reason: 'nobody_called' })
  if (talk.personId === actor) return refuse({ reason: 'called_oneself' })
  if (known.mayBeCalled === false) return refuse({ reason: 'cannot_sign_this' })
  if (known.askedAt !== null && addDuration(talk.at, SIGN_WITHIN, 'UTC') < known.askedAt)
    return refuse({ reason: 'called_long_before' })
  return null
}

export function signsWhen(act: SignedAct): 'before' | 'after' {
  const { effect } = ruleOf(act)
  return effect === 'protects' || effect === 'narrows' ? 'after' : 'before'
}

export function signatureDue(askedAt: Instant): Instant {
  return addDuration(askedAt, SIGN_WITHIN, 'UTC')
}

export type SignatureDecision = 'signed' | 'declined'
export type SignatureAnswer = { decision: SignatureDecision; answeredAt: Instant }
export type SignatureAsked = { act: SignedAct; askedAt: Instant; dueAt: Instant; answer: SignatureAnswer | null }

/** How a request stands. `late`: nobody has answered in time; it still waits, and says so. */
export type SignatureStanding = 'waiting' | 'late' | 'signed' | 'signed_late' | 'declined'

export function standingOf({ dueAt, answer }: SignatureAsked, now: Instant): SignatureStanding {
  if (answer === null) return now > dueAt ? 'late' : 'waiting'
  if (answer.decision === 'declined') return 'declined'
  return answer.answeredAt > dueAt ? 'signed_late' : 'signed'
}

/**
 * Whether what was asked for holds. Silence never ends a protection and never opens anything: an act signed after holds
 * until somebody declines it, an act signed before holds from the signature on.
 */
export function isInForce({ act, answer }: Pick<SignatureAsked, 'act' | 'answer'>): boolean {
  return signsWhen(act) === 'after' ? answer?.decision !== 'declined' : answer?.decision === 'signed'
}

/** What stands in the way of one person's answer to a request, or null. */
export function refuseAnswer(
  asked: { askedBy: string; isAnswered: boolean },
  { decision, reason }: { decision: SignatureDecision; reason: string | null },
  { actor, role }: { actor: string; role: string },
): { ok: false; refusal: AnyRefusal } | null {
  if (asked.askedBy === actor) return refuse({ reason: 'own_request' })
  if (role !== 'supervisor') return refuse({ reason: 'supervisor_signs' })
  if (asked.isAnswered) return refuse({ reason: 'already_signed' })
  if (decision === 'declined' && (reason ?? '').trim() === '') return refuse({ reason: 'declined_without_reason' })
  return null
}

/** How long something stays open because nobody could be asked and a second person signed; `kembali.basis_over_at` says the same. */
const BASIS_STANDS = 'P90D'

/** The last day of a reason for telling without consent: then the child is asked, or a new one is written down and signed. */
export function basisEndsOn(decidedAt: Instant, timeZone: string): Day {
  return dayOf(addDuration(decidedAt, BASIS_STANDS, timeZone), timeZone)
}

/** One line of the queue of what waits for a person's signature: codes, an alias and moments, never a word. */
export type ToSign = {
  id: string
  act: SignedAct
  caseId: string
  aboutId: string
  alias: string
  askedByName: string | null
  askedAt: Instant
  dueAt: Instant
  /** Who has been called for it and who is called next, where this is kept; and what was last said on the telephone. */
  calls?: { called: { name: string; turn: CallTurn }[]; next: { turn: CallTurn; at: Instant } | null }
  said?: TalkSaid | null
}
