import { rowsOf } from '../../../web/feature.ts'
import type { Rows } from '../../../web/replica.ts'
import type { Instant } from '../../../core/time.ts'
import type { FilePutRight, FileReview } from '../review.ts'

export type KeptReview = FileReview & { reviewedByName?: string | null; at?: Instant }
export type KeptPutRight = FilePutRight & { doneByName?: string | null }
export type Looked = { review: KeptReview; done: KeptPutRight | null }

/** The files looked at of one case, the newest first, each with what was done about it. */
export function lookedAt(rows: Rows, caseId: string): Looked[] {
  // Rows of these kinds are written by `packs.ts` and `lay-over.ts` only, both from the feature's own schema.
  const done = rowsOf(rows, 'file_put_right', caseId).map((row) => row.fields as KeptPutRight)
  return rowsOf(rows, 'file_review', caseId)
    .map((row) => row.fields as KeptReview)
    .map((review) => ({ review, done: done.find((one) => one.reviewId === review.id) ?? null }))
    .sort((a, b) => (a.review.month < b.review.month ? 1 : -1))
}
