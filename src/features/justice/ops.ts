import * as z from 'zod'
import { accept, refuse } from '../../core/decision.ts'
import { CaseId, ContactId } from '../../core/ids.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { refuseImpossible } from '../../core/possible.ts'
import { Question, type SafeguardRule } from '../../core/safeguard-rule.ts'
import { words } from '../../core/schema.ts'
import { Instant } from '../../core/time.ts'
import { AnswerState, type ContactFacts, DutyId, JusticeContact, type SafeguardAnswer } from './contact.ts'
import { interviewsOf } from './custody.ts'

/** What is known of a case when a contact is recorded. */
export type Known = {
  closedAt: Instant | null
  contacts: readonly ContactFacts[]
  rules: readonly SafeguardRule[]
  /** Whether a supervisor of the case has agreed that "victim" may be left out. */
  supervisorAgreed: boolean
}

export type RecordedContact = { contact: JusticeContact; answers: SafeguardAnswer[] }

/** Records that a child met the authorities; the clocks follow from all contacts together. */
export const recordContact: OpDefinition<JusticeContact, Known, RecordedContact, AnyRefusal> = {
  type: 'justice.record_contact',
  payload: JusticeContact.schema, // the same shape; the type names what rules read
  needs: 'justice:write',
  decide(contact, known, { now }) {
    const { kind, startedAt, firstCustodyAt, detainedAt, releasedAt, knownAt } = contact
    if (known.closedAt !== null) return refuse({ reason: 'case_closed', closedAt: known.closedAt })
    const answered = Object.values(contact.answers).map((answer) => answer?.at)
    const impossible = refuseImpossible([startedAt, firstCustodyAt, detainedAt, releasedAt, knownAt, ...answered], now)
    if (impossible !== null) return impossible
    if (firstCustodyAt !== null && knownAt < firstCustodyAt)
      return refuse({ reason: 'known_before_custody', firstCustodyAt, knownAt })
    if (firstCustodyAt !== null && detainedAt !== null && detainedAt < firstCustodyAt)
      return refuse({ reason: 'detained_before_custody', firstCustodyAt, detainedAt })
    if (releasedAt !== null && detainedAt !== null && releasedAt < detainedAt)
      return refuse({ reason: 'released_before_detained', detainedAt, releasedAt })
    if (kind === 'detention' && detainedAt === null) return refuse({ reason: 'detention_without_time' })
    if (kind === 'release' && releasedAt === null) return refuse({ reason: 'release_without_time' })
    return (
      refuseWithoutVictim(contact, known) ?? refuseUnexplained(contact, known) ?? accepted(contact, known.rules, now)
    )
  },
}

function accepted(contact: JusticeContact, rules: readonly SafeguardRule[], now: Instant) {
  return accept({ contact, answers: firstAnswers(contact, rules, now) })
}

/** Victim comes first: leaving it out needs a reason and a supervisor (safeguards.md, rule 1). */
function refuseWithoutVictim({ capacities, victimRemovedWords }: JusticeContact, known: Known) {
  if (capacities.includes('victim')) return null
  if (!said(victimRemovedWords)) return refuse({ reason: 'victim_removed_without_reason' })
  return known.supervisorAgreed ? null : refuse({ reason: 'victim_removed_without_supervisor' })
}

function refuseUnexplained(contact: JusticeContact, known: Known) {
  if (contact.corrects !== null && !known.contacts.some((one) => one.id === contact.corrects))
    return refuse({ reason: 'corrects_unknown_contact' })
  const others = known.contacts.filter((one) => one.id !== contact.corrects)
  const count = interviewsOf(others)
  if (contact.kind === 'interview' && count > 0 && !said(contact.whyAgain))
    return refuse({ reason: 'interviewed_before', count })
  // A breach rests on somebody's word, never on silence.
  const unsaid = Question.options.find((question) => {
    const answer = contact.answers[question]
    return answer?.state === 'not_met' && !said(answer.saidBy ?? null)
  })
  return unsaid === undefined ? null : refuse({ reason: 'who_says_so', question: unsaid })
}

