import { sql } from 'kysely'
import { type ApprovalState, approvalState } from '../../core/approval.ts'
import type { Risk } from '../../core/case-steps.ts'
import { timeZoneOf } from '../../core/read-country.ts'
import type { ToSign } from '../../core/second-signature.ts'
import { addDuration, type Instant } from '../../core/time.ts'
import type { Tx } from '../../server/as-person.ts'
import { lastMomentOf, type SaysDue } from '../../server/late-work.ts'
import { handedIn } from '../../server/team-work.ts'
import { unsafeAmong } from './unsafe-store.ts'
import { dueNeeds, type Handed, stepsOf } from './steps.ts'

/** When the child of each case was first and last seen or spoken with, from what the log says of it (`migrations/0120`). */
export async function contactsOf(tx: Tx, caseIds: readonly string[]) {
  const found = await sql<{ caseId: string; firstAt: Instant; lastAt: Instant }>`
    select s.case_id, min(s.first_touch_at) as first_at, max(s.last_touch_at) as last_at
      from case_step_time s where s.case_id = any(${[...caseIds]}::uuid[]) and s.part in ('services', 'narrative')
     group by s.case_id having max(s.last_touch_at) is not null`.execute(tx)
  return found.rows
}

type Row = {
  caseId: string
  region: string
  openedAt: Instant
  risk: Risk | null
  firstAt: Instant | null
  lastAt: Instant | null
  safeNowSaid: boolean | null
  isBegun: boolean
  stoppedAt: Instant | null
  handedInAt: Instant | null
  decidedAt: Instant | null
  decision: 'approved' | 'returned' | null
  planHandedInAt: Instant | null
  planDecidedAt: Instant | null
  planDecision: 'approved' | 'returned' | null
}

/** Steps of the given cases that are timed, by the rule that makes a worker's tasks, safety checks set for a day, and where somebody stopped. */
export const dueSteps: SaysDue = async (tx, { mine, pack, now }) => {
  const found = await sql<Row>`${mine},
    risk as (
      select distinct on (r.case_id) r.case_id, r.harm_to_child from (
        select k.case_id, k.harm_to_child, k.at from safety_check k join mine on mine.id = k.case_id
        union all select s.case_id, s.harm_to_child, s.submitted_at from assessment_submission s join mine on mine.id = s.case_id) r
       order by r.case_id, r.at desc),
    logged as (
      select s.case_id, min(s.first_touch_at) as first_at, max(s.last_touch_at) as last_at, bool_or(s.safe_now_said) as safe_now_said,
             max(s.plan_handed_in_at) as plan_handed_in_at, max(s.plan_decided_at) as plan_decided_at, max(s.plan_decision) as plan_decision
        from case_step_time s join mine on mine.id = s.case_id where s.part in ('services', 'narrative') group by s.case_id),
    handed as (
      select distinct on (s.case_id) s.case_id, s.submitted_at, d.decided_at, d.decision
        from assessment_submission s join mine on mine.id = s.case_id left join assessment_decision d on d.submission_id = s.id
       order by s.case_id, s.submitted_at desc),
    last_sheet as (
      select distinct on (a.case_id) a.case_id, case when a.stops then a.at end as stopped_at
        from assessment_sheet a join mine on mine.id = a.case_id order by a.case_id, a.at desc, a.saved_at desc)
    select mine.id as case_id, mine.region, mine.begun_at as opened_at, risk.harm_to_child as risk, logged.first_at, logged.last_at, logged.safe_now_said,
           logged.plan_handed_in_at, logged.plan_decided_at, logged.plan_decision, handed.submitted_at as handed_in_at,
           handed.decided_at, handed.decision, last_sheet.case_id is not null as is_begun, last_sheet.stopped_at
      from mine left join risk on risk.case_id = mine.id left join logged on logged.case_id = mine.id
      left join handed on handed.case_id = mine.id left join last_sheet on last_sheet.case_id = mine.id
     -- Without risk, first answer, an assessment begun or sent back, nothing of a worker's is timed but the first steps, which cases count.
     where risk.harm_to_child is not null or logged.safe_now_said or last_sheet.case_id is not null`.execute(tx)
  const due = found.rows.flatMap((row) => {
    const timeZone = timeZoneOf(pack, row.region)
    const facts = factsOf(row)
    const needs = dueNeeds(stepsOf(facts, pack.timeFrames, timeZone), now)
    const goesOn = facts.assessment.state === 'draft' || facts.assessment.state === 'returned'
    const isStopped = row.stoppedAt !== null && goesOn && needs.every((one) => one.step !== 'assessment')
    return [
      // What waits for her own word stands in a list of its own.
      ...needs.filter((one) => one.who !== 'supervisor').map((one) => [row.caseId, one.dueAt] as const),
      ...(isStopped && row.stoppedAt !== null
        ? [[row.caseId, addDuration(row.stoppedAt, 'P1D', timeZone)] as const]
        : []),
    ]
  })
  // A child who is said not to be safe waits since then.
  for (const { caseId, since } of await unsafeAmong(tx, sql`c.id in (select id from mine)`, sql`${mine},`))
    due.push([caseId, since])
  return sql`
    select * from unnest(${due.map(([caseId]) => caseId)}::uuid[], ${due.map(([, dueAt]) => dueAt)}::timestamptz[]) as step (case_id, due_at)
    union all
    select m.id, ${lastMomentOf('m.next_on')} from (
      select distinct on (mine.id) mine.id, mine.zone, k.next_on from mine join safety_check k on k.case_id = mine.id
       order by mine.id, k.at desc) m where m.next_on is not null`
}

function factsOf(row: Row) {
  return {
    openedAt: row.openedAt,
    isClosed: false,
    safeNowSaid: row.safeNowSaid ?? false,
    firstSteps: 0,
    firstStep: null,
    risk: row.risk,
    contact: row.firstAt === null || row.lastAt === null ? null : { firstAt: row.firstAt, lastAt: row.lastAt },
    assessment: { ...handedOf(row.handedInAt, row.decidedAt, row.decision, row.isBegun), open: 0 },
    plan: handedOf(row.planHandedInAt, row.planDecidedAt, row.planDecision, row.planHandedInAt !== null),
    actions: { all: 0, open: 0 },
    goals: { all: 0, open: 0 },
    questions: {},
  }
}

function handedOf(
  handedInAt: Instant | null,
  decidedAt: Instant | null,
  decision: 'approved' | 'returned' | null,
  isBegun: boolean,
): Handed {
  const isAnswered = handedInAt !== null && decidedAt !== null && decidedAt >= handedInAt && decision !== null
  const state: ApprovalState = approvalState(
    handedInAt === null ? [] : [{ id: '', submittedAt: handedInAt }],
    isAnswered ? [{ submissionId: '', decision, decidedAt }] : [],
    () => false,
  )
  return { isBegun, state, handedInAt, decidedAt }
}

/** Assessments that wait for a supervisor's word, in the teams a person supervises: for the one queue of second signatures. */
export function assessmentsToApprove(tx: Tx, personId: string): Promise<ToSign[]> {
  return handedIn(tx, personId, 'assessment', 'assessment_approval')
}
