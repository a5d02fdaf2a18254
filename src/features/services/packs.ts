import { factReader, type PackReader } from '../../server/feature.ts'
import { readRows } from '../../server/mutable-rows.ts'
import { ChildService } from './service.ts'
import { findSessions } from './store.ts'

/** Services and what took place, as a card holds them. What a health worker wrote is asked of the server each time. */
export const packs: PackReader[] = [
  {
    thing: 'child_service',
    part: 'services',
    async read(tx, caseIds, open) {
      const rows = await readRows(tx, ChildService, caseIds, open)
      return rows.map(({ id, caseId, version, fields }) => ({
        thing: 'child_service',
        id,
        caseId,
        version,
        whole: true,
        fields,
      }))
    },
  },
  factReader('service_session', 'services', findSessions),
]
