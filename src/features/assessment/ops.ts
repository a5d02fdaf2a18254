import { latestOf, wordOn } from '../../core/approval.ts'
import { accept, refuse } from '../../core/decision.ts'
import type { AnyRefusal, Needs, OpDefinition } from '../../core/op.ts'
import { refuseImpossible, refuseUnplannable } from '../../core/possible.ts'
import { type AnswerPart, fitsQuestion, type QuestionSection } from '../../core/questions.ts'
import { type Day, dayOf, type Instant, startOfDay } from '../../core/time.ts'
import { type KnownCase, refuseWhenClosed } from '../cases/ops.ts'
import {
  AssessmentDecision,
  AssessmentRound,
  AssessmentSubmission,
  type KeptDecision,
  type KeptRound,
  type KeptSubmission,
} from './round.ts'
import { SafetyCheck } from './safety.ts'
import { isSettled, knownAnswers, lastSaved, roundState, unfinished } from './sections.ts'
import { type KeptSheet, type Sheet, SHEETS } from './sheet.ts'

export type KnownSheets = KnownCase & {
  sections: readonly QuestionSection[]
  rounds: readonly KeptRound[]
  /** The sheets of this part so far; null on a phone that does not hold them. */
  sheets: readonly KeptSheet[] | null
}

/** Adds what was answered in one sitting over a section, or that the section is not needed. One operation a part. */
function answer(part: AnswerPart, type: string, needs: Needs): OpDefinition<Sheet, KnownSheets, Sheet, AnyRefusal> {
  return {
    type,
    payload: SHEETS[part].schema,
    needs,
    decide(sheet, known, { now, timeZone }) {
      const no = refuseWhenClosed(known) ?? refuseSaying(sheet, now, timeZone)
      if (no !== null) return no
      const section = known.sections.find((one) => one.id === sheet.section)
      if (section === undefined || section.part !== part) return refuse({ reason: 'unknown_section' })
      if ((section.step === 'assessment') !== (sheet.roundId !== null)) return refuse({ reason: 'unknown_round' })
      if (sheet.roundId !== null && !isRound(sheet.roundId, sheet.caseId, known.rounds))
        return refuse({ reason: 'unknown_round' })
      return sheet.mark === 'not_needed' ? decideNotNeeded(sheet) : decideAnswers(sheet, section, known.sheets)
    },
  }
}

export const answerSection = answer('services', 'assessment.answer', 'services:write')
export const answerAccount = answer('narrative', 'assessment.answer_account', 'narrative:write')
export const answerHealth = answer('health', 'assessment.answer_health', 'health:write')

function decideNotNeeded(sheet: Sheet) {
  if (sheet.why === null || sheet.why === '') return refuse({ reason: 'not_needed_without_reason' })
  return Object.keys(sheet.answers).length > 0 ? refuse({ reason: 'not_needed_with_answers' }) : accept(sheet)
}

function decideAnswers(sheet: Sheet, { questions }: QuestionSection, sheets: readonly KeptSheet[] | null) {
  const known = knownAnswers(sheets ?? [])
  let isAskedAgain = false
  for (const [id, given] of Object.entries(sheet.answers)) {
    const question = questions.find((one) => one.id === id)
    if (question === undefined) return refuse({ reason: 'unknown_question' })
    if (!fitsQuestion(question, given)) return refuse({ reason: 'answer_does_not_fit', question: id })
    const before = known.get(id)
    if (isSettled(before) && JSON.stringify(before.answer) !== JSON.stringify(given)) isAskedAgain = true
  }
  // What is known is shown, not asked again, unless something happened (web.md 8, rule 1).
  if (isAskedAgain && (sheet.why ?? '') === '') return refuse({ reason: 'asked_again_without_reason' })
  return accept(sheet)
}

/** A child says nothing tomorrow, and nothing was heard before it was born. */
function refuseSaying(
  { at, childSaidOn }: { at?: Instant; childSaidOn: Day | null },
  now: Instant,
  timeZone: string,
): { ok: false; refusal: AnyRefusal } | null {
  if (childSaidOn !== null && childSaidOn > dayOf(now, timeZone))
    return refuse({ reason: 'in_the_future', moment: childSaidOn })
  return refuseImpossible([at, childSaidOn === null ? null : startOfDay(childSaidOn, timeZone)], now)
}

function isRound(roundId: string, caseId: string, rounds: readonly { id: string }[]): boolean {
  return roundId === caseId || rounds.some((one) => one.id === roundId)
}

