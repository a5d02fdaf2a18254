import { sql } from 'kysely'
import type { Person } from '../../core/access.ts'
import type { Instant } from '../../core/time.ts'
import type { Tx } from '../../server/as-person.ts'
import { TEAMS } from '../cases/team-store.ts'

/** An open file of the team of which somebody has said that its child has another one. */
export type SameChild = {
  id: string
  caseId: string
  alias: string
  workerName: string | null
  side: 'asked' | 'was_asked'
  state: 'waiting' | 'agreed'
  askedAt: Instant
}

/**
 * What has been said of two files of one child in the teams a person supervises and is not ended: a question that waits for
 * either side, and two files of which both workers have said so while both go on (decision 0056). What was declined is nobody's
 * business any more: to whoever asked, a no looks like silence, and silence is shown for thirty days.
 */
export async function sameChildInTeams(tx: Tx, me: Person): Promise<SameChild[]> {
  const found = await sql<SameChild>`
    select l.id, l.case_id, c.alias, u.name as worker_name, l.side, l.state, l.asked_at
      from family_link l join child_case c on c.id = l.case_id left join app_user u on u.id = c.worker_id
     where ${TEAMS(me.id)} and l.relation = 'same_child'
       and ((l.state = 'waiting' and (l.side = 'was_asked' or l.asked_at > (select kembali.now()) - interval '30 days')) or (l.state = 'agreed' and kembali.has_another_file(c.id)))
     order by l.asked_at, l.id limit 100`.execute(tx)
  return found.rows
}
