import type { Instant } from '../../core/time.ts'
import { CareAction, CareGoal, CarePlan } from './plan.ts'
import { type CareFollowUp, CareReturn } from './follow-up.ts'
import type { Decided, Submitted } from './plan-state.ts'
import { CareTask } from './task.ts'

/** What merges field by field here, by its table. */
export const CARE_THINGS = {
  care_task: CareTask,
  care_plan: { ...CarePlan, beside: ['plannedAt'] },
  care_goal: { ...CareGoal, beside: ['plannedAt'] },
  care_action: { ...CareAction, beside: ['plannedAt'] },
  care_return: { ...CareReturn, beside: ['nextDueOn'] },
} as const
export type CareThing = keyof typeof CARE_THINGS

/** The fields of each, as rules and screens read them. */
export type CareFields = {
  care_task: CareTask
  care_plan: CarePlan & Planned
  care_goal: CareGoal & Planned
  care_action: CareAction & Planned
  care_return: CareReturn
  care_follow_up: CareFollowUp
  care_submission: Submitted & { note: string | null; submittedByName?: string | null }
  care_decision: Decided & { reason: string | null; decidedByName?: string | null }
}

/** When what is planned last changed, as the server keeps it. */
export type Planned = { plannedAt: Instant }
