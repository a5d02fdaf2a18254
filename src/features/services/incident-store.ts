import { sql } from 'kysely'
import type { Instant } from '../../core/time.ts'
import type { Tx } from '../../server/as-person.ts'

/** That something happened to a child in the house where she lives, and when it was written: never what. */
export type Incident = { caseId: string; alias: string; at: Instant }

/** Children a person carries or supervises to whom something happened that she has not looked at yet, the newest first. */
export async function incidentsToSee(tx: Tx, personId: string): Promise<Incident[]> {
  const found = await sql<Incident>`
    select c.id as case_id, c.alias, max(e.saved_at) as at
      from shelter_entry e join child_case c on c.id = e.case_id
      left join case_look l on l.case_id = c.id and l.person_id = ${personId}
     where e.kind = 'incident' and e.written_by <> ${personId} and e.saved_at > coalesce(l.looked_at, '-infinity')
       and c.state = 'open' and (c.worker_id = ${personId} or c.team_id in (
         select m.team_id from team_member m where m.person_id = ${personId} and m.supervises and m.ended_at is null))
     group by c.id, c.alias order by max(e.saved_at) desc limit 100`.execute(tx)
  return found.rows
}
