import type { MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'
import * as z from 'zod'
import { DeviceId, OpId } from '../core/ids.ts'
import { OpBatch } from '../core/op.ts'
import { isTooOld, LEAST_PROTOCOL, PROTOCOL_HEADER } from '../core/protocol.ts'
import { addressOf } from './address.ts'
import { bindToDevice } from './device-binding.ts'
import { acceptOperations } from './gate.ts'
import { healthRoutes } from './health.ts'
import { type App, bodyOf, reading, Refused, requestIdOf, sidOf } from './http.ts'
import { inboxProof, openInbox, putIntoInbox, runWaiting, SealedBatch, takeFromInbox } from './inbox.ts'
import type { Machine } from './machine.ts'
import { pull, PullRequest } from './pull.ts'

/** The routes that belong to no feature: the one write route, what a device pulls, the country's pack. */
export function coreRoutes(app: App, machine: Machine): void {
  bindToDevice(app, machine)
  app.get('/country/:file', (c) => {
    if (c.req.param('file') !== `${machine.packHash}.json`) return c.notFound()
    c.header('cache-control', 'public, max-age=31536000, immutable')
    return c.body(machine.packJson, 200, { 'content-type': 'application/json' })
  })
  // What an older program cannot understand it is not sent, and what it sends is kept there until it has been renewed.
  app.use('/api/operations', renewedOnly)
  app.use('/api/pull', renewedOnly)
  app.post('/api/operations', async (c) => {
    const { operations } = await bodyOf(c, OpBatch)
    const answers = await acceptOperations(machine, sidOf(c, machine), operations, requestIdOf(c)) // the schema brands its moments
    return c.json({ answers })
  })
  // Sixty cards are a tenth of their size when packed. Who can put words into a file from outside cannot ask for its size as well:
  // an answer goes only to the device that proves itself.
  app.use('/api/pull', compress({ encoding: 'gzip' }))
  app.post('/api/pull', async (c) => {
    const request = await bodyOf(c, PullRequest)
    const sid = sidOf(c, machine)
    await runWaiting(machine, sid, requestIdOf(c), request.attended)
    return c.json(await pull(machine, sid, request, requestIdOf(c)))
  })
  inboxRoutes(app, machine)
  healthRoutes(app, machine)
}

/** Says which program is the least, so that a phone knows it is not a matter of waiting. */
const renewedOnly: MiddlewareHandler = async (c, next) => {
  if (!isTooOld(c.req.header(PROTOCOL_HEADER))) return next()
  c.header('cache-control', 'no-store')
  return c.json({ error: 'phone_too_old', least: LEAST_PROTOCOL, requestId: requestIdOf(c) }, 426)
}

/** Sealed operations of a phone that lost its key or its session (security.md 5). */
function inboxRoutes(app: App, machine: Machine): void {
  app.post('/api/inbox', async (c) => {
    // The same answer whether these people exist or not, and whatever is inside.
    const batch = await bodyOf(c, SealedBatch)
    if (!(await putIntoInbox(machine, batch, addressOf(c, machine)))) throw new Refused(429, 'slow_down')
    return c.json({ kept: true }, 202)
  })
  app.post('/api/inbox/proof', async (c) => {
    const { device } = await bodyOf(c, z.strictObject({ device: DeviceId }))
    const me = await reading(c, machine, null, async (_tx, who) => who)
    return c.json({ proof: await inboxProof(machine, me.id, device) })
  })
  app.post('/api/inbox/open', async (c) => {
    await bodyOf(c, z.strictObject({}))
    return c.json(await openInbox(machine, sidOf(c, machine), requestIdOf(c)))
  })
  app.post('/api/inbox/taken', async (c) => {
    const { opIds } = await bodyOf(c, z.strictObject({ opIds: z.array(OpId).min(1).max(300) }))
    await takeFromInbox(machine, sidOf(c, machine), opIds)
    return c.json({ done: true })
  })
}
