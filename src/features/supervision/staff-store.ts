import { sql } from 'kysely'
import type { Day } from '../../core/time.ts'
import type { Tx } from '../../server/as-person.ts'
import type { Apart } from '../../server/key-broker.ts'
import type { WorkTalk } from './work-talk.ts'

/** The number of `staff_talk.body` in the schema registry. */
export const WORK_TALK_FIELD = 96

type TalkWords = Pick<WorkTalk, 'talked' | 'agreed' | 'needed'>
export type ReadTalk = WorkTalk & { withName: string | null; writtenByName: string | null }

/** Keeps a talk once, however often it is sent; false where one is kept under its id already. */
export async function insertTalk(tx: Tx, talk: WorkTalk, by: string, apart: Apart): Promise<boolean> {
  const done =
    await sql`insert into staff_talk (id, with_id, written_by, held_on, next_on, key_id, epoch, wrapped, body)
    values (${talk.id}, ${talk.withId}, ${by}, ${talk.heldOn}, ${talk.nextOn}, ${apart.keyId}, ${apart.epoch},
      ${apart.wrapped}, ${apart.body}) on conflict (id) do nothing`.execute(tx)
  return (done.numAffectedRows ?? 0n) > 0n
}

type TalkRow = Omit<ReadTalk, keyof TalkWords> & Apart

/** The latest talks about work as a whole that a person had with another, or with anybody; the newest first. */
export async function readTalks(
  tx: Tx,
  withWhom: string,
  open: (id: string, apart: Apart) => Promise<unknown>,
): Promise<ReadTalk[]> {
  const found = await sql<TalkRow>`
    select t.id, t.with_id, t.held_on, t.next_on, t.key_id, t.epoch, t.wrapped, t.body, w.name as with_name, u.name as written_by_name
      from staff_talk t left join app_user w on w.id = t.with_id left join app_user u on u.id = t.written_by
     where t.with_id = ${withWhom} order by t.held_on desc, t.made_at desc limit 20`.execute(tx)
  const read: ReadTalk[] = []
  for (const { keyId, epoch, wrapped, body, ...row } of found.rows)
    read.push({ ...row, ...((await open(row.id, { keyId, epoch, wrapped, body })) as TalkWords) }) // sealed by insertTalk
  return read
}

export type Talked = { personId: string; lastOn: Day; nextOn: Day | null }

/** When the asker, as one of the two, last talked with whom and when they meant to talk again: days, and no word of it. */
export async function talkDays(tx: Tx): Promise<Talked[]> {
  const found = await sql<Talked>`
    with said as (select with_id, held_on, next_on from supervision_note union all select with_id, held_on, next_on from staff_talk),
         last as (select with_id, max(held_on) as held_on from said group by with_id)
    select l.with_id as person_id, l.held_on as last_on, max(s.next_on) filter (where s.next_on > l.held_on) as next_on
      from last l join said s on s.with_id = l.with_id group by l.with_id, l.held_on`.execute(tx)
  return found.rows
}

export type Member = { id: string; name: string; role: string }

/** The people of the teams this person supervises, by name. */
export async function myPeople(tx: Tx): Promise<Member[]> {
  const found = await sql<Member>`
    select u.id, u.name, u.role from app_user u where u.id in (select kembali.my_people()) order by u.name, u.id`.execute(
    tx,
  )
  return found.rows
}

/** Who could cover for somebody: people of the same office who carry cases or supervise. */
export async function colleagues(tx: Tx, orgId: string): Promise<Omit<Member, 'role'>[]> {
  const found = await sql<Omit<Member, 'role'>>`
    select id, name from app_user where org_id = ${orgId} and ended_at is null and role in ('case_worker', 'supervisor')
     order by name, id`.execute(tx)
  return found.rows
}

/** Who supervises this person, by name. */
export async function mySupervisors(tx: Tx, me: string): Promise<string[]> {
  const found = await sql<{ name: string }>`
    select distinct u.name from team_member m join team_member s on s.team_id = m.team_id and s.supervises and s.ended_at is null
      join app_user u on u.id = s.person_id and u.ended_at is null
     where m.person_id = ${me} and m.ended_at is null and u.id <> ${me} order by u.name`.execute(tx)
  return found.rows.map(({ name }) => name)
}
