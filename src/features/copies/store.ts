import { sql } from 'kysely'
import type { Person } from '../../core/access.ts'
import type { Tx } from '../../server/as-person.ts'
import type { CountedCase } from './month.ts'

/** The cases of the teams a person supervises, open and closed, in the codes a month is told in. */
export async function casesOfMyTeams(tx: Tx, me: Person): Promise<CountedCase[]> {
  const found = await sql<CountedCase>`
    select c.id, c.sex, c.age_band from child_case c where c.team_id in (
      select m.team_id from team_member m where m.person_id = ${me.id} and m.supervises and m.ended_at is null)`.execute(
    tx,
  )
  return found.rows
}
