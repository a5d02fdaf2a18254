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

export function latestOf<One extends { submittedAt: Instant }>(submissions: readonly One[]): One | null {
  return submissions.reduce<One | null>(
    (last, one) => (last === null || one.submittedAt > last.submittedAt ? one : last),
    null,
  )
}
