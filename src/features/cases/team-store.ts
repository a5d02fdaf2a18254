import { sql } from 'kysely'
import type { Person } from '../../core/access.ts'
import type { CaseCount, WorkCount } from '../../core/office-work.ts'
import type { Instant } from '../../core/time.ts'
import type { Tx } from '../../server/as-person.ts'
import type { LateWork } from '../../server/feature.ts'
import { first } from './first-answers-store.ts'
import { type FirstSteps, firstSteps } from './safe-start.ts'

/** The open cases of the teams a person supervises. */
const TEAMS = (personId: string) => sql`c.state = 'open' and c.team_id in (
  select m.team_id from team_member m where m.person_id = ${personId} and m.supervises and m.ended_at is null)`

type Face = { id: string; alias: string; workerId: string; workerName: string | null; openedAt: Instant }

/** What a list of a supervisor's open cases shows of each, the newest first: whole rows of 1,500 cases take their time. */
export async function teamFaces(tx: Tx, me: Person): Promise<Face[]> {
  const found = await sql<Face>`
    select c.id, c.alias, c.worker_id, u.name as worker_name, c.opened_at from child_case c left join app_user u on u.id = c.worker_id
     where ${TEAMS(me.id)} order by c.opened_at desc, c.id desc`.execute(tx)
  return found.rows
}

type StepRow = {
  caseId: string
  openedAt: Instant
  takenInAt: Instant | null
  safeNow: string | null
  howKnown: string | null
  basis: string | null
  ageBasis: string | null
  matched: boolean
}

const STEPS = sql`c.id as case_id, c.opened_at, c.taken_in_at, coalesce(s.safe_now, first.safe_now) as safe_now,
           coalesce(s.how_known, first.how_known) as how_known, coalesce(nullif(s.basis, 'not_yet'), first.basis, s.basis) as basis, i.age_basis,
           exists (select from op_log l where l.case_id = c.id and l.part = 'identity' and l.type = 'cases.request_match') as matched
      from child_case c left join safe_start s on s.case_id = c.id ${first(sql`s.safe_now is not null and s.how_known is not null and s.basis <> 'not_yet'`)} left join child_identity i on i.case_id = c.id`

/** First steps not taken in time, by the same rule that makes a worker's tasks. */
export async function lateFirstSteps(tx: Tx, me: Person): Promise<LateWork[]> {
  const found = await sql<StepRow>`
    select ${STEPS}
     where ${TEAMS(me.id)} and coalesce(c.taken_in_at, c.opened_at) < (select kembali.now()) - interval '24 hours' order by c.opened_at limit 2000`.execute(
    tx,
  )
  return found.rows.flatMap((row) => {
    const [first, ...rest] = stepsIn(row)
    return first === undefined ? [] : [{ caseId: row.caseId, count: 1 + rest.length, since: first.dueAt }]
  })
}

function stepsIn({ openedAt, takenInAt, ageBasis, matched, caseId: _caseId, ...safeStart }: StepRow): FirstSteps[] {
  return firstSteps(
    { openedAt, takenInAt, state: 'open' },
    // An age stands with its basis or not at all; the age itself is sealed.
    { safeStart, identity: ageBasis === null ? null : { approxAge: 0, ageBasis }, matchRequested: matched },
  )
}

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
  const found = await sql<WorkCount>`
    select c.worker_id, k.kind, count(*)::int as count
      from child_case c cross join lateral (values ('open_case', true), ('first_month', c.opened_at > (select kembali.now()) - interval '30 days'))
        as k (kind, counts)
     where ${TEAMS(me.id)} and k.counts group by c.worker_id, k.kind`.execute(tx)
  return found.rows
}

/** Cases open at both ends of a time, opened and closed in it, in the teams a person supervises. */
export async function caseMonth(
  tx: Tx,
  me: Person,
  { from, to }: { from: Instant; to: Instant },
): Promise<CaseCount[]> {
  const found = await sql<CaseCount>`
    select c.id as case_id, k.counts, 1 as n
      from child_case c cross join lateral (values
        ('open_at_start', c.opened_at < ${from}::timestamptz and coalesce(c.closed_at >= ${from}::timestamptz, true)),
        ('opened', c.opened_at >= ${from}::timestamptz and c.opened_at < ${to}::timestamptz),
        ('closed', c.closed_at >= ${from}::timestamptz and c.closed_at < ${to}::timestamptz),
        ('open_at_end', c.opened_at < ${to}::timestamptz and coalesce(c.closed_at >= ${to}::timestamptz, true))) as k (counts, holds)
     where c.team_id in (select m.team_id from team_member m where m.person_id = ${me.id} and m.supervises and m.ended_at is null)
       and k.holds`.execute(tx)
  return found.rows
}
