import { addDuration, type Instant } from '../../core/time.ts'
import { beganHere, type ChildCase } from './case.ts'

/** One first step of a case, in the order a worker takes them. */
export const SAFE_START_STEPS = ['safe_now', 'how_known', 'basis', 'who', 'match'] as const
export type SafeStartStep = (typeof SAFE_START_STEPS)[number]

/** What says from when the first steps are counted, and whether any is left to take. */
export type Beginning = Pick<ChildCase, 'openedAt' | 'takenInAt' | 'state'>

export type SafeStartTask = { step: SafeStartStep; dueAt: Instant }

/** What a case's own rows say so far; null where a row was never begun. */
export type SafeStartFacts = {
  safeStart: { safeNow?: string | null; howKnown?: string | null; basis?: string | null } | null
  identity: { approxAge?: number | null; ageBasis?: string | null } | null
  matchRequested: boolean
}

/** Answers of the safe start; a question that is missing was not asked. */
export type Answers = {
  safeNow?: string | null
  safeWords?: string | null
  howKnown?: string | null
  howKnownWords?: string | null
  basis?: string | null
  basisWords?: string | null
}

/** When the first question of all was last answered with a no in the file, by whom, and when others could hear of it. */
export type SaidUnsafe = { saidUnsafeAt?: Instant; saidUnsafeBy?: string; saidUnsafeHeardAt?: Instant }

/** What was answered first, under what was answered later: a question nobody answered again keeps its answer. */
export function together(first: Answers, later: Answers): Answers {
  // That nobody was asked yet is no answer to who agrees.
  const said = Object.entries(later).filter(
    ([name, answer]) => answer !== null && !(name === 'basis' && answer === 'not_yet'),
  )
  return { ...later, ...first, ...Object.fromEntries(said) }
}

/** Ways of knowing an age that are an answer without one: such a child is treated as a child, and nobody has to guess. */
const WITHOUT_AGE: readonly string[] = ['not_known', 'does_not_say', 'benefit_of_doubt']

/** What an age and how it is known still lack of each other; with neither, nobody has asked yet. */
export function ageLacks(approxAge: number | null, ageBasis: string | null): 'age' | 'basis' | 'both' | null {
  if (ageBasis === null) return approxAge === null ? 'both' : 'basis'
  return approxAge === null && !WITHOUT_AGE.includes(ageBasis) ? 'age' : null
}

/**
 * What is still missing of the safe start, each due 24 hours after the case was opened or came here.
 * Tasks are worked out from what is missing, so they cannot drift from the file: an answered question is no task.
 */
export function safeStartTasks(of: Beginning, facts: SafeStartFacts): SafeStartTask[] {
  if (of.state === 'closed') return []
  const dueAt = addDuration(beganHere(of), 'PT24H', 'UTC')
  return SAFE_START_STEPS.filter((step) => isMissing(step, facts)).map((step) => ({ step, dueAt }))
}

/** First steps as pieces of work: whether the child is safe comes alone, the rest is one sitting. */
export type FirstSteps = { steps: readonly [SafeStartStep, ...SafeStartStep[]]; dueAt: Instant }

export function firstSteps(of: Beginning, facts: SafeStartFacts): FirstSteps[] {
  const open = safeStartTasks(of, facts)
  return [open.filter(({ step }) => step === 'safe_now'), open.filter(({ step }) => step !== 'safe_now')].flatMap(
    ([first, ...rest]) =>
      first === undefined ? [] : [{ steps: [first.step, ...rest.map(({ step }) => step)], dueAt: first.dueAt }],
  )
}

function isMissing(step: SafeStartStep, { safeStart, identity, matchRequested }: SafeStartFacts): boolean {
  switch (step) {
    case 'safe_now':
      return (safeStart?.safeNow ?? null) === null
    case 'how_known':
      return (safeStart?.howKnown ?? null) === null
    case 'basis':
      return (safeStart?.basis ?? 'not_yet') === 'not_yet'
    case 'who':
      return ageLacks(identity?.approxAge ?? null, identity?.ageBasis ?? null) !== null
    case 'match':
      return !matchRequested
  }
}
