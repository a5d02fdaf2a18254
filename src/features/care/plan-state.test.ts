import { expect, test } from 'vitest'
import type { CareAction, CareGoal } from './plan.ts'
import { mendedAt } from './plan-state.ts'

// Only what the question looks at is given.
const goal = (id: string) => ({ id, state: 'going' }) as unknown as CareGoal & { id: string }
const action = (id: string, goalId: string, dueOn: string | null) =>
  ({ id, goalId, dueOn, ownerId: null, who: 'Her aunt' }) as unknown as CareAction & { id: string }

test('what a plan lacks leads to where it is written: the page, the goal without an action, the action without a day', () => {
  const plan = {
    goals: [goal('g1'), goal('g2')],
    actions: [action('a1', 'g1', '2026-03-01'), action('a2', 'g1', null)],
  }
  expect(mendedAt('wants', plan)).toBe('/plan/page')
  expect(mendedAt('goal', plan)).toBe('/plan/goal')
  expect(mendedAt('action', plan)).toBe('/plan/goal/g2/action')
  expect(mendedAt('owner', plan)).toBe('/plan/action/a2')
})
