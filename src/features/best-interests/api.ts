import type { App } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { readingRows } from '../cases/opening-store.ts'
import { packs } from './packs.ts'

/** What was weighed for one child. */
export function routes(app: App, machine: Machine): void {
  app.get('/api/cases/:id/best-interests', async (c) => c.json({ rows: await readingRows(c, machine, packs) }))
}
