import { type App, reading, Refused } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { csvOf } from './csv.ts'
import { latestRelease } from './store.ts'

/** The released table, for those a release is made for; nobody asks the facts themselves. */
export function routes(app: App, machine: Machine): void {
  app.get('/api/reports/held', async (c) => {
    const found = await reading(c, machine, null, (tx) => latestRelease(tx))
    if (found === null) throw new Refused(404, 'not_found')
    return c.json({ period: found.period, madeAt: found.madeAt, table: found.released })
  })
  app.get('/api/reports/held.csv', async (c) => {
    const found = await reading(c, machine, null, (tx) => latestRelease(tx))
    if (found === null) throw new Refused(404, 'not_found')
    c.header('content-disposition', `attachment; filename="held-${found.period}.csv"`)
    return c.body(
      csvOf(found.released, { country: machine.pack.code, period: found.period, madeAt: found.madeAt }),
      200,
      {
        'content-type': 'text/csv; charset=utf-8',
      },
    )
  })
}
