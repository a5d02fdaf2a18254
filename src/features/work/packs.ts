import { factReader, type PackReader } from '../../server/feature.ts'
import { findAttention, findQuestions } from './store.ts'

/** Questions, answers and calls for attention go with the card: a worker reads and answers them without a line. */
export const packs: PackReader[] = [
  factReader('case_question', 'case', findQuestions),
  factReader('case_attention', 'case', findAttention),
]