/** The answers a contact was recorded with, which a phone shows before the server has sent them back; "not known" is no answer yet. */
export function firstAnswers(
  { id, answers, detainedAt, startedAt }: Pick<JusticeContact, 'id' | 'answers' | 'detainedAt' | 'startedAt'>,
  rules: readonly SafeguardRule[],
  now: Instant,
): SafeguardAnswer[] {
  return Question.options.flatMap((question) => {
    const answer = answers[question]
    if (answer === undefined || answer.state === 'not_known') return []
    const { state, at = detainedAt ?? startedAt } = answer
    return dutiesBehind(question, rules).map((safeguardId) => ({
      safeguardId,
      contactId: id,
      state,
      at,
      answeredAt: now,
    }))
  })
}

/** The safeguards a question asks about, or the question itself where none stands behind it alone. */
export function dutiesBehind(question: Question, rules: readonly SafeguardRule[]): string[] {
  const found = new Set(rules.filter((rule) => rule.question === question).map((rule) => rule.id))
  return found.size === 0 ? [question] : [...found]
}

function said(text: string | null): boolean {
  return text !== null && text.trim().length > 0
}

export const AnswerSafeguard = z.strictObject({
  id: z.uuid(),
  caseId: CaseId,
  contactId: ContactId,
  safeguardId: DutyId,
  state: AnswerState,
  at: Instant,
  /** Who says so: a breach rests on somebody's word, never on silence. */
  saidBy: words(200).nullable(),
  words: words(2000).nullable(),
})
export type AnswerSafeguard = Omit<z.infer<typeof AnswerSafeguard>, 'at'> & { at: Instant }

/** Says whether a safeguard was kept: *met* and *not met* need who says so; *not known yet* stays a task. */
export const answerSafeguard: OpDefinition<AnswerSafeguard, Known, AnswerSafeguard, AnyRefusal> = {
  type: 'justice.answer_safeguard',
  payload: AnswerSafeguard, // the moment inside is branded by its own schema
  needs: 'justice:write',
  decide(answer, known, { now }) {
    if (known.closedAt !== null) return refuse({ reason: 'case_closed', closedAt: known.closedAt })
    const contact = known.contacts.find((one) => one.id === answer.contactId)
    if (contact === undefined) return refuse({ reason: 'unknown_contact' })
    const isKnown = known.rules.some((rule) => rule.id === answer.safeguardId)
    if (!isKnown && !Question.options.some((question) => question === answer.safeguardId))
      return refuse({ reason: 'unknown_safeguard' })
    const impossible = refuseImpossible([answer.at], now)
    if (impossible !== null) return impossible
    if (answer.at < contact.startedAt && answer.state === 'met')
      return refuse({ reason: 'before_the_contact', startedAt: contact.startedAt })
    if (answer.state !== 'not_known' && !said(answer.saidBy)) return refuse({ reason: 'who_says_so' })
    return accept(answer)
  },
}

export const AskWithoutVictim = z.strictObject({ id: z.uuid(), caseId: CaseId, why: words(1000) })
export type AskWithoutVictim = z.infer<typeof AskWithoutVictim>

/** A worker asks that "victim" may be left out of a contact; somebody else signs, and only then can it be left out. */
export const askWithoutVictim: OpDefinition<
  AskWithoutVictim,
  { closedAt: Instant | null; supervisorAgreed: boolean; isAsked: boolean },
  AskWithoutVictim,
  AnyRefusal
> = {
  type: 'justice.ask_without_victim',
  payload: AskWithoutVictim,
  needs: 'justice:write',
  decide(request, known) {
    if (known.closedAt !== null) return refuse({ reason: 'case_closed', closedAt: known.closedAt })
    if (!said(request.why)) return refuse({ reason: 'victim_removed_without_reason' })
    if (known.supervisorAgreed) return refuse({ reason: 'signed_already' })
    return known.isAsked ? refuse({ reason: 'asked_already' }) : accept(request)
  },
}
