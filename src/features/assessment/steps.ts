import type { ApprovalState } from '../../core/approval.ts'
import type { CaseStep, Risk, TimeFrame, TimeFrames } from '../../core/case-steps.ts'
import { SIGN_WITHIN } from '../../core/second-signature.ts'
import { addDuration, type Instant } from '../../core/time.ts'
import type { SafeStartStep } from '../cases/safe-start.ts'

/** Something handed to the supervisor and answered by her, as far as a case has it. */
export type Handed = { isBegun: boolean; state: ApprovalState; handedInAt: Instant | null; decidedAt: Instant | null }

/** What is known of a case's course: from a worker's own device, or from the server. */
export type StepFacts = {
  /** When it began here: opened, or taken over from another office or system. */
  openedAt: Instant
  isClosed: boolean
  /** Whether somebody has said if the child is safe: the first question of all. */
  safeNowSaid: boolean
  /** First questions still open beside that one, and the first of them. */
  firstSteps: number
  firstStep: SafeStartStep | null
  /** Risk of harm to the child as last seen; null until somebody has said it. */
  risk: Risk | null
  /** When the child was first and last seen or spoken with. */
  contact: { firstAt: Instant; lastAt: Instant } | null
  assessment: Handed & { open: number }
  plan: Handed
  /** Actions of the plan, and those not finished yet. */
  actions: { all: number; open: number }
  goals: { all: number; open: number }
  /** The country's own questions still open, by step. */
  questions: { [step in CaseStep]?: number }
}

export type Need =
  | 'first_steps'
  | 'risk'
  | 'first_contact'
  | 'begin'
  | 'sections'
  | 'hand_in'
  | 'returned'
  | 'approval'
  | 'write_plan'
  | 'no_action'
  | 'actions'
  | 'contact'
  | 'questions'
  | 'goals_met'
  | 'not_yet'

/** One thing a step still lacks: who acts, by when, and how much of it; of the first questions, which comes first. */
export type StepNeed = {
  need: Need
  who: 'worker' | 'supervisor'
  dueAt: Instant | null
  count: number
  firstStep?: SafeStartStep
}

/** `now`: work goes on here; `later`: something before it comes first; `left`: the case was closed without it. */
export type StepView = { step: CaseStep; state: 'done' | 'now' | 'later' | 'left'; needs: StepNeed[] }

/** The first questions of a case are wanted within a day (cases, "first steps"). */
const FIRST_DAY = 'PT24H'

/**
 * The six steps of a case with what each still lacks. Worked out from what is there, so that it cannot drift from the
 * file. Time frames follow from the risk to the child; while nobody has said how great it is, only that is timed.
 */
