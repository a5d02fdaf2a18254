import { sql } from 'kysely'
import type { Tx } from '../../server/as-person.ts'
import type { OpContext } from '../../server/feature.ts'
import { askSignature, signaturesAbout } from '../../server/second-signatures.ts'

/** What was answered so far to who agrees to the record; null where nothing was. */
export async function basisBefore(tx: Tx, caseId: string): Promise<string | null> {
  const found = await sql<{ basis: string | null }>`select basis from safe_start where case_id = ${caseId}`.execute(tx)
  return found.rows[0]?.basis ?? null
}

/**
 * Nobody could be asked, and the record is kept on what the law says: it protects, so it holds at once, and a second person
 * signs within 72 hours. One request at a time; a new one where somebody had agreed meanwhile, or where the last was declined.
 */
export async function askToKeepRecord(
  tx: Tx,
  { caseId, why, before }: { caseId: string; why: string | null; before: string | null },
  ctx: OpContext,
): Promise<void> {
  const asked = (await signaturesAbout(tx, caseId)).find((one) => one.act === 'record_without_consent')
  if (asked?.answer === null) return
  const agreedMeanwhile = before === 'consent' || before === 'assent'
  if (asked?.answer?.decision === 'signed' && !agreedMeanwhile) return
  await askSignature(tx, { id: ctx.opId, act: 'record_without_consent', caseId, aboutId: caseId, why }, ctx)
}
