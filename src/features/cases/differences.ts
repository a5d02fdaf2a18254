import { sql } from 'kysely'
import type { Instant } from '../../core/time.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import { CONFLICT_FIELD } from '../../server/mutable-rows.ts'
import type { Conflict } from './store.ts'

/** `mine` is what came later and waits; `theirs` what stood there already, set by the edit that made `version`. */
export type Difference = { field: string; mine: unknown; theirs: unknown; baseVersion: number; version: number | null }

/** Opens what two people said differently; sealed by `editRow`. */
export function openConflictBody(conflict: Conflict, cipher: CaseCipher): Difference {
  return { version: null, ...(cipher.open(CONFLICT_FIELD, conflict.id, conflict.body) as object) } as Difference // written by editRow only
}

export type Author = { id: string; name: string | null; at: Instant }

/** Who wrote what came later, and who wrote what stood there. */
export async function authorsOf(
  tx: Tx,
  conflict: Conflict,
  version: number | null,
): Promise<{ late: Author | null; early: Author | null }> {
  const found = await sql<Author & { late: boolean }>`
    select l.actor as id, u.name, l.claimed_at as at, l.op_id = ${conflict.opId} as late
      from op_log l left join app_user u on u.id = l.actor
     where l.case_id = ${conflict.caseId} and (l.op_id = ${conflict.opId}
        or (l.row_id = ${conflict.rowId} and l.clear->>'thing' = ${conflict.thing} and (l.answer->>'version')::int = ${version}))`.execute(
    tx,
  )
  const author = (late: boolean) => {
    const row = found.rows.find((one) => one.late === late)
    return row === undefined ? null : { id: row.id, name: row.name, at: row.at }
  }
  return { late: author(true), early: author(false) }
}