export function stepsOf(facts: StepFacts, frames: TimeFrames, timeZone: string): StepView[] {
  // What another office saw or handed in before the case came here is known; what follows from it is counted from that day.
  const at = (moment: Instant | null, duration: string | null | undefined): Instant | null =>
    moment === null || duration === null || duration === undefined
      ? null
      : addDuration(moment < facts.openedAt ? facts.openedAt : moment, duration, timeZone)
  const frame: TimeFrame | null = facts.risk === null ? null : frames[facts.risk]
  const assessBy = at(facts.openedAt, frame?.assessment)
  const planBy = at(facts.assessment.handedInAt ?? assessBy, frame?.plan)

  const worker = (need: Need, dueAt: Instant | null, count = 1): StepNeed => ({ need, who: 'worker', dueAt, count })
  const own = (step: CaseStep): StepNeed[] => {
    const open = facts.questions[step] ?? 0
    return open === 0 ? [] : [worker('questions', null, open)]
  }

  function registration(): StepNeed[] {
    const { safeNowSaid, firstSteps, risk, contact } = facts
    const open = firstSteps + (safeNowSaid ? 0 : 1)
    const firstStep = safeNowSaid ? (facts.firstStep ?? 'safe_now') : 'safe_now'
    return [
      ...(open > 0 ? [{ ...worker('first_steps', at(facts.openedAt, FIRST_DAY), open), firstStep }] : []),
      ...(safeNowSaid && risk === null ? [worker('risk', at(facts.openedAt, FIRST_DAY))] : []),
      ...(contact === null && risk !== null ? [worker('first_contact', at(facts.openedAt, frame?.firstContact))] : []),
      ...own('registration'),
    ]
  }

  function handed(of: Handed, before: StepNeed): StepNeed[] {
    switch (of.state) {
      case 'approved':
        return []
      case 'waiting':
        return [{ need: 'approval', who: 'supervisor', dueAt: at(of.handedInAt, SIGN_WITHIN), count: 1 }]
      case 'returned':
        return [worker('returned', at(of.decidedAt, SIGN_WITHIN))]
      case 'changed':
        return [worker('hand_in', null)]
      case 'draft':
        return [before]
    }
  }

  function assessment(): StepNeed[] {
    const { isBegun, open } = facts.assessment
    const next = !isBegun
      ? worker('begin', assessBy)
      : open > 0
        ? worker('sections', assessBy, open)
        : worker('hand_in', assessBy)
    return handed(facts.assessment, next)
  }

  function implementation(): StepNeed[] {
    const { all, open } = facts.actions
    if (all === 0) return [worker('no_action', null)]
    return open === 0 ? [] : [worker('actions', null, open)]
  }

  function followUp(): StepNeed[] {
    const dueAt = at(facts.contact?.lastAt ?? null, frame?.followUpEvery)
    return [...(dueAt === null ? [] : [worker('contact', dueAt)]), ...own('follow_up')]
  }

  function closure(): StepNeed[] {
    const { all, open } = facts.goals
    const isMet = all > 0 && open === 0
    return [worker(isMet ? 'goals_met' : 'not_yet', null), ...own('closure')]
  }

  const needs: Record<CaseStep, StepNeed[]> = {
    registration: registration(),
    assessment: assessment(),
    plan: [...handed(facts.plan, worker('write_plan', planBy)), ...own('plan')],
    implementation: [...implementation(), ...own('implementation')],
    follow_up: followUp(),
    closure: closure(),
  }
  const isDone = (step: CaseStep) => !needs[step].some((one) => one.need !== 'questions')
  const current = (['registration', 'assessment', 'plan'] as const).find((step) => !isDone(step))
  const isNow: Record<CaseStep, boolean> = {
    registration: true,
    assessment: current === 'assessment' || facts.assessment.isBegun,
    plan: current === 'plan' || facts.plan.isBegun,
    implementation: current === undefined || facts.actions.all > 0,
    follow_up: current === undefined || facts.contact !== null,
    closure: facts.goals.all > 0 && facts.goals.open === 0,
  }
  // Following up goes on until the case is closed: it is never done before.
  const recurs: CaseStep[] = ['follow_up', 'closure']
  const stateOf = (step: CaseStep): StepView['state'] => {
    if (facts.isClosed) return wasDone(step) ? 'done' : 'left'
    return isDone(step) && !recurs.includes(step) ? 'done' : isNow[step] ? 'now' : 'later'
  }
  const wasDone = (step: CaseStep) =>
    step === 'closure' || (step === 'follow_up' ? facts.contact !== null : isDone(step))
  return (Object.keys(needs) as CaseStep[]).map((step) => ({
    step,
    state: stateOf(step),
    needs: facts.isClosed ? [] : needs[step],
  }))
}

/** Needs that this feature puts on a worker's day: first questions and actions of a plan are put there by their own. */
const PUT_ELSEWHERE = ['first_steps', 'actions', 'no_action', 'goals_met', 'not_yet', 'questions'] as const
type TimedNeed = Exclude<Need, (typeof PUT_ELSEWHERE)[number]>

const isTimed = (need: Need): need is TimedNeed => !PUT_ELSEWHERE.some((one) => one === need)

export type DueNeed = { step: CaseStep; need: TimedNeed; who: StepNeed['who']; dueAt: Instant }

/** What is due of the steps, one at a time: a plan is not called for before the assessment is handed in or its own day has passed. */
export function dueNeeds(steps: readonly StepView[], now: Instant): DueNeed[] {
  return steps.flatMap(({ step, state, needs }) =>
    needs.flatMap(({ need, who, dueAt }) => {
      if (dueAt === null || !isTimed(need)) return []
      // The plan's own feature says what waits for an answer to it.
      if (step === 'plan' && (need !== 'write_plan' || (state === 'later' && dueAt > now))) return []
      return [{ step, need, who, dueAt }]
    }),
  )
}
