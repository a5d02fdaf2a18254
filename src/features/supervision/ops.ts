import { accept, refuse } from '../../core/decision.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { dayOf } from '../../core/time.ts'
import { type KnownCase, refuseWhenClosed } from '../cases/ops.ts'
import { FilePutRight, FileReview, monthOf } from './review.ts'
import { SupervisionNote } from './talk.ts'
import { refuseTalk } from './work-talk.ts'

/** Whom a supervisor may talk with about a case: people of its team, and whoever is on it. */
export type KnownTalk = { people: readonly string[] }

/** Keeps what a supervisor and a worker talked about and agreed; the worker reads it too. */
export const noteTalk: OpDefinition<SupervisionNote, KnownTalk, SupervisionNote, AnyRefusal> = {
  type: 'supervision.note_talk',
  payload: SupervisionNote,
  needs: 'case:read',
  decide(note, known, when) {
    return refuseTalk(note, known.people, when) ?? accept(note)
  },
}

/** What is known where a file is looked at: whether somebody has done so in that month. */
export type KnownSample = { isReviewed: boolean }

/** Looks at a file, of the month's sample or one that somebody asked about: about the file, never about the child, and never a number. */
export const reviewFile: OpDefinition<FileReview, KnownSample, FileReview, AnyRefusal> = {
  type: 'supervision.review_file',
  payload: FileReview.schema,
  needs: 'case:read',
  decide(review, known, { now, timeZone, role }) {
    if (role !== 'supervisor') return refuse({ reason: 'supervisor_reviews' })
    const today = dayOf(now, timeZone)
    if (review.month !== monthOf(review.month) || review.month > today)
      return refuse({ reason: 'in_the_future', moment: review.month })
    if (known.isReviewed) return refuse({ reason: 'reviewed_already' })
    if (review.answers.length === 0) return refuse({ reason: 'file_without_answers' })
    if (review.putRightBy !== null && review.putRightBy < today) return refuse({ reason: 'put_right_in_the_past' })
    if (review.putRightBy !== null && (review.found ?? '').trim() === '')
      return refuse({ reason: 'found_without_words' })
    return accept(review)
  },
}

export type KnownReviews = KnownCase & { reviews: readonly string[]; done: readonly string[] }

/** Says what was done about what a supervisor found in the file. */
export const putRight: OpDefinition<FilePutRight, KnownReviews, FilePutRight, AnyRefusal> = {
  type: 'supervision.put_right',
  payload: FilePutRight.schema,
  needs: 'case:write',
  decide(of, known) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    if (!known.reviews.includes(of.reviewId)) return refuse({ reason: 'unknown_review' })
    if (known.done.includes(of.reviewId)) return refuse({ reason: 'put_right_already' })
    return of.done.trim() === '' ? refuse({ reason: 'put_right_without_words' }) : accept(of)
  },
}
