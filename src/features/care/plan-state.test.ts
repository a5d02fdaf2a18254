import { describe, expect, test } from 'vitest'
import { instant } from '../../core/time.ts'
import type { CareAction, CareGoal } from './plan.ts'
import { lastPlanned, missingOf, type Needed, type PlanParts, planState, progressOf } from './plan-state.ts'

const [mon, tue, wed, thu] = ['02', '03', '04', '05'].map((day) => instant(`2026-03-${day}T08:00Z`)) as [
  ReturnType<typeof instant>,
  ReturnType<typeof instant>,
  ReturnType<typeof instant>,
  ReturnType<typeof instant>,
] // four days, four moments

const handedIn = (at: typeof mon, id = 'first') => ({ id, submittedAt: at, submittedBy: 'worker' })
const said = (decision: 'approved' | 'returned', plannedAt: typeof mon, submissionId = 'first') => ({
  submissionId,
  decision,
  decidedAt: wed,
  plannedAt,
})

describe('where a plan stands', () => {
  test.each([
    ['nobody has seen it', [], [], mon, 'draft'],
    ['it waits for the supervisor', [handedIn(tue)], [], mon, 'waiting'],
    ['she returned it', [handedIn(tue)], [said('returned', mon)], mon, 'returned'],
    ['she returned it, and it was changed since', [handedIn(tue)], [said('returned', mon)], thu, 'returned'],
    ['it was handed in again', [handedIn(tue), handedIn(thu, 'second')], [said('returned', mon)], thu, 'waiting'],
    ['she approved it', [handedIn(tue)], [said('approved', mon)], mon, 'approved'],
    ['she approved it, and it was planned anew since', [handedIn(tue)], [said('approved', mon)], thu, 'changed'],
  ] as const)('when %s', (_what, submissions, decisions, plannedAt, expected) => {
    expect(planState(submissions, decisions, plannedAt)).toBe(expected)
  })

  test('is told by the newest change of any of its rows', () => {
    expect(lastPlanned([{ plannedAt: mon }, { plannedAt: thu }, { plannedAt: tue }])).toBe(thu)
    expect(lastPlanned([])).toBeNull()
  })
})

const goal = { id: 'g', state: 'going', inTheirWords: 'I want to finish school' } as CareGoal & { id: string } // what the rule reads
const action = { goalId: 'g', dueOn: '2026-05-01', ownerId: null, who: 'The school' } as CareAction // what the rule reads
const page = {
  wants: 'To go home',
  optionsConsidered: 'Aunt or grandmother',
  childAgrees: 'agrees',
  carerAgrees: 'not_safe_to_ask',
  reviewOn: '2026-06-01',
  safetyChild: 'Call the aunt',
} as NonNullable<PlanParts['plan']>
const whole: PlanParts = { plan: page, goals: [goal], actions: [action] }

describe('a plan can be handed in', () => {
  test.each<[string, Partial<PlanParts>, Needed[]]>([
    ['when it has everything', {}, []],
    ['not before the child was asked what it wants', { plan: { ...page, wants: ' ' } }, ['wants']],
    ['not before other ways were considered', { plan: { ...page, optionsConsidered: null } }, ['options']],
    [
      'not before the child was asked whether it agrees',
      { plan: { ...page, childAgrees: 'not_asked_yet' } },
      ['child_agrees'],
    ],
    ['also where asking the carer would be dangerous', { plan: { ...page, carerAgrees: 'not_safe_to_ask' } }, []],
    ['not without a day to look at it again', { plan: { ...page, reviewOn: null } }, ['review']],
    ['not without a goal', { goals: [], actions: [] }, ['goal']],
    ['not with a goal that nobody does anything for', { actions: [] }, ['action']],
    ['not with an action that is nobody’s', { actions: [{ ...action, who: null }] }, ['owner']],
    ['not with an action that has no day', { actions: [{ ...action, dueOn: null }] }, ['owner']],
    [
      'also with an unfinished goal that was dropped with the child',
      { goals: [goal, { ...goal, id: 'x', state: 'dropped' }] },
      [],
    ],
    ['not without a plan for the child’s safety', { plan: { ...page, safetyChild: null } }, ['safety']],
    [
      'not while there is nothing of it',
      { plan: null, goals: [], actions: [] },
      ['wants', 'options', 'child_agrees', 'carer_agrees', 'review', 'goal', 'safety'],
    ],
  ])('%s', (_when, change, expected) => {
    expect(missingOf({ ...whole, ...change })).toEqual(expected)
  })
})

test('progress counts goals, and a dropped one nowhere', () => {
  const goals = (['done', 'going', 'going', 'not_started', 'dropped'] as const).map((state) => ({ state }))
  expect(progressOf(goals)).toEqual({ done: 1, going: 2, notStarted: 1 })
})
