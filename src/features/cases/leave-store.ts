import { sql } from 'kysely'
import type { Day } from '../../core/time.ts'
import type { Tx } from '../../server/as-person.ts'
import type { Leave } from './leave.ts'

export type ReadLeave = Leave & { personName: string | null; coveredByName: string | null }

/** The days away, not over on a day, that this person may read: her own, those she covers, and those of her people. */
export async function findLeaves(tx: Tx, from: Day): Promise<ReadLeave[]> {
  const found = await sql<ReadLeave>`
    select l.id, l.person_id, l.from_on, l.until_on, l.covered_by, p.name as person_name, c.name as covered_by_name
      from staff_leave l left join app_user p on p.id = l.person_id left join app_user c on c.id = l.covered_by
     where l.until_on >= ${from} order by l.from_on, l.id limit 500`.execute(tx)
  return found.rows
}

/** Keeps it once, however often it is sent; false where something is kept under its id already. */
export async function insertLeave(tx: Tx, leave: Leave, keptBy: string): Promise<boolean> {
  const done = await sql`insert into staff_leave (id, person_id, from_on, until_on, covered_by, kept_by)
    values (${leave.id}, ${leave.personId}, ${leave.fromOn}, ${leave.untilOn}, ${leave.coveredBy}, ${keptBy})
    on conflict (id) do nothing`.execute(tx)
  return (done.numAffectedRows ?? 0n) > 0n
}

/** Takes it away again; false where there is none that this person may. */
export async function dropLeave(tx: Tx, id: string): Promise<boolean> {
  const done = await sql`delete from staff_leave where id = ${id}`.execute(tx)
  return (done.numAffectedRows ?? 0n) > 0n
}

export type Away = Pick<ReadLeave, 'personId' | 'fromOn' | 'untilOn' | 'coveredByName'>

/** Who is away or will be soon, of those this person may know of: the next days away of each. */
export async function awaySoon(tx: Tx, today: Day, soon: Day): Promise<Away[]> {
  const leaves = await findLeaves(tx, today)
  const next = new Map<string, Away>()
  for (const { personId, fromOn, untilOn, coveredByName } of leaves)
    if (fromOn <= soon && !next.has(personId)) next.set(personId, { personId, fromOn, untilOn, coveredByName })
  return [...next.values()]
}
