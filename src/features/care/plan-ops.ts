import { givesSomething, hasAidSafeguards } from '../../core/aid.ts'
import { latestOf, wordOn } from '../../core/approval.ts'
import { accept, refuse } from '../../core/decision.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { dayOf, type Instant } from '../../core/time.ts'
import { refuseWhenClosed } from '../cases/ops.ts'
import { after, type KnownRow, refuseEdit, type RowEdit, rowEdit, said } from '../cases/edits.ts'
import { CareAction, CareGoal, CarePlan, PlanDecision, PlanSubmission } from './plan.ts'
import { type Decided, lastPlanned, missingOf, type PlanParts, type Submitted } from './plan-state.ts'

/** Writes the plan's own page: one row a case, so that two phones that begin it meet in the same row. */
export const editPlan: OpDefinition<RowEdit, KnownRow, RowEdit, AnyRefusal> = {
  type: 'care.edit_plan',
  payload: rowEdit(CarePlan.schema),
  needs: 'services:write',
  decide(edit, known, { now, timeZone }) {
    const no = refuseEdit(edit, known)
    if (no !== null) return no
    if (edit.id !== edit.caseId) return refuse({ reason: 'wrong_row' })
    const today = dayOf(now, timeZone)
    const { reviewOn, wantsSaidOn, tellSaidOn } = edit.set as Partial<CarePlan> // passed the schema of the row
    if (typeof reviewOn === 'string' && reviewOn < today) return refuse({ reason: 'review_in_the_past' })
    for (const day of [wantsSaidOn, tellSaidOn])
      if (typeof day === 'string' && day > today) return refuse({ reason: 'in_the_future', moment: day })
    return accept(edit)
  },
}

/** Begins or changes one goal; what is dropped says why. */
export const editGoal: OpDefinition<RowEdit, KnownRow, RowEdit, AnyRefusal> = {
  type: 'care.edit_goal',
  payload: rowEdit(CareGoal.schema),
  needs: 'services:write',
  decide(edit, known) {
    const no = refuseEdit(edit, known)
    if (no !== null) return no
    const goal = after<CareGoal>(known, edit)
    if (!said(goal.inTheirWords)) return refuse({ reason: 'goal_without_words' })
    if (goal.domain === undefined || goal.state === undefined) return refuse({ reason: 'goal_without_domain' })
    if (goal.state === 'dropped' && !said(goal.outcome)) return refuse({ reason: 'dropped_without_reason' })
    return accept(edit)
  },
}

export type KnownAction = KnownRow & { goals: readonly string[] }

/** Begins or changes one action of a goal. Help of value needs its safeguards said before it stands in a plan. */
export const editAction: OpDefinition<RowEdit, KnownAction, RowEdit, AnyRefusal> = {
  type: 'care.edit_action',
  payload: rowEdit(CareAction.schema),
  needs: 'services:write',
  decide(edit, known) {
    const no = refuseEdit(edit, known)
    if (no !== null) return no
    const action = after<CareAction>(known, edit)
    const { goalId, kind, status } = action
    if (!said(action.what)) return refuse({ reason: 'action_without_words' })
    if (goalId === undefined || kind === undefined || status === undefined || action.safeguards === undefined)
      return refuse({ reason: 'action_without_kind' })
    if (!known.goals.includes(goalId)) return refuse({ reason: 'unknown_goal' })
    if (givesSomething(kind) && !hasAidSafeguards(action.safeguards))
      return refuse({ reason: 'aid_without_safeguards' })
    if ((status === 'dropped' || status === 'not_done') && !said(action.outcome))
      return refuse({ reason: 'dropped_without_reason' })
    return accept(edit)
  },
}

export type KnownPlan = PlanParts & {
  closedAt: Instant | null
  submissions: readonly Submitted[]
  decisions: readonly Decided[]
  planned: readonly { plannedAt: Instant }[]
}

/** Hands the plan to the supervisor, once it has everything she must be able to read. */
export const submitPlan: OpDefinition<PlanSubmission, KnownPlan, PlanSubmission, AnyRefusal> = {
  type: 'care.submit_plan',
  payload: PlanSubmission,
  needs: 'services:write',
  decide(payload, known) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    const last = latestOf(known.submissions)
    if (last !== null && !known.decisions.some((one) => one.submissionId === last.id))
      return refuse({ reason: 'plan_waits_already' })
    const [missing] = missingOf(known)
    if (missing !== undefined) return refuse({ reason: 'plan_incomplete', missing })
    return accept(payload)
  },
}

/** A supervisor approves or returns a plan: not her own, not one she has not seen as it stands, and once. */
export const decidePlan: OpDefinition<PlanDecision, KnownPlan, PlanDecision, AnyRefusal> = {
  type: 'care.decide_plan',
  payload: PlanDecision,
  needs: 'services:read',
  decide(payload, known, by) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    const about = wordOn(payload, known, by, { reason: 'own_plan' })
    if (!about.ok) return about
    if (lastPlanned(known.planned) !== payload.plannedAt) return refuse({ reason: 'plan_changed_meanwhile' })
    return accept(payload)
  },
}
