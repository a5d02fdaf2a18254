import type { Instant } from '../../core/time.ts'
import type { KeptDecision, KeptRound, KeptSubmission } from './round.ts'
import { currentRound } from './ops.ts'
import type { SafetyCheck } from './safety.ts'
import { knownAnswers, roundState } from './sections.ts'
import type { KeptSheet } from './sheet.ts'

/** A row of one case as a phone or the server's answer holds it, whichever feature wrote it. */
export type CaseRow = { thing: string; id: string; fields: { [field: string]: unknown } }

/** `heardAt`: when others could hear of it. */
export type KeptCheck = SafetyCheck & { writtenByName: string | null; writtenBy?: string; heardAt?: Instant | null }

type Fields = {
  assessment_sheet: KeptSheet
  safety_check: KeptCheck
  assessment_round: KeptRound
  assessment_submission: KeptSubmission
  assessment_decision: KeptDecision
}

/** Facts of one kind, from the rows of one case. */
export function facts<Name extends keyof Fields>(rows: readonly CaseRow[], thing: Name): Fields[Name][] {
  // Rows of these kinds are written by `packs.ts`, `api.ts` and `screens/lay-over.ts` only, all from the feature's own schemas.
  return rows.filter((row) => row.thing === thing).map((row) => row.fields as unknown as Fields[Name])
}

/** The safety checks of a case, oldest first. */
export function checksOf(rows: readonly CaseRow[]): KeptCheck[] {
  return facts(rows, 'safety_check').sort((a, b) => (a.at < b.at ? -1 : 1))
}

/** One assessment of a case: the one that is under way, or an earlier one. */
export function assessmentOf(rows: readonly CaseRow[], caseId: string, wanted?: string) {
  const sheets = facts(rows, 'assessment_sheet')
  const rounds = facts(rows, 'assessment_round')
  const submissions = facts(rows, 'assessment_submission')
  const decisions = facts(rows, 'assessment_decision')
  const roundId = wanted ?? currentRound(caseId, rounds)
  const submission =
    submissions
      .filter((one) => one.roundId === roundId)
      .sort((a, b) => (a.submittedAt < b.submittedAt ? -1 : 1))
      .at(-1) ?? null
  return {
    sheets,
    rounds,
    submissions,
    decisions,
    roundId,
    known: knownAnswers(sheets),
    state: roundState(roundId, sheets, submissions, decisions),
    submission,
    decision: decisions.find((one) => one.submissionId === submission?.id) ?? null,
  }
}
export type AssessmentView = ReturnType<typeof assessmentOf>
