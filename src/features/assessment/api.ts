import type { PackReader } from '../../server/feature.ts'
import { type App, requestIdOf } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { readingCase, readingRows } from '../cases/opening-store.ts'
import { findSheets } from './store.ts'

/** The six steps are worked out from the same rows that a phone holds: the case, its first steps, all of `services`. */
const isOfTheSteps = ({ thing, part }: PackReader) => part === 'services' || thing === 'case' || thing === 'steps'

/** What lies apart, each under an address of its own. */
const APART = { account: 'narrative', health: 'health' } as const

/** Questions about the steps of one case: the rows they are worked out from, and what lies in parts that stay on the server. */
export function routes(app: App, machine: Machine): void {
  app.get('/api/cases/:id/assessment', async (c) => {
    const readers = machine.features.flatMap((feature) => feature.packs).filter(isOfTheSteps)
    return c.json({ rows: await readingRows(c, machine, readers) })
  })
  // Asked for only when somebody chooses to open it; each opening is in the ledger as an opening of that part.
  for (const [name, part] of Object.entries(APART))
    app.get(`/api/cases/:id/assessment/${name}`, async (c) => {
      const sheets = await readingCase(c, machine, async (tx, me, { id: caseId }) => {
        const request = { me, caseId, purpose: me.purpose, requestId: requestIdOf(c) }
        const file = await machine.broker.openCase(tx, request, true)
        try {
          if (!file.holds(part)) return []
          const cipher = await file.part(part, 'read')
          return await findSheets(tx, part, [caseId], async () => cipher)
        } finally {
          file.end()
        }
      })
      return c.json({ sheets })
    })
}
