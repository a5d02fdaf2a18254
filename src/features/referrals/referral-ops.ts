import * as z from 'zod'
import { accept, refuse } from '../../core/decision.ts'
import { CaseId } from '../../core/ids.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { refuseImpossible } from '../../core/possible.ts'
import { addDuration, dayOf, Instant } from '../../core/time.ts'
import { refuseWhenClosed } from '../cases/ops.ts'
import type { KnownConsents } from './ops.ts'
import { LawfulBasis, LETTER_FIELDS, Referral, ReferralAnswer, ReferralId } from './referral.ts'
import { type Basis, basisProblem, standsNow } from './standing.ts'

/** A lawful basis, and whether a second person has signed it. */
export type KnownBasis = Basis & { id: string; recipient: string }
export type KnownReferral = { id: string; consentId: string | null; basisId: string | null }

export type KnownReferrals = KnownConsents & {
  bases: readonly KnownBasis[]
  referrals: readonly KnownReferral[]
}

/** What a yes must have been for, so that a letter may rest on it. */
export const FOR_LETTERS = [
  'referral_specific',
  'legal_representation',
  'tracing',
  'civil_registration',
  'cross_border_transfer',
]

type Refused = { ok: false; refusal: AnyRefusal } | null

/** Writes a letter: only what was chosen, each thing with its reason, on a yes that stands or a basis that was signed. */
export const sendReferral: OpDefinition<Referral, KnownReferrals, Referral, AnyRefusal> = {
  type: 'referrals.send',
  payload: Referral.schema,
  needs: 'services:write',
  decide(referral, known, { now, timeZone }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    const impossible = refuseImpossible([referral.sentAt], now)
    if (impossible !== null) return impossible
    if (referral.organisation.trim() === '') return refuse({ reason: 'receiver_not_named' })
    if (referral.replyTo.trim() === '') return refuse({ reason: 'no_way_to_answer' })
    if (referral.answerBy < dayOf(now, timeZone)) return refuse({ reason: 'answer_in_the_past' })
    return refuseUnread(referral, known) ?? refuseWithoutYes(referral, known, now, timeZone) ?? accept(referral)
  },
}

/** What the letter says: something, each line with a reason, and nothing this body may not be told. */
function refuseUnread({ recipient, lines, message }: Referral, { pack }: KnownReferrals): Refused {
  const to = pack.recipients.find((one) => one.code === recipient)
  if (to === undefined || to.reach === 'nothing') return refuse({ reason: 'firewall_above_consent' })
  if (lines.length === 0 && (message ?? '').trim() === '') return refuse({ reason: 'letter_empty' })
  if (to.reach === 'words' && lines.length > 0) return refuse({ reason: 'words_only' })
  const foreign = lines.find((line) => !to.parts.includes(LETTER_FIELDS[line.field]))
  if (foreign !== undefined) return refuse({ reason: 'not_for_this_body', field: foreign.field })
  if (lines.some((line) => line.text.trim() === '')) return refuse({ reason: 'line_empty' })
  return lines.some((line) => line.why.trim() === '') ? refuse({ reason: 'line_without_reason' }) : null
}

function refuseWithoutYes(
  { consentId, basisId, recipient }: Referral,
  known: KnownReferrals,
  now: Instant,
  timeZone: string,
): Refused {
  if ((consentId === null) === (basisId === null)) return refuse({ reason: 'consent_needed' })
  if (basisId !== null) {
    const basis = known.bases.find((one) => one.id === basisId)
    if (basis === undefined || basis.recipient !== recipient) return refuse({ reason: 'consent_for_another' })
    const problem = basisProblem(basis, now, timeZone)
    return problem === null ? null : refuse(problem)
  }
  const consent = known.consents.find((one) => one.id === consentId)
  if (consent === undefined || consent.recipient !== recipient || !FOR_LETTERS.includes(consent.purpose))
    return refuse({ reason: 'consent_for_another' })
  return standsNow(consent, known.withdrawals, now, timeZone) === 'given'
    ? null
    : refuse({ reason: 'consent_not_open' })
}

