import { type ApprovalState, approvalState, type HandedIn, latestOf, type Word } from '../../core/approval.ts'
import { CaseStep, type Risk } from '../../core/case-steps.ts'
import type { PublicPack } from '../../core/country.ts'
import { isAsked } from '../../core/questions.ts'
import { dayOf, type Instant } from '../../core/time.ts'
import { beganHere, type ChildCase } from '../cases/case.ts'
import { type Beginning, firstSteps } from '../cases/safe-start.ts'
import { assessmentOf, type CaseRow, checksOf, type KeptCheck } from './case-rows.ts'
import { isUnasked, unfinished } from './sections.ts'
import type { Handed, StepFacts } from './steps.ts'

/** What the rows of a case say of its course, whichever feature wrote them: codes and moments, read and never changed. */
export function stepFacts(
  rows: readonly CaseRow[],
  of: Beginning & Pick<ChildCase, 'id'>,
  pack: Pick<PublicPack, 'questions'>,
  now: Instant,
  timeZone: string,
): StepFacts {
  const today = dayOf(now, timeZone)
  const view = assessmentOf(rows, of.id)
  const checks = checksOf(rows)
  const statuses = (thing: string, field: string) =>
    rows.filter((row) => row.thing === thing).map((row) => row.fields[field] as string) // codes of the plan's own schema
  const actions = statuses('care_action', 'status').filter((one) => one !== 'dropped')
  const goals = statuses('care_goal', 'state').filter((one) => one !== 'dropped')
  const first = firstOpen(rows, of)
  const beside = first.filter((step) => step !== 'safe_now')
  return {
    openedAt: beganHere(of),
    isClosed: of.state === 'closed',
    safeNowSaid: checks.length > 0 || !first.includes('safe_now'),
    firstSteps: beside.length,
    firstStep: beside[0] ?? null,
    risk: riskOf(checks, view.submissions),
    contact: contactOf(rows, checks),
    assessment: {
      isBegun: view.sheets.some((one) => one.roundId === view.roundId),
      open: unfinished(pack.questions, view.roundId, view.sheets, today).length,
      state: view.state,
      handedInAt: view.submission?.submittedAt ?? null,
      decidedAt: view.decision?.decidedAt ?? null,
    },
    plan: planOf(rows),
    actions: { all: actions.length, open: actions.filter((one) => one === 'planned' || one === 'started').length },
    goals: { all: goals.length, open: goals.filter((one) => one !== 'done').length },
    questions: openQuestions(),
  }

  function openQuestions(): StepFacts['questions'] {
    const isOpen = (id: string) => {
      const answer = view.known.get(id)?.answer
      return answer === undefined || isUnasked(answer)
    }
    const count = (step: CaseStep) =>
      pack.questions
        .filter((section) => section.step === step && section.part === 'services')
        .flatMap((section) => section.questions)
        .filter((question) => isAsked(question, today) && isOpen(question.id)).length
    // Those of the assessment are its sections.
    return Object.fromEntries(
      CaseStep.options.filter((step) => step !== 'assessment').map((step) => [step, count(step)]),
    )
  }
}

/** The first questions that are open; what leaves nothing on a device counts as open only where it is known to be. */
function firstOpen(rows: readonly CaseRow[], of: Beginning) {
  // Rows of `cases` carry what its own schema says.
  const fields = (thing: string) => rows.find((row) => row.thing === thing)?.fields ?? null
  const done = fields('steps') as { who: boolean; match: boolean } | null
  return firstSteps(of, {
    safeStart: fields('safe_start'),
    identity: (done?.who ?? true) ? { approxAge: 0, ageBasis: 'known' } : null,
    matchRequested: done?.match ?? true,
  }).flatMap((one) => one.steps)
}

/** The risk to the child as it was last seen, in a safety check or at the end of an assessment. */
export function riskOf(
  checks: readonly Pick<KeptCheck, 'at' | 'harmToChild'>[],
  submissions: readonly { submittedAt: Instant; harmToChild: Risk }[],
): Risk | null {
  const seen = [...checks, ...submissions.map(({ submittedAt, harmToChild }) => ({ at: submittedAt, harmToChild }))]
  return seen.sort((a, b) => (a.at < b.at ? -1 : 1)).at(-1)?.harmToChild ?? null
}

function contactOf(rows: readonly CaseRow[], checks: readonly KeptCheck[]): StepFacts['contact'] {
  const moments = [
    ...checks.filter((one) => one.how !== 'heard').map((one) => one.at),
    ...rows
      .filter(
        ({ thing, fields }) => thing === 'care_follow_up' && !['not_reached', 'message'].includes(String(fields.how)),
      )
      .map(({ fields }) => fields.at as Instant), // a row of its own feature's schema
    ...rows
      .filter(({ thing }) => thing === 'case_contact')
      .flatMap(({ fields }) => [fields.firstAt, fields.lastAt] as Instant[]), // as packs.ts makes it
  ].sort()
  const [firstAt] = moments
  const lastAt = moments.at(-1)
  return firstAt === undefined || lastAt === undefined ? null : { firstAt, lastAt }
}

/** Where the plan stands, from what was handed in and answered: its own feature says what is in it. */
function planOf(rows: readonly CaseRow[]): Handed {
  // Rows of the plan carry what its own feature's schema says; only ids, codes and moments are looked at here.
  const fieldsOf = (thing: string) => rows.filter((row) => row.thing === thing).map((row) => row.fields as unknown)
  const submissions = fieldsOf('care_submission') as HandedIn[]
  const decisions = fieldsOf('care_decision') as Word[]
  const last = latestOf(submissions)
  const state: ApprovalState = approvalState(submissions, decisions, () => false)
  return {
    isBegun: rows.some((row) => row.thing === 'care_plan' || row.thing === 'care_goal'),
    state,
    handedInAt: last?.submittedAt ?? null,
    decidedAt: decisions.find((one) => one.submissionId === last?.id)?.decidedAt ?? null,
  }
}