/** Checks whether the child is safe now; as often as something changes. */
export const checkSafety: OpDefinition<SafetyCheck, KnownCase, SafetyCheck, AnyRefusal> = {
  type: 'assessment.check_safety',
  payload: SafetyCheck.schema,
  needs: 'services:write',
  decide(check, known, { now, timeZone }) {
    const no = refuseWhenClosed(known) ?? refuseSaying(check, now, timeZone)
    if (no !== null) return no
    const { safeNow, harmToChild, done, nextOn } = check
    if (safeNow === 'no' && harmToChild !== 'emergency' && harmToChild !== 'high')
      return refuse({ reason: 'unsafe_is_high_risk' })
    if (safeNow === 'no' && (done ?? '') === '') return refuse({ reason: 'unsafe_without_action' })
    if (nextOn !== null && nextOn < dayOf(check.at, timeZone)) return refuse({ reason: 'next_check_in_the_past' })
    const unplannable = nextOn === null ? null : refuseUnplannable(startOfDay(nextOn, timeZone), now)
    return unplannable ?? accept(check)
  },
}

export type KnownRounds = {
  closedAt: Instant | null
  sections: readonly QuestionSection[]
  rounds: readonly KeptRound[]
  sheets: readonly KeptSheet[]
  submissions: readonly KeptSubmission[]
  decisions: readonly KeptDecision[]
}

/** The assessment that is under way: the latest one. */
export function currentRound(caseId: string, rounds: readonly KeptRound[]): string {
  const last = rounds.reduce<KeptRound | null>(
    (found, one) => (found === null || one.begunAt > found.begunAt ? one : found),
    null,
  )
  return last?.id ?? caseId
}

/** Begins another assessment, for a reason; the one before has had its answer and stays as it was. */
export const beginRound: OpDefinition<AssessmentRound, KnownRounds, AssessmentRound, AnyRefusal> = {
  type: 'assessment.assess_again',
  payload: AssessmentRound,
  needs: 'services:write',
  decide(payload, known) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    if (payload.why === '') return refuse({ reason: 'assessed_again_without_reason' })
    const { sheets, submissions, decisions, rounds } = known
    const state = roundState(currentRound(payload.caseId, rounds), sheets, submissions, decisions)
    if (state !== 'approved' && state !== 'changed') return refuse({ reason: 'assessment_still_open' })
    return accept(payload)
  },
}

/** Hands an assessment to the supervisor once nothing of it is open. */
export const submitAssessment: OpDefinition<AssessmentSubmission, KnownRounds, AssessmentSubmission, AnyRefusal> = {
  type: 'assessment.submit',
  payload: AssessmentSubmission,
  needs: 'services:write',
  decide(payload, known, { now, timeZone }) {
    const no = refuseWhenClosed(known) ?? refuseSaying(payload, now, timeZone)
    if (no !== null) return no
    const { roundId, caseId, conclusion, childSays, childSilent } = payload
    if (!isRound(roundId, caseId, known.rounds)) return refuse({ reason: 'unknown_round' })
    const last = latestOf(known.submissions.filter((one) => one.roundId === roundId))
    if (last !== null && !known.decisions.some((one) => one.submissionId === last.id))
      return refuse({ reason: 'assessment_waits_already' })
    const [open] = unfinished(known.sections, roundId, known.sheets, dayOf(now, timeZone))
    if (open !== undefined) return refuse({ reason: 'assessment_incomplete', section: open.id })
    if (conclusion === '') return refuse({ reason: 'assessment_without_conclusion' })
    if ((childSays ?? '') === '' && (childSilent === null || childSilent === 'not_asked_yet'))
      return refuse({ reason: 'assessment_without_child' })
    return accept(payload)
  },
}

/** A supervisor approves or returns an assessment: not her own, not one she has not read as it stands, and once. */
export const decideAssessment: OpDefinition<AssessmentDecision, KnownRounds, AssessmentDecision, AnyRefusal> = {
  type: 'assessment.decide',
  payload: AssessmentDecision,
  needs: 'services:read',
  decide(payload, known, by) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    const about = wordOn(payload, known, by, { reason: 'own_assessment' })
    if (!about.ok) return about
    if (lastSaved(about.change.roundId, known.sheets) !== payload.seenAt)
      return refuse({ reason: 'assessment_changed_meanwhile' })
    return accept(payload)
  },
}
