import { sql } from 'kysely'
import type { ToSign } from '../../core/second-signature.ts'
import type { CaseCount, WorkCount } from '../../core/office-work.ts'
import type { Instant } from '../../core/time.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import type { OpenPart } from '../../server/feature.ts'
import { lastMomentOf, type SaysDue } from '../../server/late-work.ts'
import { readRows } from '../../server/mutable-rows.ts'
import { openFacts } from '../../server/open-facts.ts'
import { hearsWhy } from '../../server/said-of-work.ts'
import { countDone, handedIn, type Time } from '../../server/team-work.ts'
import { CARE_THINGS, type CareFields } from './mutable.ts'
import type { CareAction, CareGoal, PlanDecision, PlanSubmission } from './plan.ts'
import type { KnownPlan } from './plan-ops.ts'
import type { Decided, Submitted } from './plan-state.ts'

/** The numbers of `care_submission.body` and `care_decision.body` in the schema registry. */
const SUBMISSION_FIELD = 35
const DECISION_FIELD = 36

type SubmissionRow = Submitted & { caseId: string; body: Uint8Array; submittedByName: string | null }
type DecisionRow = Decided & {
  id: string
  caseId: string
  body: Uint8Array
  decidedByName: string | null
  hears: boolean
}

/** What was handed in for the given cases, oldest first, with the worker's word to it. */
export async function findSubmissions(tx: Tx, caseIds: readonly string[], open: OpenPart) {
  const found = await sql<SubmissionRow>`
    select s.id, s.case_id, s.submitted_by, s.submitted_at, s.body, u.name as submitted_by_name
      from care_submission s left join app_user u on u.id = s.submitted_by
     where s.case_id = any(${[...caseIds]}::uuid[]) order by s.submitted_at, s.id`.execute(tx)
  return openFacts<Omit<SubmissionRow, 'body'> & { note: string | null }>(found.rows, SUBMISSION_FIELD, open)
}

/** What supervisors said for the given cases, oldest first, with their reason. */
export async function findDecisions(tx: Tx, caseIds: readonly string[], open: OpenPart) {
  const found = await sql<DecisionRow>`
    select d.id, d.case_id, d.submission_id, d.decision, d.decided_at, d.planned_at, d.body, u.name as decided_by_name,
           ${hearsWhy(sql`d.submitted_by`)} as hears
      from care_decision d left join app_user u on u.id = d.decided_by
     where d.case_id = any(${[...caseIds]}::uuid[]) order by d.decided_at, d.id`.execute(tx)
  const read = await openFacts<Omit<DecisionRow, 'body'> & { reason: string | null }>(found.rows, DECISION_FIELD, open)
  return read.map(({ hears, ...decision }) => (hears ? decision : { ...decision, reason: null }))
}

type By = { id: string; opId: string; at: Instant }

export async function insertSubmission(tx: Tx, of: PlanSubmission, by: By, cipher: CaseCipher): Promise<void> {
  const body = cipher.seal(SUBMISSION_FIELD, of.id, { note: of.note })
  await sql`insert into care_submission (id, case_id, op_id, submitted_by, submitted_at, body)
    values (${of.id}, ${of.caseId}, ${by.opId}, ${by.id}, ${by.at}, ${body})`.execute(tx)
}

export async function insertDecision(
  tx: Tx,
  of: PlanDecision,
  submittedBy: string,
  by: By,
  cipher: CaseCipher,
): Promise<void> {
  const body = cipher.seal(DECISION_FIELD, of.id, { reason: of.reason })
  await sql`insert into care_decision (id, case_id, op_id, submission_id, submitted_by, decided_by, decision, decided_at, planned_at, body)
    values (${of.id}, ${of.caseId}, ${by.opId}, ${of.submissionId}, ${submittedBy}, ${by.id}, ${of.decision}, ${by.at},
      ${of.plannedAt}, ${body})`.execute(tx)
}

