import { sql } from 'kysely'
import { split } from '../../core/schema.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import type { OpenPart } from '../../server/feature.ts'
import { openFacts, type SealedFact } from '../../server/open-facts.ts'
import { ConsentRecord, ConsentWithdrawal, type Standing } from './consent.ts'
import type { Ended, Known } from './standing.ts'

/** An answer as it is kept: what it came to, and who wrote it down. */
export type KeptConsent = ConsentRecord & { standing: Standing; writtenByName: string | null }
export type KeptWithdrawal = ConsentWithdrawal & { writtenByName: string | null }

export async function insertConsent(
  tx: Tx,
  consent: ConsentRecord,
  beside: { standing: Standing; opId: string; by: string },
  cipher: CaseCipher,
): Promise<void> {
  const { clear, body } = split(ConsentRecord, consent)
  await tx
    .withTables<{ consentRecord: Record<string, unknown> }>()
    .insertInto('consentRecord')
    .values({
      ...clear,
      standing: beside.standing,
      opId: beside.opId,
      writtenBy: beside.by,
      body: cipher.seal(ConsentRecord.meta.fieldId, consent.id, body),
    })
    .execute()
}

export async function insertWithdrawal(
  tx: Tx,
  withdrawal: ConsentWithdrawal,
  by: { opId: string; id: string },
  cipher: CaseCipher,
): Promise<void> {
  const { clear, body } = split(ConsentWithdrawal, withdrawal)
  await tx
    .withTables<{ consentWithdrawal: Record<string, unknown> }>()
    .insertInto('consentWithdrawal')
    .values({
      ...clear,
      opId: by.opId,
      writtenBy: by.id,
      body: cipher.seal(ConsentWithdrawal.meta.fieldId, withdrawal.id, body),
    })
    .execute()
}

/** The coded half of all answers of a case: enough for every rule. */
export async function findKnown(tx: Tx, caseId: string): Promise<{ consents: Known[]; withdrawals: Ended[] }> {
  const consents = await sql<Known>`
    select id, purpose, recipient, ends_on, standing from consent_record where case_id = ${caseId}`.execute(tx)
  const withdrawals = await sql<Ended>`
    select consent_id from consent_withdrawal where case_id = ${caseId}`.execute(tx)
  return { consents: consents.rows, withdrawals: withdrawals.rows }
}

/** All answers of the given cases with their words, the newest first. */
export async function findConsents(tx: Tx, caseIds: readonly string[], open: OpenPart): Promise<KeptConsent[]> {
  const found = await sql<SealedFact>`
    select r.id, r.case_id, r.purpose, r.recipient, r.text, r.language, r.capacity, r.child, r.adult, r.adult_is, r.withheld, r.asked_at,
           r.ends_on, r.standing, r.body, u.name as written_by_name
      from consent_record r left join app_user u on u.id = r.written_by
     where r.case_id = any(${[...caseIds]}::uuid[]) order by r.asked_at desc, r.id`.execute(tx)
  return openFacts<KeptConsent>(found.rows, ConsentRecord.meta.fieldId, open)
}

export async function findWithdrawals(tx: Tx, caseIds: readonly string[], open: OpenPart): Promise<KeptWithdrawal[]> {
  const found = await sql<SealedFact>`
    select w.id, w.case_id, w.consent_id, w.by, w.withdrawn_at, w.body, u.name as written_by_name
      from consent_withdrawal w left join app_user u on u.id = w.written_by
     where w.case_id = any(${[...caseIds]}::uuid[]) order by w.withdrawn_at desc, w.id`.execute(tx)
  return openFacts<KeptWithdrawal>(found.rows, ConsentWithdrawal.meta.fieldId, open)
}
