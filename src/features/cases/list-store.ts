import { sql } from 'kysely'
import type { Tx } from '../../server/as-person.ts'
import { LISTS_AT_MOST, type SavedList } from './list-view.ts'

/** The lists a person keeps, in the order in which she made them. */
export async function myLists(tx: Tx): Promise<SavedList[]> {
  const found = await sql<SavedList>`select id, view from saved_list order by made_at, id`.execute(tx)
  return found.rows
}

/** Keeps a list; false when there are enough already. The same one twice is kept once. */
export async function keepList(tx: Tx, personId: string, { id, view }: SavedList): Promise<boolean> {
  const done = await sql`insert into saved_list (id, person_id, view)
    select ${id}, ${personId}, ${JSON.stringify(view)}::jsonb
     where (select count(*) from saved_list) < ${LISTS_AT_MOST} on conflict (id) do nothing`.execute(tx)
  return done.numAffectedRows === 1n || (await myLists(tx)).some((one) => one.id === id)
}

export async function dropList(tx: Tx, id: string): Promise<boolean> {
  const done = await sql`delete from saved_list where id = ${id}`.execute(tx)
  return done.numAffectedRows === 1n
}
