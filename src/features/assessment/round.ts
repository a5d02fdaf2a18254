import * as z from 'zod'
import type { HandedIn, Word } from '../../core/approval.ts'
import { Risk } from '../../core/case-steps.ts'
import { CaseId } from '../../core/ids.ts'
import { NonAnswer } from '../../core/questions.ts'
import { words } from '../../core/schema.ts'
import { Day, Instant } from '../../core/time.ts'

/**
 * Another assessment of the same child; the earlier one stays as it is. The first one needs no beginning of its own: its id
 * is the case's, so that two phones that begin it without a line meet in the same one.
 */
export const AssessmentRound = z.strictObject({ id: z.uuid(), caseId: CaseId, why: words(1000) })
export type AssessmentRound = { id: string; caseId: string; why: string }

/** What the worker concludes, the risk of harm to the child as it is seen now, and the child's own words to it. */
export const AssessmentSubmission = z.strictObject({
  id: z.uuid(),
  caseId: CaseId,
  roundId: z.uuid(),
  harmToChild: Risk,
  childSaidOn: Day.nullable(),
  /** Why there are none of the child's words, where there are none. */
  childSilent: NonAnswer.nullable(),
  conclusion: words(4000),
  childSays: words(2000).nullable(),
})
export type AssessmentSubmission = {
  id: string
  caseId: string
  roundId: string
  harmToChild: Risk
  childSaidOn: Day | null
  childSilent: NonAnswer | null
  conclusion: string
  childSays: string | null
}

/** A supervisor's answer: approved, or returned with a reason. */
export const AssessmentDecision = z.strictObject({
  id: z.uuid(),
  caseId: CaseId,
  submissionId: z.uuid(),
  decision: z.enum(['approved', 'returned']),
  /** The last sheet she has seen: she answers what she read, not what was written meanwhile. */
  seenAt: Instant,
  reason: words(2000).nullable(),
})
export type AssessmentDecision = {
  id: string
  caseId: string
  submissionId: string
  decision: 'approved' | 'returned'
  seenAt: Instant
  reason: string | null
}

/** The three as they are read again. */
export type KeptRound = { id: string; caseId: string; why: string | null; begunAt: Instant }
export type KeptSubmission = HandedIn &
  Omit<AssessmentSubmission, 'id' | 'caseId'> & {
    submittedBy: string
    submittedByName: string | null
    writtenAt?: Instant
  }
export type KeptDecision = Word & { seenAt: Instant; reason: string | null; decidedByName: string | null }
