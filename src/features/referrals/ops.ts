import type { ConsentPack } from '../../core/consent-pack.ts'
import { accept, refuse } from '../../core/decision.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { refuseImpossible } from '../../core/possible.ts'
import { dayOf } from '../../core/time.ts'
import { type KnownCase, refuseWhenClosed } from '../cases/ops.ts'
import { type Capacity, ConsentRecord, ConsentWithdrawal } from './consent.ts'
import { type Ended, type Known, openOf, standingOf, standsNow } from './standing.ts'

/** What is known when somebody is asked: the child's age, what the country says, what was answered before. */
export type KnownConsents = KnownCase & {
  ageBand: Capacity
  pack: ConsentPack
  consents: readonly Known[]
  withdrawals: readonly Ended[]
}

/** An answer with what it comes to, and the earlier answers that a no ends with it. */
export type Answered = { consent: ConsentRecord; standing: Known['standing']; ends: readonly string[] }

/** Purposes that are about one body each: nobody can agree to be spoken of to everybody. */
const NAMES_A_RECIPIENT = [
  'referral_specific',
  'tracing',
  'legal_representation',
  'cross_border_transfer',
  'civil_registration',
]

/** Writes down what a child and its carer answered to one question. A no is as good as a yes, and costs nothing. */
export const recordConsent: OpDefinition<ConsentRecord, KnownConsents, Answered, AnyRefusal> = {
  type: 'referrals.record_consent',
  payload: ConsentRecord.schema,
  needs: 'services:write',
  decide(consent, known, { now, timeZone }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    const { purpose, recipient, text, language, capacity, child, adult, adultIs, askedAt, endsOn, explainedBy } =
      consent
    const impossible = refuseImpossible([askedAt], now)
    if (impossible !== null) return impossible
    if (endsOn !== null && endsOn < dayOf(now, timeZone)) return refuse({ reason: 'ends_in_the_past' })
    const shown = known.pack.texts.find((one) => one.code === text)
    if (shown === undefined || shown.purpose !== purpose) return refuse({ reason: 'another_text' })
    if (shown.text[language] === undefined) return refuse({ reason: 'text_not_in_language' })
    if (recipient === null && NAMES_A_RECIPIENT.includes(purpose)) return refuse({ reason: 'recipient_not_named' })
    if (child === 'not_asked' && adult !== 'agrees' && adult !== 'refuses') return refuse({ reason: 'nobody_asked' })
    if (adult === 'agrees' && adultIs === null) return refuse({ reason: 'which_adult' })
    if (explainedBy.trim() === '') return refuse({ reason: 'nobody_explained' })
    // A case whose age was learned later keeps its older answers; a new one is asked by the age that is known.
    if (capacity !== known.ageBand) return refuse({ reason: 'another_age' })
    const standing = standingOf(known.pack.bands, consent)
    const to = known.pack.recipients.find((one) => one.code === recipient)
    if (standing !== 'refused' && to?.reach === 'nothing') return refuse({ reason: 'firewall_above_consent' })
    const ends =
      standing === 'refused'
        ? openOf(known.consents, known.withdrawals, now, timeZone).filter(
            (one) => one.purpose === purpose && one.recipient === recipient,
          )
        : []
    return accept({ consent, standing, ends: ends.map((one) => one.id) })
  },
}

/** Takes a yes back. What it had opened is closed with it; nothing else changes for the child. */
export const withdrawConsent: OpDefinition<ConsentWithdrawal, KnownConsents, ConsentWithdrawal, AnyRefusal> = {
  type: 'referrals.withdraw_consent',
  payload: ConsentWithdrawal.schema,
  needs: 'services:write',
  decide(withdrawal, known, { now, timeZone }) {
    // Also of a closed case: a file that is closed is still read, and a child may still say no.
    const impossible = refuseImpossible([withdrawal.withdrawnAt], now)
    if (impossible !== null) return impossible
    const consent = known.consents.find((one) => one.id === withdrawal.consentId)
    if (consent === undefined) return refuse({ reason: 'unknown_consent' })
    const stands = standsNow(consent, known.withdrawals, now, timeZone)
    if (stands === 'withdrawn') return refuse({ reason: 'already_withdrawn' })
    return stands === 'given' || stands === 'over' ? accept(withdrawal) : refuse({ reason: 'nothing_to_withdraw' })
  },
}
