import { sql } from 'kysely'
import type { Instant } from '../../core/time.ts'
import type { Tx } from '../../server/as-person.ts'
import type { MajorDecision } from './major-decision.ts'

/**
 * Whether a decision about a case may be saved: a best-interests record in force is dated before it, or the child was
 * protected at once and the weighing follows. Any feature asks this before it decides; the database asks it again.
 */
export async function isWeighedBefore(tx: Tx, caseId: string, decision: MajorDecision, at: Instant): Promise<boolean> {
  const found = await sql<{ weighed: boolean }>`
    select kembali.best_interests_before(${caseId}, ${decision}, ${at}) as weighed`.execute(tx)
  return found.rows[0]?.weighed ?? false
}
