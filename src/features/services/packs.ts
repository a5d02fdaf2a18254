import { factReader, type PackReader, saysDue } from '../../server/feature.ts'
import { type MutableThing, readRows } from '../../server/mutable-rows.ts'
import { CareSheet } from './care-sheet.ts'
import { ChildService } from './service.ts'
import { findEntries } from './shelter-store.ts'
import { findSessions } from './store.ts'

/** Rows of one thing that merges by field, as a card holds them. */
function rowsOf(thing: MutableThing): PackReader {
  const { table } = thing.meta
  return {
    thing: table,
    part: 'services',
    async read(tx, caseIds, open) {
      const rows = await readRows(tx, thing, caseIds, open)
      return rows.map(({ id, caseId, version, fields }) => ({ thing: table, id, caseId, version, whole: true, fields }))
    },
  }
}

/** Services and days as a card holds them. What a health worker wrote is asked of the server each time. */
export const packs: PackReader[] = [
  saysDue(rowsOf(ChildService), 'kind', 'state', 'nextOn'),
  factReader('service_session', 'services', findSessions),
  rowsOf(CareSheet),
  factReader('shelter_entry', 'services', findEntries),
]
