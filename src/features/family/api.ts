import type { App } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { readingRows } from '../cases/opening-store.ts'
import { whole } from './packs.ts'

/** Who is around one child: for whoever opens the file, also where her device holds only the numbers. */
export function routes(app: App, machine: Machine): void {
  app.get('/api/cases/:id/family', async (c) => c.json({ rows: await readingRows(c, machine, whole) }))
}