/** How long a link may wait to be read (security.md 7.3). */
export const LINK_AT_MOST = 'P7D'

/**
 * Makes a letter readable once, by whoever has the link and is told the number. The secret is made on the worker's device,
 * goes to the server in this operation, and is kept by neither: what is left is a hash.
 */
export const GiveLink = z.strictObject({
  id: z.uuid(),
  caseId: CaseId,
  referralId: ReferralId,
  secret: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .meta({ class: 'C2' }),
  number: z
    .string()
    .regex(/^\d{6}$/)
    .meta({ class: 'C2' }),
  endsAt: Instant,
})
export type GiveLink = {
  id: string
  caseId: string
  referralId: string
  secret: string
  number: string
  endsAt: Instant
}

export const giveLink: OpDefinition<GiveLink, KnownReferrals, GiveLink, AnyRefusal> = {
  type: 'referrals.give_link',
  payload: GiveLink,
  needs: 'services:write',
  decide(link, known, { now, timeZone }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    const referral = known.referrals.find((one) => one.id === link.referralId)
    if (referral === undefined) return refuse({ reason: 'unknown_referral' })
    if (link.endsAt <= now || link.endsAt > addDuration(now, LINK_AT_MOST, 'UTC'))
      return refuse({ reason: 'link_too_long' })
    const basis = known.bases.find((one) => one.id === referral.basisId)
    const problem = basis === undefined ? null : basisProblem(basis, now, timeZone)
    if (problem !== null) return refuse(problem)
    const consent = known.consents.find((one) => one.id === referral.consentId)
    if (consent === undefined) return accept(link)
    return standsNow(consent, known.withdrawals, now, timeZone) === 'given'
      ? accept(link)
      : refuse({ reason: 'consent_not_open' })
  },
}

export const EndLink = z.strictObject({ id: z.uuid(), caseId: CaseId })
export type EndLink = z.infer<typeof EndLink>

/** Ends a link before its time: nothing is asked, nobody waits. */
export const endLink: OpDefinition<EndLink, { isOpen: boolean }, EndLink, AnyRefusal> = {
  type: 'referrals.end_link',
  payload: EndLink,
  needs: 'services:write',
  decide: (link, known) => (known.isOpen ? accept(link) : refuse({ reason: 'link_ended_already' })),
}

/** Writes down what the receiver answered. */
export const recordAnswer: OpDefinition<ReferralAnswer, KnownReferrals, ReferralAnswer, AnyRefusal> = {
  type: 'referrals.record_answer',
  payload: ReferralAnswer.schema,
  needs: 'services:write',
  decide(answer, known, { now }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    if (!known.referrals.some((one) => one.id === answer.referralId)) return refuse({ reason: 'unknown_referral' })
    return refuseImpossible([answer.answeredAt], now) ?? accept(answer)
  },
}

/** Says why consent cannot be asked and on what the telling rests; it waits for a second person and opens nothing by itself. */
export const recordBasis: OpDefinition<LawfulBasis, KnownReferrals, LawfulBasis, AnyRefusal> = {
  type: 'referrals.record_basis',
  payload: LawfulBasis.schema,
  needs: 'services:write',
  decide(basis, known, { now, timeZone }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    const impossible = refuseImpossible([basis.decidedAt], now)
    if (impossible !== null) return impossible
    if (basisProblem({ ...basis, isSigned: true }, now, timeZone) !== null) return refuse({ reason: 'basis_over' })
    if (basis.bestInterests.trim() === '') return refuse({ reason: 'basis_without_reason' })
    const to = known.pack.recipients.find((one) => one.code === basis.recipient)
    if (to === undefined || to.reach === 'nothing') return refuse({ reason: 'firewall_above_consent' })
    const saidNo = known.consents.some((one) => one.recipient === basis.recipient && one.standing === 'refused')
    // Toward a body of the security sector a no is the last word but where a life is in danger.
    if (saidNo && to.kind === 'enforcement' && basis.basis !== 'vital_interest')
      return refuse({ reason: 'no_override' })
    return accept(basis)
  },
}
