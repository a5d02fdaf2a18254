import { packPart, type PackReader } from '../../server/feature.ts'
import { readRows } from '../../server/mutable-rows.ts'
import { CARE_THINGS, type CareThing } from './mutable.ts'

/** Rows of one thing as a card holds them; notes stay on the server, where their part is opened (security.md 5). */
function rowsOf(name: CareThing): PackReader {
  const thing = CARE_THINGS[name]
  return {
    thing: name,
    part: packPart(thing.meta.part),
    async read(tx, caseIds, open) {
      const rows = await readRows(tx, thing, caseIds, open)
      return rows.map(({ id, caseId, version, fields }) => ({ thing: name, id, caseId, version, whole: true, fields }))
    },
  }
}

export const packs: PackReader[] = (Object.keys(CARE_THINGS) as CareThing[]).map(rowsOf) // the keys of our own record
