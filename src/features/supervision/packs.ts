import { factReader, type PackReader, saysDue } from '../../server/feature.ts'
import { findPutRight, findReviews } from './store.ts'

/** What a supervisor found in a file goes with the card, so that it is put right on the way; notes of talks stay on the server. */
export const packs: PackReader[] = [
  saysDue(factReader('file_review', 'case', findReviews), 'id', 'month', 'putRightBy'),
  saysDue(factReader('file_put_right', 'case', findPutRight), 'reviewId'),
]
