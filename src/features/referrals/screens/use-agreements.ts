import { rowsOf } from '../../../web/feature.ts'
import type { Rows } from '../../../web/replica.ts'
import type { OpenedCase } from '../../cases/screens/use-case.ts'
import type { PublicPack } from '../../../core/country.ts'
import type { ConsentRecord, ConsentWithdrawal, Standing } from '../consent.ts'
import type { KeptTeam } from '../care-team.ts'
import type { LetterLink } from '../letter.ts'
import type { KnownConsents } from '../ops.ts'
import type { LawfulBasis, Referral, ReferralAnswer } from '../referral.ts'
import type { KnownReferrals } from '../referral-ops.ts'
import { standingOf } from '../standing.ts'

/** The rows of this feature, as its packs and its lay-over write them. */
export type AgreementFields = {
  /** What it came to stands in the row once the server has it. */
  consent_record: ConsentRecord & { standing?: Standing; writtenByName?: string | null }
  consent_withdrawal: ConsentWithdrawal & { writtenByName?: string | null }
  /** What a letter says of the child stands in it only until the server has it. */
  referral: Omit<Referral, 'lines' | 'message'> & Partial<Pick<Referral, 'lines' | 'message'>> & { office?: string }
  referral_answer: ReferralAnswer
  lawful_basis: LawfulBasis & { decision?: 'signed' | 'declined' | null }
  /** Its members by name once the server has it. */
  care_team: Omit<KeptTeam, 'namedAt' | 'handedOnAt' | 'members'> & Partial<KeptTeam>
  letter_link: Pick<LetterLink, 'id' | 'referralId' | 'endsAt'> & Partial<LetterLink>
}

export function fieldsOf<Name extends keyof AgreementFields>(
  rows: Rows,
  thing: Name,
  caseId: string,
): AgreementFields[Name][] {
  // Rows of these things are written by `packs`, `api` and `lay-over.ts` only, all from the feature's own schema.
  return rowsOf(rows, thing, caseId).map((row) => row.fields as AgreementFields[Name])
}

/** The answers of a case, each with what it came to. */
export function answersOf(rows: Rows, caseId: string, pack: PublicPack) {
  return fieldsOf(rows, 'consent_record', caseId)
    .map((one) => ({ ...one, standing: one.standing ?? standingOf(pack.consent.bands, one) }))
    .sort((a, b) => (a.askedAt < b.askedAt ? 1 : -1))
}

/** What the rules of consent must know of a case, from its rows. */
export function knownConsents(rows: Rows, opened: OpenedCase, pack: PublicPack): KnownConsents {
  const { id, closedAt, ageBand } = opened.case
  return {
    closedAt,
    ageBand,
    pack: pack.consent,
    consents: answersOf(rows, id, pack),
    withdrawals: fieldsOf(rows, 'consent_withdrawal', id),
  }
}

/** What the rules of letters must know of a case, from its rows. */
export function knownReferrals(rows: Rows, opened: OpenedCase, pack: PublicPack): KnownReferrals {
  const { id } = opened.case
  return {
    ...knownConsents(rows, opened, pack),
    referrals: fieldsOf(rows, 'referral', id),
    bases: fieldsOf(rows, 'lawful_basis', id).map((one) => ({ ...one, isSigned: one.decision === 'signed' })),
  }
}
