import type { CaseCipher } from '../crypto/case-cipher.ts'
import { together, type Tx } from './as-person.ts'
import type { PackRow } from './feature.ts'
import type { Machine } from './machine.ts'

/** Opens nothing: a row read with it has its clear columns and no word. */
const NO_WORDS: CaseCipher = {
  seal: () => {
    throw new Error('nothing is written with no key')
  },
  open: () => ({}),
  end: () => undefined,
}

type DueRow = Pick<PackRow, 'thing' | 'id' | 'caseId' | 'fields'>

/**
 * What says what is due of the given cases: codes and moments this person may read, for a list that opens no file. No key is
 * asked for and nothing is written down as opened, because no word is read. The screens work out the next step of it by the rules that
 * make a worker's own day, so that two lists never tell two things of one case (decision 0047).
 */
export async function dueRows(machine: Machine, tx: Tx, caseIds: string[]): Promise<DueRow[]> {
  if (caseIds.length === 0) return []
  const read = machine.features
    .flatMap((feature) => feature.packs)
    .flatMap(({ due, read: rowsOf }) => (due === undefined ? [] : [{ due, rowsOf }]))
    .map(async ({ due, rowsOf }) => {
      const rows = await rowsOf(tx, caseIds, async () => NO_WORDS, '')
      return rows.map(({ thing, id, caseId, fields }) => ({ thing, id, caseId, fields: due(fields) }))
    })
  return (await together(read)).flat()
}
