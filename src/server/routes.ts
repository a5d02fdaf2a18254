import { OpBatch } from '../core/op.ts'
import { acceptOperations } from './gate.ts'
import { type App, bodyOf, requestIdOf, sidOf } from './http.ts'
import type { Machine } from './machine.ts'
import { pull, PullRequest } from './pull.ts'

/** The routes that belong to no feature: the one write route, what a device pulls, the country's pack. */
export function coreRoutes(app: App, machine: Machine): void {
  app.get('/country/:file', (c) => {
    if (c.req.param('file') !== `${machine.packHash}.json`) return c.notFound()
    c.header('cache-control', 'public, max-age=31536000, immutable')
    return c.body(machine.packJson, 200, { 'content-type': 'application/json' })
  })
  app.post('/api/operations', async (c) => {
    const { operations } = await bodyOf(c, OpBatch)
    const answers = await acceptOperations(machine, sidOf(c, machine), operations, requestIdOf(c)) // the schema brands its moments
    return c.json({ answers })
  })
  app.post('/api/pull', async (c) => {
    const request = await bodyOf(c, PullRequest)
    return c.json(await pull(machine, sidOf(c, machine), request, requestIdOf(c)))
  })
  app.get('/livez', (c) => c.text('ok'))
}
