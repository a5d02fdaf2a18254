import { sql } from 'kysely'
import { split } from '../../core/schema.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import { AssociationReady, AssociationRecord } from './association.ts'

type Kept = { id: string; caseId: string; body: Uint8Array; writtenByName: string | null }

/** Whether it may be asked of this child now. */
export async function mayBeAsked(tx: Tx, caseId: string): Promise<boolean> {
  const found = await sql<{ may: boolean }>`select kembali.association_may_be_asked(${caseId}) as may`.execute(tx)
  return found.rows[0]?.may ?? false
}

export async function recordIds(tx: Tx, caseId: string): Promise<string[]> {
  const found = await sql<{ id: string }>`select id from association_record where case_id = ${caseId}`.execute(tx)
  return found.rows.map((row) => row.id)
}

type By = { id: string; opId: string }

export async function insertRecord(tx: Tx, told: AssociationRecord, by: By, cipher: CaseCipher): Promise<void> {
  const { body } = split(AssociationRecord, told)
  const sealed = cipher.seal(AssociationRecord.meta.fieldId, told.id, body)
  await sql`insert into association_record (id, case_id, op_id, told_at, corrects, written_by, body)
    values (${told.id}, ${told.caseId}, ${by.opId}, ${told.toldAt}, ${told.corrects}, ${by.id}, ${sealed})`.execute(tx)
}

export async function insertReady(tx: Tx, ready: AssociationReady, by: By, cipher: CaseCipher): Promise<void> {
  const { body } = split(AssociationReady, ready)
  const sealed = cipher.seal(AssociationReady.meta.fieldId, ready.id, body)
  await sql`insert into association_ready (id, case_id, op_id, told_at, language, written_by, body)
    values (${ready.id}, ${ready.caseId}, ${by.opId}, ${ready.toldAt}, ${ready.language}, ${by.id}, ${sealed})`.execute(
    tx,
  )
}

export type ReadRecord = AssociationRecord & { writtenByName: string | null }

/** What was told, the newest first. */
export async function findRecords(tx: Tx, caseId: string, cipher: CaseCipher): Promise<ReadRecord[]> {
  const found = await sql<Kept & Pick<AssociationRecord, 'toldAt' | 'corrects'>>`
    select r.id, r.case_id, r.told_at, r.corrects, r.body, u.name as written_by_name
      from association_record r left join app_user u on u.id = r.written_by
     where r.case_id = ${caseId} order by r.told_at desc, r.id`.execute(tx)
  return found.rows.map(({ body, ...row }) => ({
    ...row,
    // Sealed by insertRecord.
    ...(cipher.open(AssociationRecord.meta.fieldId, row.id, body) as Omit<
      AssociationRecord,
      'id' | 'caseId' | 'toldAt' | 'corrects'
    >),
  }))
}
