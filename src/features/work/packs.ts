import type { PackReader, PackRow } from '../../server/feature.ts'
import { findAttention, findQuestions } from './store.ts'

/** Questions, answers and calls for attention go with the card: a worker reads and answers them without a line. */
function rowsOf(
  thing: 'case_question' | 'case_attention',
  find: typeof findQuestions | typeof findAttention,
): PackReader {
  return {
    thing,
    part: 'case',
    async read(tx, caseIds, open) {
      const rows: PackRow[] = []
      for (const { id, caseId, ...fields } of await find(tx, caseIds, open))
        rows.push({ thing, id, caseId, version: null, whole: true, fields: { id, caseId, ...fields } })
      return rows
    },
  }
}

export const packs: PackReader[] = [rowsOf('case_question', findQuestions), rowsOf('case_attention', findAttention)]
