import { sql } from 'kysely'
import { type ApprovalState, approvalState } from '../../core/approval.ts'
import type { Risk } from '../../core/case-steps.ts'
import { timeZoneOf } from '../../core/read-country.ts'
import type { PublicPack } from '../../core/country.ts'
import { signatureDue } from '../../core/second-signature.ts'
import type { Instant } from '../../core/time.ts'
import type { Tx } from '../../server/as-person.ts'
import type { LateWork, ToSign } from '../../server/feature.ts'
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
  handedInAt: Instant | null
  decidedAt: Instant | null
  decision: 'approved' | 'returned' | null
  planHandedInAt: Instant | null
  planDecidedAt: Instant | null
  planDecision: 'approved' | 'returned' | null
}

/** Steps of the open cases of the teams a person supervises that are past their day, by the rule that makes a worker's tasks. */
export async function lateSteps(tx: Tx, personId: string, pack: PublicPack, now: Instant): Promise<LateWork[]> {
  const found = await sql<Row>`
    with mine as (
      select c.id, c.region, coalesce(c.taken_in_at, c.opened_at) as opened_at from team_member m join child_case c on c.team_id = m.team_id and c.state = 'open'
       where m.person_id = ${personId} and m.supervises and m.ended_at is null),
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
       order by s.case_id, s.submitted_at desc)
    select mine.id as case_id, mine.region, mine.opened_at, risk.harm_to_child as risk, logged.first_at, logged.last_at, logged.safe_now_said,
           logged.plan_handed_in_at, logged.plan_decided_at, logged.plan_decision, handed.submitted_at as handed_in_at,
           handed.decided_at, handed.decision, exists (select from assessment_sheet a where a.case_id = mine.id) as is_begun
      from mine left join risk on risk.case_id = mine.id left join logged on logged.case_id = mine.id
      left join handed on handed.case_id = mine.id
     -- Without risk, first answer or an assessment sent back, nothing of a worker's is timed but the first steps, which cases count.
     where risk.harm_to_child is not null or logged.safe_now_said or handed.decision = 'returned'`.execute(tx)
  return found.rows.flatMap((row) => {
    const due = dueNeeds(stepsOf(factsOf(row), pack.timeFrames, timeZoneOf(pack, row.region)), now)
    // What waits for her own word stands in a list of its own.
    const late = due.filter((one) => one.who === 'worker' && one.dueAt < now).map((one) => one.dueAt)
    const [since] = late.sort()
    return since === undefined ? [] : [{ caseId: row.caseId, count: late.length, since }]
  })
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
export async function assessmentsToApprove(tx: Tx, personId: string): Promise<ToSign[]> {
  const found = await sql<Omit<ToSign, 'act' | 'dueAt'>>`
    select s.id, c.id as case_id, c.id as about_id, c.alias, u.name as asked_by_name, s.submitted_at as asked_at
      from team_member m join child_case c on c.team_id = m.team_id and c.state = 'open'
      join assessment_submission s on s.case_id = c.id left join app_user u on u.id = s.submitted_by
     where m.person_id = ${personId} and m.supervises and m.ended_at is null and s.submitted_by <> ${personId}
       and not exists (select from assessment_decision d where d.submission_id = s.id)
     order by s.submitted_at limit 100`.execute(tx)
  return found.rows.map((row) => ({ ...row, act: 'assessment_approval', dueAt: signatureDue(row.askedAt) }))
}
