import { sql } from 'kysely'
import type { Tx } from './as-person.ts'

/** Answers in which cases a row of these tables was changed between two transactions, by whatever it was: not every change is an operation. */
export function stirredIn(...tables: readonly string[]) {
  return async (tx: Tx, caseIds: readonly string[], since: string, horizon: string): Promise<string[]> => {
    const changed = tables.map(
      (table) => sql`
        select case_id from ${sql.table(table)}
         where case_id = any(${[...caseIds]}::uuid[]) and xid >= ${since}::text::xid8 and xid < ${horizon}::text::xid8`,
    )
    const found = await sql<{ caseId: string }>`
      select distinct case_id from (${sql.join(changed, sql` union all `)}) changed`.execute(tx)
    return found.rows.map(({ caseId }) => caseId)
  }
}
