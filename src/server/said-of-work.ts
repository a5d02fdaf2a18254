import { type RawBuilder, sql } from 'kysely'

/**
 * Whether this person hears why a supervisor returned what was handed in: those who carry or answer for cases, and whoever handed
 * it in herself. A right on the part it lies in opens the child's file, and no talk among colleagues about the work on it.
 */
export function hearsWhy(submittedBy: RawBuilder<string>): RawBuilder<boolean> {
  return sql<boolean>`coalesce((select kembali.actor_role()) in ('case_worker', 'supervisor') or ${submittedBy} = (select kembali.actor()), false)`
}
