import { sql } from 'kysely'
import type { Person } from '../../core/access.ts'
import type { CaseCount, WorkCount } from '../../core/office-work.ts'
import type { Instant } from '../../core/time.ts'
import type { Tx } from '../../server/as-person.ts'
import type { SaysDue } from '../../server/late-work.ts'
import { FIRST_ANSWERS } from './first-answers-store.ts'

/** The open cases of the teams a person supervises. */
export const TEAMS = (personId: string) => sql`c.state = 'open' and c.team_id in (
  select m.team_id from team_member m where m.person_id = ${personId} and m.supervises and m.ended_at is null)`

/** First steps nobody has taken, by the rule that makes a worker's tasks: whether the child is safe, and the rest in one sitting; and what other offices ask. */
export const dueFirstSteps: SaysDue = () => sql`
  select c.id as case_id, c.begun_at + interval '24 hours' as due_at
    from mine c left join safe_start s on s.case_id = c.id left join (
      select f.case_id, ${FIRST_ANSWERS} from mine m join first_answers f on f.case_id = m.id group by f.case_id
    ) first on first.case_id = c.id left join child_identity i on i.case_id = c.id
    cross join lateral (values (coalesce(s.safe_now, first.safe_now) is null), (
      coalesce(s.how_known, first.how_known) is null
      or coalesce(nullif(s.basis, 'not_yet'), first.basis, s.basis, 'not_yet') = 'not_yet' or i.age_basis is null
      or not exists (select from op_log l where l.case_id = c.id and l.part = 'identity' and l.type = 'cases.request_match'))) as step (is_open)
   where step.is_open
  union all
  select m.id, h.due_at from mine m join match_hit h on h.case_id = m.id where h.state = 'waiting'`

/** Requests of other offices about files of the team that nobody has answered. */
export type TeamHit = { id: string; caseId: string; alias: string; workerName: string | null; dueAt: Instant }

export async function waitingHits(tx: Tx, me: Person): Promise<TeamHit[]> {
  const found = await sql<TeamHit>`
    select h.id, h.case_id, c.alias, u.name as worker_name, h.due_at
      from match_hit h join child_case c on c.id = h.case_id left join app_user u on u.id = c.worker_id
     where h.state = 'waiting' and c.team_id in (
       select m.team_id from team_member m where m.person_id = ${me.id} and m.supervises and m.ended_at is null)
     order by h.due_at limit 100`.execute(tx)
  return found.rows
}

/** Requests to which a worker of the team answered that the other office should be called: who has to call whom is in the file. */
export async function hitsToContact(tx: Tx, me: Person): Promise<Omit<TeamHit, 'dueAt'>[]> {
  const found = await sql<Omit<TeamHit, 'dueAt'>>`
    select h.id, h.case_id, c.alias, u.name as worker_name
      from match_hit h join child_case c on c.id = h.case_id left join app_user u on u.id = c.worker_id
     where h.state = 'make_contact' and ${TEAMS(me.id)} order by h.made_at, h.id limit 100`.execute(tx)
  return found.rows
}

/** Cases of the team in which two people wrote different things and somebody has to choose; never what, and nothing of the circumstances. */
export type TeamDifference = { caseId: string; alias: string; workerName: string | null; count: number; since: Instant }

export async function waitingDifferences(tx: Tx, me: Person): Promise<TeamDifference[]> {
  const found = await sql<TeamDifference>`
    select c.id as case_id, c.alias, u.name as worker_name, count(*)::int as count, min(d.made_at) as since
      from conflict d join child_case c on c.id = d.case_id left join app_user u on u.id = c.worker_id
     where ${TEAMS(me.id)} and d.settled_at is null and d.part not in ('association', 'health', 'sealed')
     group by c.id, c.alias, u.name order by since, c.id limit 100`.execute(tx)
  return found.rows
}

/**
 * Cases nobody carries on: their worker only took the call and leaves them after 72 hours (security.md 3.4), or she has
 * gone, moved to another office, or does other work now. A colleague of another office is not seen from here.
 */
export async function casesToGive(tx: Tx, me: Person): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select c.id from child_case c left join app_user u on u.id = c.worker_id and u.org_id = c.org_id
     where ${TEAMS(me.id)} and (u.id is null or u.role <> 'case_worker' or u.ended_at is not null)
     order by c.opened_at limit 100`.execute(tx)
  return found.rows.map((row) => row.id)
}

export type Load = { workerId: string; name: string; open: number }

/** How many open cases each worker of these teams carries. */
export async function loads(tx: Tx, me: Person): Promise<Load[]> {
  const found = await sql<Load>`
    select u.id as worker_id, u.name, count(c.id)::int as open
      from team_member m join team_member w on w.team_id = m.team_id and w.ended_at is null and not w.supervises
      join app_user u on u.id = w.person_id and u.role = 'case_worker' and u.ended_at is null
      left join child_case c on c.worker_id = u.id and c.state = 'open'
     where m.person_id = ${me.id} and m.supervises and m.ended_at is null
     group by u.id, u.name order by u.name`.execute(tx)
  return found.rows
}

/** Open cases, and those in their first 30 days, by who carries them. */
export async function caseLoad(tx: Tx, me: Person): Promise<WorkCount[]> {
  const found = await sql<{ workerId: string; open: number; firstMonth: number }>`
    select c.worker_id, count(*)::int as open,
           count(*) filter (where c.opened_at > (select kembali.now()) - interval '30 days')::int as first_month
      from child_case c where ${TEAMS(me.id)} group by c.worker_id`.execute(tx)
  return found.rows.flatMap(({ workerId, open, firstMonth }): WorkCount[] => [
    { workerId, kind: 'open_case', count: open },
    { workerId, kind: 'first_month', count: firstMonth },
  ])
}

/** Cases open at both ends of a time, and each way one came or went between them, in the teams a person supervises (decision 0058). */
export async function caseMonth(
  tx: Tx,
  _me: Person,
  { from, to }: { from: Instant; to: Instant },
): Promise<CaseCount[]> {
  const found = await sql<CaseCount>`
    select counts, sex, age_band, n from kembali.cases_held(${from}::timestamptz, ${to}::timestamptz)`.execute(tx)
  return found.rows
}
