import { sql } from 'kysely'
import { split } from '../../core/schema.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import { ConsentRecord, ConsentWithdrawal, type Standing } from './consent.ts'
import type { Ended, Known } from './standing.ts'

export type Open = (caseId: string) => Promise<CaseCipher | null>

/** An answer as it is kept: what it came to, and who wrote it down. */
export type KeptConsent = ConsentRecord & { standing: Standing; writtenByName: string | null }
export type KeptWithdrawal = ConsentWithdrawal & { writtenByName: string | null }

type Kept<Row> = Row & { opId: string; writtenBy: string; writtenByName: string | null; body: Uint8Array }

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
export async function findConsents(tx: Tx, caseIds: readonly string[], open: Open): Promise<KeptConsent[]> {
  const found = await sql<Kept<ConsentRecord & { standing: Standing }>>`
    select r.*, u.name as written_by_name from consent_record r left join app_user u on u.id = r.written_by
     where r.case_id = any(${[...caseIds]}::uuid[]) order by r.asked_at desc, r.id`.execute(tx)
  return opened<ConsentRecord & { standing: Standing }>(found.rows, open, ConsentRecord.meta.fieldId)
}

export async function findWithdrawals(tx: Tx, caseIds: readonly string[], open: Open): Promise<KeptWithdrawal[]> {
  const found = await sql<Kept<ConsentWithdrawal>>`
    select w.*, u.name as written_by_name from consent_withdrawal w left join app_user u on u.id = w.written_by
     where w.case_id = any(${[...caseIds]}::uuid[]) order by w.withdrawn_at desc, w.id`.execute(tx)
  return opened<ConsentWithdrawal>(found.rows, open, ConsentWithdrawal.meta.fieldId)
}

async function opened<Row extends { id: string; caseId: string }>(
  rows: readonly Kept<Row>[],
  open: Open,
  fieldId: number,
): Promise<(Row & { writtenByName: string | null })[]> {
  const read: (Row & { writtenByName: string | null })[] = []
  for (const { body, opId: _op, writtenBy: _by, ...row } of rows) {
    const cipher = await open(row.caseId)
    // Sealed by this file from the same schema.
    if (cipher !== null)
      read.push({ ...row, ...(cipher.open(fieldId, row.id, body) as object) } as unknown as Row & {
        writtenByName: string | null
      })
  }
  return read
}
