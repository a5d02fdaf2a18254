import type { Op } from '../src/core/op.ts'
import { newId } from '../src/crypto/random.ts'
import type { Machine } from '../src/server/machine.ts'
import { anOp, now, send, type Somebody } from './people.ts'

/** Samples of the care of a child, as operations of the worker who carries it. */
export function noteOp(by: Somebody, caseId: string, over: Record<string, unknown> = {}): Op {
  return anOp(by, 'care.add_note', {
    id: newId(),
    caseId,
    kind: 'home_visit',
    at: now(),
    folded: false,
    corrects: null,
    present: null,
    howIsTheChild: 'He laughed when the goat came in',
    agreed: null,
    next: null,
    ...over,
  })
}

/** An edit of one row of care; a new row when no id is given. */
export function rowOp(
  by: Somebody,
  type: string,
  caseId: string,
  set: Record<string, unknown>,
  { id = newId(), baseVersion = 0 }: { id?: string; baseVersion?: number } = {},
): Op {
  return anOp(by, type, { id, caseId, set }, { baseVersion })
}

export const aGoal = { inTheirWords: 'I want to finish school', domain: 'education_work', state: 'not_started' }
export const anAction = (goalId: string) => ({
  goalId,
  kind: 'education',
  status: 'planned',
  safeguards: [],
  what: 'Ask the school for a place in May',
  who: 'The worker',
  dueOn: '2199-05-01',
})
export const aPlanPage = {
  wants: 'I want to sit with my grandmother again',
  optionsConsidered: 'Stay with his aunt, or with his grandmother',
  childAgrees: 'agrees',
  carerAgrees: 'not_safe_to_ask',
  reviewOn: '2199-06-01',
  safetyChild: 'He can call his aunt at any hour',
}

/** A plan that has everything a supervisor must be able to read; answers its goal and its action. */
export async function aWholePlan(machine: Machine, by: Somebody, caseId: string) {
  const goal = rowOp(by, 'care.edit_goal', caseId, aGoal)
  const goalId = String(goal.payload.id)
  const action = rowOp(by, 'care.edit_action', caseId, anAction(goalId))
  const answers = await send(machine, by, rowOp(by, 'care.edit_plan', caseId, aPlanPage, { id: caseId }), goal, action)
  if (answers.some((one) => one.answer !== 'accepted')) throw new Error(`a plan is written: ${JSON.stringify(answers)}`)
  return { goalId, actionId: String(action.payload.id) }
}
