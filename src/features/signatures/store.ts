import { sql } from 'kysely'
import { CALL_ROSTER_AFTER, CALL_STAND_INS_AFTER } from '../../core/second-signature.ts'
import type { Tx } from '../../server/as-person.ts'

/** Requests nobody has answered. */
const OPEN = sql`second_signature s
  where not exists (select from second_signature_answer a where a.signature_id = s.id)`

/**
 * Calls stand-ins and the roster in their turn where the ones before have been silent, then writes the notices that are due: to
 * each of them when she is called, to the case's supervisors a day before the time is over, to all of them and the asker when it is over.
 */
export async function callAndRemind(tx: Tx): Promise<number> {
  await sql`select kembali.call_in_turn(s.id, ${CALL_STAND_INS_AFTER}::interval, ${CALL_ROSTER_AFTER}::interval) from ${OPEN}`.execute(
    tx,
  )
  const done = await sql`
    with open as (select s.id, s.case_id, s.asked_by, s.due_at from ${OPEN}),
    supervises as (
      select o.id, o.case_id, o.due_at, m.person_id from open o join child_case c on c.id = o.case_id
        join team_member m on m.team_id = c.team_id and m.supervises and m.ended_at is null and m.person_id <> o.asked_by),
    called as (select o.id, o.case_id, o.due_at, k.person_id from open o join signature_call k on k.signature_id = o.id
                  where k.ends_at > kembali.now()),
    told as (
      select *, 'due_soon' as stage from called
      union all select *, 'due_soon' from supervises where due_at <= kembali.now() + interval '24 hours'
      union all select *, 'passed' from called where due_at < kembali.now()
      union all select *, 'passed' from supervises where due_at < kembali.now()
      union all select id, case_id, due_at, asked_by, 'passed' from open where due_at < kembali.now())
    insert into notice (person_id, case_id, about, stage, due_at)
    select distinct person_id, case_id, 'signature|' || id, stage, due_at from told
    on conflict (person_id, about, stage) do nothing`.execute(tx)
  return Number(done.numAffectedRows ?? 0)
}

/** Whoever stands on the roster above the office of this person, today or later. */
export type Above = { id: string; name: string; organisation: string; fromOn: string; untilOn: string }

export async function rosterAbove(tx: Tx): Promise<Above[]> {
  const found = await sql<Above>`select id, name, organisation, from_on, until_on from kembali.roster_above()`.execute(
    tx,
  )
  return found.rows
}

export async function workPhone(tx: Tx, personId: string): Promise<string | null> {
  const found = await sql<{ phone: string }>`select phone from work_phone where person_id = ${personId}`.execute(tx)
  return found.rows[0]?.phone ?? null
}

/** A work number that colleagues call at night; none takes it back. */
export async function keepWorkPhone(tx: Tx, personId: string, phone: string | null): Promise<void> {
  if (phone === null) await sql`delete from work_phone where person_id = ${personId}`.execute(tx)
  else
    await sql`insert into work_phone (person_id, phone) values (${personId}, ${phone})
      on conflict (person_id) do update set phone = excluded.phone, set_at = kembali.now()`.execute(tx)
}

/** People of a team's office who could stand in for its supervisors, and whether they are named. */
export type StandIn = { teamId: string; teamName: string; personId: string; name: string; isNamed: boolean }

export async function standIns(tx: Tx, personId: string): Promise<StandIn[]> {
  const found = await sql<StandIn>`
    select t.id as team_id, t.name as team_name, u.id as person_id, u.name,
           exists (select from team_stand_in i where i.team_id = t.id and i.person_id = u.id) as is_named
      from team_member m join team t on t.id = m.team_id
      join app_user u on u.org_id = t.org_id and u.role = 'supervisor' and u.ended_at is null and u.id <> ${personId}
     where m.person_id = ${personId} and m.supervises and m.ended_at is null order by t.name, u.name, u.id`.execute(tx)
  return found.rows
}

/** Names or takes back a stand-in; the policies say who may. Answers whether anything is so now. */
export async function nameStandIn(
  tx: Tx,
  { teamId, personId, isNamed }: { teamId: string; personId: string; isNamed: boolean },
  namedBy: string,
): Promise<void> {
  if (isNamed)
    await sql`insert into team_stand_in (team_id, person_id, named_by) values (${teamId}, ${personId}, ${namedBy})
      on conflict do nothing`.execute(tx)
  else await sql`delete from team_stand_in where team_id = ${teamId} and person_id = ${personId}`.execute(tx)
}
