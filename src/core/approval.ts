import { accept, type Decision, refuse } from './decision.ts'
import type { AnyRefusal } from './op.ts'
import type { Instant } from './time.ts'

/** Something a worker handed to her supervisor, and her word to it. */
export type HandedIn = { id: string; submittedAt: Instant }
export type Word = { submissionId: string; decision: 'approved' | 'returned'; decidedAt: Instant }

/** Where it stands between the two. `changed`: approved once, and changed since. */
export type ApprovalState = 'draft' | 'waiting' | 'returned' | 'approved' | 'changed'

export function approvalState<Given extends Word>(
  submissions: readonly HandedIn[],
  decisions: readonly Given[],
  hasChangedSince: (decision: Given) => boolean,
): ApprovalState {
  const last = latestOf(submissions)
  if (last === null) return 'draft'
  const decision = decisions.find((one) => one.submissionId === last.id)
  if (decision === undefined) return 'waiting'
  if (decision.decision === 'returned') return 'returned'
  return hasChangedSince(decision) ? 'changed' : 'approved'
}

/** A supervisor's word as her phone sends it, and what it is about. */
type Sent = { submissionId: string; decision: 'approved' | 'returned'; reason: string | null }
type Standing = {
  submissions: readonly { id: string; submittedBy: string }[]
  decisions: readonly { submissionId: string }[]
}

/** Which submission a word is about, or why it is refused: a supervisor decides, not on her own work, once, and returns nothing without a reason. */
export function wordOn<Known extends Standing>(
  { submissionId, decision, reason }: Sent,
  known: Known,
  by: { actor: string; role: string },
  own: { reason: 'own_assessment' } | { reason: 'own_plan' },
): Decision<Known['submissions'][number], AnyRefusal> {
  if (by.role !== 'supervisor') return refuse({ reason: 'supervisor_decides' })
  const submission = known.submissions.find((one) => one.id === submissionId)
  if (submission === undefined) return refuse({ reason: 'unknown_submission' })
  if (submission.submittedBy === by.actor) return refuse(own)
  if (known.decisions.some((one) => one.submissionId === submissionId)) return refuse({ reason: 'already_decided' })
  if (decision === 'returned' && (reason ?? '').trim() === '') return refuse({ reason: 'returned_without_reason' })
  return accept(submission)
}

export function latestOf<One extends { submittedAt: Instant }>(submissions: readonly One[]): One | null {
  return submissions.reduce<One | null>(
    (last, one) => (last === null || one.submittedAt > last.submittedAt ? one : last),
    null,
  )
}
