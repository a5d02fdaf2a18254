import type { PackReader } from '../../server/feature.ts'
import { readRows } from '../../server/mutable-rows.ts'
import { ChildWish } from './wish.ts'

/** With whom the child would rather talk goes with the card. */
const wishes: PackReader = {
  thing: 'child_wish',
  part: 'services',
  async read(tx, caseIds, open) {
    const rows = await readRows(tx, ChildWish, caseIds, open)
    return rows.map(({ id, caseId, version, fields }) => ({
      thing: 'child_wish',
      id,
      caseId,
      version,
      whole: true,
      fields,
    }))
  },
}

export const packs: PackReader[] = [wishes]
