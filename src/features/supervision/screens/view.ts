import { rowsOf } from '../../../web/feature.ts'
import type { Row, Rows } from '../../../web/replica.ts'
import { addMillis, type Instant } from '../../../core/time.ts'
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

/** For so long a record that was hard to write is followed by a quiet word of what helps. */
const HARD_MS = 3 * 24 * 60 * 60 * 1000
/** Records that are hard to write, each with its moment: an account that is folded, a child who is not safe, a protection at once. */
const HARD: Record<string, (fields: Row['fields']) => unknown> = {
  care_note: ({ folded, at }) => (folded === true ? at : null),
  safety_check: ({ safeNow, at }) => (safeNow === 'no' ? at : null),
  urgent_protection: ({ protectedAt }) => protectedAt,
}

/** Whether something hard was written into this file of late, as far as this device knows. */
export function wasHard(rows: Rows, caseId: string, now: Instant): boolean {
  const from = addMillis(now, -HARD_MS)
  return Object.entries(HARD).some(([thing, momentOf]) =>
    rowsOf(rows, thing, caseId).some(({ fields }) => {
      const at = momentOf(fields)
      return typeof at === 'string' && at > from
    }),
  )
}
