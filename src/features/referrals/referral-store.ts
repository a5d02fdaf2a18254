import { sql } from 'kysely'
import { split } from '../../core/schema.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import type { OpenPart } from '../../server/feature.ts'
import { openFacts, type SealedFact } from '../../server/open-facts.ts'
import { LawfulBasis, Referral, ReferralAnswer } from './referral.ts'
import type { KnownBasis, KnownReferral } from './referral-ops.ts'

type By = { id: string; opId: string }
type Fact = { id: string; caseId: string }

/** Puts one fact of this feature: its codes in clear columns, its words sealed. */
async function insertFact(
  tx: Tx,
  of: typeof Referral | typeof ReferralAnswer | typeof LawfulBasis,
  fact: Fact,
  by: By,
  cipher: CaseCipher,
): Promise<void> {
  const { clear, body } = split(of, fact)
  const sealed = cipher.seal(of.meta.fieldId, fact.id, body)
  const row: Record<string, unknown> = { ...clear, opId: by.opId, writtenBy: by.id, body: sealed }
  const columns = Object.keys(row)
  await sql`insert into ${sql.table(of.meta.table)} (${sql.join(columns.map((one) => sql.ref(one)))})
    values (${sql.join(columns.map((one) => row[one]))})`.execute(tx)
}

export const insertReferral = (tx: Tx, referral: Referral, by: By, cipher: CaseCipher) =>
  insertFact(tx, Referral, referral, by, cipher)
export const insertAnswer = (tx: Tx, answer: ReferralAnswer, by: By, cipher: CaseCipher) =>
  insertFact(tx, ReferralAnswer, answer, by, cipher)
export const insertBasis = (tx: Tx, basis: LawfulBasis, by: By, cipher: CaseCipher) =>
  insertFact(tx, LawfulBasis, basis, by, cipher)

/** The coded half of letters and bases of a case: enough for every rule. */
export async function findKnownReferrals(
  tx: Tx,
  caseId: string,
): Promise<{ referrals: KnownReferral[]; bases: KnownBasis[] }> {
  const referrals = await sql<KnownReferral>`
    select id, consent_id, basis_id from referral where case_id = ${caseId}`.execute(tx)
  const bases = await sql<KnownBasis>`
    select b.id, b.recipient, b.decided_at, ${DECISION} is not distinct from 'signed' as is_signed from lawful_basis b where b.case_id = ${caseId}`.execute(
    tx,
  )
  return { referrals: referrals.rows, bases: bases.rows }
}

/** What a second person said to a basis; null while nobody has. */
export const DECISION = sql`(select a.decision from second_signature s join second_signature_answer a on a.signature_id = s.id
  where s.about_id = b.id and s.act = 'share_without_consent' order by s.asked_at desc limit 1)`

/** A letter as lists show it: to whom, for what, by when; what it says of the child is not among it. */
export type ListedReferral = Omit<Referral, 'lines' | 'message'> & { writtenByName: string | null }

export async function findReferrals(tx: Tx, caseIds: readonly string[], open: OpenPart): Promise<ListedReferral[]> {
  const whole = await wholeReferrals(tx, sql`r.case_id = any(${[...caseIds]}::uuid[])`, open)
  return whole.map(({ lines: _lines, message: _message, ...listed }) => listed)
}

/** One letter with all it says; null where there is none. */
export async function readReferral(
  tx: Tx,
  at: { id: string; caseId: string },
  cipher: CaseCipher,
): Promise<(Referral & { office: string }) | null> {
  const [found] = await wholeReferrals(tx, sql`r.id = ${at.id} and r.case_id = ${at.caseId}`, async () => cipher)
  if (found === undefined) return null
  const { writtenByName: _name, ...referral } = found
  return referral
}

async function wholeReferrals(tx: Tx, where: ReturnType<typeof sql>, open: OpenPart) {
  const found = await sql<SealedFact>`
    select r.id, r.case_id, r.consent_id, r.basis_id, r.need, r.recipient, r.sent_at, r.answer_by, r.body,
           u.name as written_by_name, coalesce(o.name, '') as office
      from referral r left join app_user u on u.id = r.written_by left join organisation o on o.id = u.org_id
     where ${where} order by r.sent_at desc, r.id`.execute(tx)
  return openFacts<Referral & { writtenByName: string | null; office: string }>(found.rows, Referral.meta.fieldId, open)
}

export async function findAnswers(tx: Tx, caseIds: readonly string[], open: OpenPart) {
  const found = await sql<SealedFact>`
    select a.id, a.case_id, a.referral_id, a.answer, a.answered_at, a.body, u.name as written_by_name
      from referral_answer a left join app_user u on u.id = a.written_by
     where a.case_id = any(${[...caseIds]}::uuid[]) order by a.answered_at desc, a.id`.execute(tx)
  return openFacts<ReferralAnswer & { writtenByName: string | null }>(found.rows, ReferralAnswer.meta.fieldId, open)
}

export async function findBases(tx: Tx, caseIds: readonly string[], open: OpenPart) {
  const found = await sql<SealedFact>`
    select b.id, b.case_id, b.purpose, b.recipient, b.basis, b.not_asked, b.decided_at, b.body, ${DECISION} as decision
      from lawful_basis b where b.case_id = any(${[...caseIds]}::uuid[]) order by b.decided_at desc, b.id`.execute(tx)
  return openFacts<LawfulBasis & { decision: 'signed' | 'declined' | null }>(found.rows, LawfulBasis.meta.fieldId, open)
}
