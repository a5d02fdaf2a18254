import { describe, expect, test } from 'vitest'
import type { TimeFrames } from '../../core/case-steps.ts'
import { instant } from '../../core/time.ts'
import { dueNeeds, type Handed, type StepFacts, stepsOf } from './steps.ts'

const frame = (firstContact: string, assessment: string, plan: string, followUpEvery: string) => ({
  firstContact,
  assessment,
  plan,
  followUpEvery,
  sources: [],
  confidence: 'recalled' as const,
})
const FRAMES: TimeFrames = {
  emergency: frame('PT24H', 'P3D', 'P7D', 'P2D'),
  high: frame('PT24H', 'P7D', 'P14D', 'P7D'),
  medium: frame('P3D', 'P14D', 'P14D', 'P14D'),
  low: frame('P7D', 'P21D', 'P14D', 'P30D'),
  none: { ...frame('P7D', 'P21D', 'P14D', 'P90D'), firstContact: null, assessment: null, plan: null },
}

const none: Handed = { isBegun: false, state: 'draft', handedInAt: null, decidedAt: null }
const opened = instant('2026-03-01T00:00:00Z')
const seen = instant('2026-03-02T00:00:00Z')
const approved: Handed = {
  isBegun: true,
  state: 'approved',
  handedInAt: instant('2026-03-05T00:00:00Z'),
  decidedAt: instant('2026-03-06T00:00:00Z'),
}

const fresh: StepFacts = {
  openedAt: opened,
  isClosed: false,
  safeNowSaid: false,
  firstSteps: 4,
  firstStep: 'how_known',
  risk: null,
  contact: null,
  assessment: { ...none, open: 9 },
  plan: none,
  actions: { all: 0, open: 0 },
  goals: { all: 0, open: 0 },
  questions: {},
}
const known: StepFacts = {
  ...fresh,
  safeNowSaid: true,
  firstSteps: 0,
  risk: 'high',
  contact: { firstAt: seen, lastAt: seen },
}

const steps = (facts: StepFacts) => stepsOf(facts, FRAMES, 'UTC')
const need = (facts: StepFacts, step: string) => steps(facts).find((one) => one.step === step)?.needs[0]

describe('a case that was just opened', () => {
  test('wants its first questions within a day, from the worker', () => {
    expect(need(fresh, 'registration')).toEqual({
      need: 'first_steps',
      who: 'worker',
      dueAt: instant('2026-03-02T00:00:00Z'),
      count: 5,
      firstStep: 'safe_now',
    })
    expect(need({ ...fresh, safeNowSaid: true }, 'registration')).toMatchObject({ count: 4, firstStep: 'how_known' })
  })
  test('is timed by nothing else while nobody has said how great the risk to the child is', () => {
    expect(
      steps(fresh)
        .flatMap((one) => one.needs.slice(one.step === 'registration' ? 1 : 0))
        .filter((one) => one.dueAt !== null),
    ).toEqual([])
  })
  test('stands in its first step, and the others come later', () => {
    expect(steps(fresh).map((one) => one.state)).toEqual(['now', 'later', 'later', 'later', 'later', 'later'])
  })
})

describe('the risk to the child says by when the assessment is wanted', () => {
  test.each([
    ['emergency', '2026-03-04T00:00:00Z'],
    ['high', '2026-03-08T00:00:00Z'],
    ['medium', '2026-03-15T00:00:00Z'],
    ['low', '2026-03-22T00:00:00Z'],
  ] as const)('%s → %s', (risk, due) => {
    expect(need({ ...known, risk }, 'assessment')).toMatchObject({ need: 'begin', dueAt: instant(due) })
  })
  test('and where there is no present risk nothing is timed', () => {
    expect(need({ ...known, risk: 'none' }, 'assessment')?.dueAt).toBeNull()
  })
})

