import { sql } from 'kysely'
import type { Tx } from '../../server/as-person.ts'

/** The purpose of the ledger by which a record is kept at all. */
export const THE_RECORD = 'case_management'

/** Whether the last word of the child or its carer about this purpose was a no, or a yes that was taken back. */
export async function saidNoTo(tx: Tx, caseId: string, purpose: string): Promise<boolean> {
  const found = await sql<{ no: boolean }>`select kembali.said_no(${caseId}, ${purpose}) as no`.execute(tx)
  return found.rows[0]?.no ?? false
}
