import { type ApprovalState, approvalState, type HandedIn, type Word } from '../../core/approval.ts'
import type { Instant } from '../../core/time.ts'
import { said } from '../cases/edits.ts'
import type { CareAction, CareGoal, CarePlan } from './plan.ts'

export type Submitted = HandedIn & { submittedBy: string }
export type Decided = Word & { plannedAt: Instant }

/** Where a plan stands between worker and supervisor. */
export function planState(
  submissions: readonly Submitted[],
  decisions: readonly Decided[],
  plannedAt: Instant | null,
): ApprovalState {
  return approvalState(submissions, decisions, (decision) => plannedAt !== null && plannedAt > decision.plannedAt)
}

/** The last moment at which what is planned was changed, over all rows of the plan. */
export function lastPlanned(rows: readonly { plannedAt: Instant }[]): Instant | null {
  return rows.reduce<Instant | null>(
    (last, { plannedAt }) => (last === null || plannedAt > last ? plannedAt : last),
    null,
  )
}

export type PlanParts = {
  plan: Partial<CarePlan> | null
  goals: readonly (CareGoal & { id: string })[]
  actions: readonly CareAction[]
}

/** What a plan still lacks before a supervisor can read it, in the order in which it is written. */
export const NEEDED = [
  'wants',
  'options',
  'child_agrees',
  'carer_agrees',
  'review',
  'goal',
  'action',
  'owner',
  'safety',
] as const
export type Needed = (typeof NEEDED)[number]

export function missingOf({ plan, goals, actions }: PlanParts): Needed[] {
  const open = goals.filter((goal) => goal.state !== 'dropped')
  const ofOpen = actions.filter((action) => open.some((goal) => goal.id === action.goalId))
  const lacks: Record<Needed, boolean> = {
    wants: !said(plan?.wants),
    options: !said(plan?.optionsConsidered),
    child_agrees: (plan?.childAgrees ?? 'not_asked_yet') === 'not_asked_yet',
    carer_agrees: (plan?.carerAgrees ?? 'not_asked_yet') === 'not_asked_yet',
    review: (plan?.reviewOn ?? null) === null,
    goal: open.length === 0,
    action: open.some((goal) => !actions.some((action) => action.goalId === goal.id)),
    owner: ofOpen.some((action) => action.dueOn === null || (action.ownerId === null && !said(action.who))),
    safety: !said(plan?.safetyChild),
  }
  return NEEDED.filter((need) => lacks[need])
}

/** Where in the plan something that is missing is written down, below its case. */
export function mendedAt(
  need: Needed,
  { goals, actions }: { goals: PlanParts['goals']; actions: readonly (CareAction & { id: string })[] },
): string {
  const open = goals.filter((goal) => goal.state !== 'dropped')
  if (need === 'goal') return '/plan/goal'
  if (need === 'action') {
    const bare = open.find((goal) => !actions.some((action) => action.goalId === goal.id))
    return bare === undefined ? '/plan/goal' : `/plan/goal/${bare.id}/action`
  }
  if (need !== 'owner') return '/plan/page'
  const loose = actions.find(
    (action) =>
      open.some((goal) => goal.id === action.goalId) &&
      (action.dueOn === null || (action.ownerId === null && !said(action.who))),
  )
  return loose === undefined ? '/plan/page' : `/plan/action/${loose.id}`
}

export type Progress = { done: number; going: number; notStarted: number }

/** How far the goals are; a goal that was dropped with the child counts nowhere. */
export function progressOf(goals: readonly Pick<CareGoal, 'state'>[]): Progress {
  const count = (state: CareGoal['state']) => goals.filter((goal) => goal.state === state).length
  return { done: count('done'), going: count('going'), notStarted: count('not_started') }
}