/** A plan as its rules look at it, with everything said about it so far. */
export async function readPlan(tx: Tx, caseId: string, cipher: CaseCipher): Promise<Omit<KnownPlan, 'closedAt'>> {
  const open: OpenPart = async () => cipher
  const [plan] = await readRows(tx, CARE_THINGS.care_plan, [caseId], open)
  const goals = await readRows(tx, CARE_THINGS.care_goal, [caseId], open)
  const actions = await readRows(tx, CARE_THINGS.care_action, [caseId], open)
  // Rows hold what passed the schema of their own thing.
  return {
    plan: plan === undefined ? null : plan.fields,
    goals: goals.map(({ id, fields }) => ({ ...(fields as CareGoal), id })),
    actions: actions.map(({ fields }) => fields as CareAction),
    planned: [...(plan === undefined ? [] : [plan]), ...goals, ...actions].map(
      ({ beside }) => beside as CareFields['care_plan'],
    ),
    submissions: await findSubmissions(tx, [caseId], open),
    decisions: await findDecisions(tx, [caseId], open),
  }
}

export async function goalIds(tx: Tx, caseId: string): Promise<string[]> {
  const found = await sql<{ id: string }>`select id from care_goal where case_id = ${caseId}`.execute(tx)
  return found.rows.map((row) => row.id)
}

/** Tasks that are a worker's own to do or to ask about again, what the plan set for a day, a plan sent back, ways back to follow. */
export const dueCare: SaysDue = () => sql`
  select m.id as case_id, t.due_at from mine m join care_task t on t.case_id = m.id
   where t.state = 'open' and (t.waits_for is not null or coalesce(t.owner_id, m.worker_id) = m.worker_id)
  union all
  select m.id, ${lastMomentOf('g.due_on')} from mine m join care_goal g on g.case_id = m.id
   where g.due_on is not null and g.state in ('not_started', 'going')
  union all
  select m.id, ${lastMomentOf('a.due_on')} from mine m join care_action a on a.case_id = m.id
   where a.due_on is not null and a.status in ('planned', 'started')
  union all
  select m.id, ${lastMomentOf('p.review_on')} from mine m join care_plan p on p.case_id = m.id where p.review_on is not null
  union all
  select m.id, d.decided_at + interval '3 days' from mine m join care_decision d on d.case_id = m.id
    join care_submission s on s.id = d.submission_id
   where d.decision = 'returned' and not exists (
     select from care_submission n where n.case_id = m.id and n.submitted_at > s.submitted_at)
  union all
  select m.id, ${lastMomentOf('r.next_due_on')} from mine m join care_return r on r.case_id = m.id where r.next_due_on is not null`

/** Plans that wait for a supervisor's word, in the teams a person supervises: for the one queue of second signatures. */
export function plansToApprove(tx: Tx, personId: string): Promise<ToSign[]> {
  return handedIn(tx, personId, 'care', 'plan_approval')
}

/** Tasks due within 30 days and ways back that are followed, by who carries the case, in the teams a person supervises. */
export async function careLoad(tx: Tx, personId: string): Promise<WorkCount[]> {
  const found = await sql<WorkCount>`
    with mine as (
      select c.id, c.worker_id from team_member m join child_case c on c.team_id = m.team_id and c.state = 'open'
       where m.person_id = ${personId} and m.supervises and m.ended_at is null)
    select m.worker_id, 'task' as kind, count(*)::int as count from care_task t join mine m on m.id = t.case_id
     where t.state = 'open' and t.due_at < (select kembali.now()) + interval '30 days' group by m.worker_id
    union all
    select m.worker_id, 'way_back', count(*)::int from care_return r join mine m on m.id = r.case_id
     where r.ends_on is null group by m.worker_id`.execute(tx)
  return found.rows
}

/** Visits, calls, approved plans and contacts on a way back in a time, by case, in the teams a person supervises. */
export function careMonth(tx: Tx, personId: string, time: Time): Promise<CaseCount[]> {
  return countDone(
    tx,
    personId,
    time,
    sql`
    select n.case_id, case n.kind when 'call' then 'calls' else 'visits' end as counts, n.at from care_note n
     where n.kind in ('home_visit', 'office_visit', 'school_visit', 'call') and n.corrects is null
    union all
    select d.case_id, 'plans_approved', d.decided_at from care_decision d where d.decision = 'approved'
    union all
    select f.case_id, 'follow_ups', f.at from care_follow_up f where f.how <> 'not_reached'`,
  )
}
