import { type App, reading } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { readingCase, readingRows } from '../cases/opening-store.ts'
import { packs } from './packs.ts'
import { colleaguesOf, comingInMyTeams } from './store.ts'

/** The conferences about one child, whom one may be called with, and which ones are near. */
export function routes(app: App, machine: Machine): void {
  app.get('/api/cases/:id/conferences', async (c) => c.json({ rows: await readingRows(c, machine, packs) }))
  app.get('/api/cases/:id/conference-people', async (c) =>
    c.json({ people: await readingCase(c, machine, (tx, _me, { id }) => colleaguesOf(tx, id)) }),
  )
  app.get('/api/conference/team', async (c) =>
    c.json({ coming: await reading(c, machine, 'supervision', (tx, me) => comingInMyTeams(tx, me.id)) }),
  )
}