describe('an assessment', () => {
  const at = (of: Partial<StepFacts['assessment']>) =>
    need({ ...known, assessment: { ...none, open: 9, ...of } }, 'assessment')
  const handedInAt = instant('2026-03-05T00:00:00Z')
  test.each([
    ['is to be begun', {}, 'begin', 'worker'],
    ['has open sections', { isBegun: true, open: 2 }, 'sections', 'worker'],
    ['is to be handed in', { isBegun: true, open: 0 }, 'hand_in', 'worker'],
    ['waits for the supervisor', { isBegun: true, state: 'waiting', handedInAt }, 'approval', 'supervisor'],
    ['was returned', { isBegun: true, state: 'returned', handedInAt, decidedAt: handedInAt }, 'returned', 'worker'],
  ] as const)('that %s', (_what, of, expected, who) => {
    expect(at(of)).toMatchObject({ need: expected, who })
  })
  test('that is approved is done, and the plan is wanted two weeks after it was handed in', () => {
    const facts = { ...known, assessment: { ...approved, open: 0 } }
    expect(steps(facts).map((one) => one.state)).toEqual(['done', 'done', 'now', 'later', 'now', 'later'])
    expect(need(facts, 'plan')).toMatchObject({ need: 'write_plan', dueAt: instant('2026-03-19T00:00:00Z') })
  })
})

describe('the child is seen again', () => {
  test('as often as the risk to it asks, counted from the last time', () => {
    expect(need(known, 'follow_up')).toMatchObject({ need: 'contact', dueAt: instant('2026-03-09T00:00:00Z') })
  })
  test('and until somebody has seen it, that is what registration lacks', () => {
    expect(need({ ...known, contact: null }, 'registration')).toMatchObject({
      need: 'first_contact',
      dueAt: instant('2026-03-02T00:00:00Z'),
    })
  })
})

describe('a case is closed', () => {
  test('when its goals are met and the worker asks, and nothing hurries it', () => {
    const met = {
      ...known,
      assessment: { ...approved, open: 0 },
      plan: approved,
      actions: { all: 2, open: 0 },
      goals: { all: 2, open: 0 },
    }
    expect(need(met, 'closure')).toMatchObject({ need: 'goals_met', who: 'worker', dueAt: null })
    expect(need(known, 'closure')).toMatchObject({ need: 'not_yet', dueAt: null })
  })
  test('and then lacks nothing, and says of each step whether it was done before', () => {
    const closed = steps({ ...known, isClosed: true })
    expect(closed.map((one) => one.state)).toEqual(['done', 'left', 'left', 'left', 'done', 'done'])
    expect(closed.flatMap((one) => one.needs)).toEqual([])
  })
})

describe('a worker’s day', () => {
  const now = instant('2026-03-10T00:00:00Z')
  const due = (facts: StepFacts) => dueNeeds(steps(facts), now).map((one) => `${one.step}: ${one.need}`)
  test('does not say twice what another feature puts there', () => {
    expect(due({ ...fresh, safeNowSaid: true, firstSteps: 4 })).toEqual(['registration: risk'])
  })
  test('calls for the plan once the assessment is handed in, not before its own day', () => {
    expect(due(known)).toEqual(['assessment: begin', 'follow_up: contact'])
    expect(due({ ...known, assessment: { ...approved, open: 0 } })).toEqual(['plan: write_plan', 'follow_up: contact'])
  })
})

test('questions of the country are named in their step and hold nothing up', () => {
  const facts = { ...known, questions: { registration: 2 } }
  const registration = steps(facts)[0]
  expect(registration).toMatchObject({ state: 'done', needs: [{ need: 'questions', count: 2, dueAt: null }] })
})

describe('a case that another office carried before', () => {
  const here = instant('2027-12-20T00:00:00Z')
  const taken: StepFacts = { ...known, openedAt: here, assessment: { ...approved, state: 'returned', open: 0 } }
  test('is late with nothing of what that office saw, handed in or let lie: all of it is counted from the day it came', () => {
    const due = dueNeeds(steps(taken), here)
    expect(due.map((one) => one.need)).toEqual(['returned', 'contact'])
    expect(due.filter((one) => one.dueAt <= here)).toEqual([])
    expect(need(taken, 'follow_up')?.dueAt).toBe('2027-12-27T00:00:00.000Z')
  })
})
