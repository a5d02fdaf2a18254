import { type ApprovalState, latestOf } from '../../../core/approval.ts'
import type { Instant } from '../../../core/time.ts'
import type { Rows } from '../../../web/replica.ts'
import type { CareAction, CareGoal, CarePlan } from '../plan.ts'
import { type Decided, lastPlanned, planState, type Submitted } from '../plan-state.ts'
import { things } from './use-care.ts'

export type GoalView = CareGoal & { id: string; version: number | null }
export type ActionView = CareAction & { id: string; version: number | null }

/** A whole plan as screens look at it, from the rows of its case. */
export type PlanView = {
  plan: CarePlan | null
  planVersion: number | null
  goals: GoalView[]
  actions: ActionView[]
  submissions: (Submitted & { note: string | null; submittedByName?: string | null })[]
  decisions: (Decided & { reason: string | null; decidedByName?: string | null })[]
  planned: { plannedAt: Instant }[]
  plannedAt: Instant | null
  state: ApprovalState
  /** What was handed in last, and what was said to it. */
  submission: PlanView['submissions'][number] | null
  decision: PlanView['decisions'][number] | null
}

export function planView(rows: Rows, caseId: string): PlanView {
  const plans = things(rows, 'care_plan', caseId)
  const goals = things(rows, 'care_goal', caseId)
  const actions = things(rows, 'care_action', caseId)
  const submissions = things(rows, 'care_submission', caseId).map((row) => row.fields)
  const decisions = things(rows, 'care_decision', caseId).map((row) => row.fields)
  const planned = [...plans, ...goals, ...actions].map((row) => row.fields)
  const plannedAt = lastPlanned(planned)
  const submission = latestOf(submissions)
  const [plan] = plans
  return {
    plan: plan?.fields ?? null,
    planVersion: plan?.version ?? null,
    goals: goals.map(({ id, version, fields }) => ({ ...fields, id, version })),
    actions: actions.map(({ id, version, fields }) => ({ ...fields, id, version })),
    submissions,
    decisions,
    planned,
    plannedAt,
    state: planState(submissions, decisions, plannedAt),
    submission,
    decision: decisions.find((one) => one.submissionId === submission?.id) ?? null,
  }
}
