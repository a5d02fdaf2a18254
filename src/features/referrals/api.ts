import type { App } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { readingRows } from '../cases/opening-store.ts'
import { packs } from './packs.ts'

/** Questions about what was agreed in one case. */
export function routes(app: App, machine: Machine): void {
  app.get('/api/cases/:id/referrals', async (c) => c.json({ rows: await readingRows(c, machine, packs) }))
}
