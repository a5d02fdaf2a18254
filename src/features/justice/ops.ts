import * as z from 'zod'
import { accept, refuse } from '../../core/decision.ts'
import { CaseId, ContactId } from '../../core/ids.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import type { SafeguardRule } from '../../core/safeguard-rule.ts'
import { words } from '../../core/schema.ts'
import { addMillis, Instant } from '../../core/time.ts'
import { AnswerState, type ContactFacts, JusticeContact, type SafeguardAnswer } from './contact.ts'

/** What is known of a case when a contact is recorded. */
export type Known = {
  closedAt: Instant | null
  contacts: readonly ContactFacts[]
  rules: readonly SafeguardRule[]
}

export type RecordedContact = { contact: JusticeContact; answers: SafeguardAnswer[] }

/** A phone's clock may be a little off; further ahead than this is a slip of the finger. */
const AHEAD_MS = 5 * 60_000

/** Records that a child met the authorities; the clocks follow from all contacts together. */
export const recordContact: OpDefinition<JusticeContact, Known, RecordedContact, AnyRefusal> = {
  type: 'justice.record_contact',
  payload: JusticeContact.schema, // the same shape; the type names what rules read
  needs: 'justice:write',
  decide(contact, known, { now }) {
    const { kind, startedAt, firstCustodyAt, detainedAt, releasedAt, capacities } = contact
    if (known.closedAt !== null) return refuse({ reason: 'case_closed', closedAt: known.closedAt })
    const latest = addMillis(now, AHEAD_MS)
    for (const moment of [startedAt, firstCustodyAt, detainedAt, releasedAt, contact.knownAt])
      if (moment !== null && moment > latest) return refuse({ reason: 'in_the_future', moment })
    if (firstCustodyAt !== null && detainedAt !== null && detainedAt < firstCustodyAt)
      return refuse({ reason: 'detained_before_custody', firstCustodyAt, detainedAt })
    if (releasedAt !== null && detainedAt !== null && releasedAt < detainedAt)
      return refuse({ reason: 'released_before_detained', detainedAt, releasedAt })
    if (kind === 'detention' && detainedAt === null) return refuse({ reason: 'detention_without_time' })
    if (kind === 'release' && releasedAt === null) return refuse({ reason: 'release_without_time' })
    if (!capacities.includes('victim') && !said(contact.victimRemovedWords))
      return refuse({ reason: 'victim_removed_without_reason' })
    if (contact.corrects !== null && !known.contacts.some((one) => one.id === contact.corrects))
      return refuse({ reason: 'corrects_unknown_contact' })
    const interviews = known.contacts.filter((one) => one.kind === 'interview' && one.id !== contact.corrects).length
    if (kind === 'interview' && interviews > 0 && !said(contact.whyAgain))
      return refuse({ reason: 'interviewed_before', count: interviews })
    return accept({ contact, answers: firstAnswers(contact, known.rules, now) })
  },
}

/** The answers a contact was recorded with, which a phone shows before the server has sent them back; "not known" is no answer yet. */
export function firstAnswers(
  contact: JusticeContact,
  rules: readonly SafeguardRule[],
  now: Instant,
): SafeguardAnswer[] {
  return rules.flatMap((rule) => {
    const answer = rule.question === null ? undefined : contact.answers[rule.question]
    if (answer === undefined || answer.state === 'not_known') return []
    return [
      {
        safeguardId: rule.id,
        contactId: contact.id,
        state: answer.state,
        at: answer.at ?? contact.detainedAt ?? contact.startedAt,
        answeredAt: now,
      },
    ]
  })
}

function said(text: string | null): boolean {
  return text !== null && text.trim().length > 0
}

export const AnswerSafeguard = z.strictObject({
  id: z.uuid(),
  caseId: CaseId,
  contactId: ContactId,
  safeguardId: z.string().regex(/^SG-[A-Z]{3}-\d\d$/),
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
    if (!known.rules.some((rule) => rule.id === answer.safeguardId)) return refuse({ reason: 'unknown_safeguard' })
    if (answer.at > addMillis(now, AHEAD_MS)) return refuse({ reason: 'in_the_future', moment: answer.at })
    if (answer.at < contact.startedAt && answer.state === 'met')
      return refuse({ reason: 'before_the_contact', startedAt: contact.startedAt })
    if (answer.state !== 'not_known' && !said(answer.saidBy)) return refuse({ reason: 'who_says_so' })
    return accept(answer)
  },
}
