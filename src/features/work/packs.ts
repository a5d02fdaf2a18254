import { factReader, type PackReader, saysDue } from '../../server/feature.ts'
import { findAttention, findQuestions } from './store.ts'

/** Questions, answers and calls for attention go with the card: a worker reads and answers them without a line. */
export const packs: PackReader[] = [
  saysDue(factReader('case_question', 'case', findQuestions), 'id', 'answers', 'at', 'writtenBy'),
  saysDue(factReader('case_attention', 'case', findAttention), 'id', 'reason', 'untilOn', 'endedAt', 'raisedBy'),
]
