import { type RawBuilder, sql } from 'kysely'
import type { Person } from '../../core/access.ts'
import type { Instant } from '../../core/time.ts'
import type { Tx } from '../../server/as-person.ts'
import { mineOf } from '../../server/late-work.ts'
import type { Machine } from '../../server/machine.ts'
import { TEAMS } from './team-store.ts'

/** Late work of one case: how much, and since when; never what it is about. */
export type LateCase = {
  caseId: string
  alias: string
  workerId: string
  workerName: string | null
  count: number
  since: Instant
}
/** The same of everything one worker carries. */
export type LateWorker = { workerId: string; workerName: string | null; steps: number; cases: number; since: Instant }
/** After which case a page goes on, in the order in which what has waited longest stands first. */
export type After = Pick<LateCase, 'caseId' | 'since'>

/** So many cases of a list go over the line at once. */
export const LATE_PAGE = 50

/** Begins a query with the cases of a condition as `mine`, and as `late` with what every feature says is past its moment of them. */
async function lateOf(machine: Machine, tx: Tx, me: Person, which: RawBuilder<unknown>): Promise<RawBuilder<unknown>> {
  const mine = mineOf(which, machine.pack)
  const due: RawBuilder<unknown>[] = []
  for (const feature of machine.features)
    if (feature.due !== undefined) due.push(await feature.due(tx, { mine, pack: machine.pack, now: me.askedAt }))
  return sql`${mine}, late as materialized (
    select d.case_id, count(*)::int as count, date_trunc('milliseconds', min(d.due_at)) as since from (${sql.join(due, sql` union all `)}) d
     where d.due_at < (select kembali.now()) group by d.case_id)`
}

/** How much of each of these cases is late; those with nothing are left out. */
export async function lateAmong(
  machine: Machine,
  tx: Tx,
  me: Person,
  caseIds: readonly string[],
): Promise<Map<string, number>> {
  if (caseIds.length === 0) return new Map()
  const late = await lateOf(machine, tx, me, sql`c.state = 'open' and c.id = any(${[...caseIds]}::uuid[])`)
  const found = await sql<{ caseId: string; count: number }>`${late} select case_id, count from late`.execute(tx)
  return new Map(found.rows.map(({ caseId, count }) => [caseId, count]))
}

/** The late cases of the teams a person supervises, the newest first, as every list of cases stands. */
export async function lateIds(machine: Machine, tx: Tx, me: Person, after: string | null): Promise<[string, number][]> {
  const found = await sql<{ caseId: string; count: number }>`${await lateOf(machine, tx, me, TEAMS(me.id))}
    select l.case_id, l.count from late l join mine m on m.id = l.case_id
     where ${after}::uuid is null or (m.opened_at, m.id) < (select b.opened_at, b.id from child_case b where b.id = ${after}::uuid)
     order by m.opened_at desc, m.id desc limit ${LATE_PAGE}`.execute(tx)
  return found.rows.map(({ caseId, count }) => [caseId, count])
}

type Row = LateWorker & Pick<LateCase, 'alias'> & { caseId: string | null }

/** What is late in the teams a person supervises: all of it by worker, counted, and one page of the cases. */
export async function lateInTeams(machine: Machine, tx: Tx, me: Person, after: After | null) {
  const found = await sql<Row>`${await lateOf(machine, tx, me, TEAMS(me.id))},
    page as (
      select m.id, m.alias, m.worker_id, l.count, l.since from late l join mine m on m.id = l.case_id
       where ${after?.caseId ?? null}::uuid is null or (l.since, m.id) > (${after?.since ?? null}::timestamptz, ${after?.caseId ?? null}::uuid)
       order by l.since, m.id limit ${LATE_PAGE}),
    worker as (
      select m.worker_id, sum(l.count)::int as steps, count(*)::int as cases, min(l.since) as since
        from late l join mine m on m.id = l.case_id group by m.worker_id)
    select w.worker_id, u.name as worker_name, w.steps, w.cases, w.since, null::uuid as case_id, null as alias
      from worker w left join app_user u on u.id = w.worker_id
    union all
    select p.worker_id, u.name, p.count, 1, p.since, p.id, p.alias from page p left join app_user u on u.id = p.worker_id
     order by since, case_id`.execute(tx)
  const workers = found.rows.flatMap(({ caseId, alias: _alias, ...worker }) => (caseId === null ? [worker] : []))
  const late = found.rows.flatMap(({ caseId, alias, workerId, workerName, steps, since }): LateCase[] =>
    caseId === null ? [] : [{ caseId, alias, workerId, workerName, count: steps, since }],
  )
  return { workers, late }
}
