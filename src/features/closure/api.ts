import { type App, reading, requestIdOf } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { readingCase, readingRows } from '../cases/opening-store.ts'
import { newestReturnCode, retentionQueue, soonInMyTeams } from './hold-store.ts'
import { contactsNear } from './later-contact-store.ts'
import { requestsWaiting } from './later-request-store.ts'
import { turnRoutes } from './later-turn-api.ts'
import { requestsToTakeUp } from './later-turn-store.ts'
import { packs } from './packs.ts'

/** How a case ends, begins again, and how long it is kept: for a screen whose device does not hold it. */
export function routes(app: App, machine: Machine): void {
  app.get('/api/cases/:id/closure', async (c) => c.json({ rows: await readingRows(c, machine, packs) }))
  // What a child's words are compared with, on the screen of whoever is talking to it.
  app.get('/api/cases/:id/return-code', async (c) =>
    c.json({
      code: await readingCase(c, machine, async (tx, me, { id: caseId }) => {
        const request = { me, caseId, purpose: me.purpose, requestId: requestIdOf(c) }
        const file = await machine.broker.openCase(tx, request, true)
        try {
          return file.holds('services') ? await newestReturnCode(tx, caseId, await file.part('services', 'read')) : null
        } finally {
          file.end()
        }
      }),
    }),
  )
  app.get('/api/closure/team', async (c) =>
    c.json(
      await reading(c, machine, 'supervision', async (tx, me) => ({
        soon: await soonInMyTeams(tx, me.id),
        contacts: await contactsNear(tx, me.id),
        requests: await requestsWaiting(tx, me.id),
        toTakeUp: await requestsToTakeUp(tx),
      })),
    ),
  )
  // What a worker has agreed with children whose case is closed, and what they have asked since: her phone holds none of them any more.
  app.get('/api/closure/contacts', async (c) =>
    c.json(
      await reading(c, machine, 'casework', async (tx, me) => ({
        contacts: await contactsNear(tx, me.id),
        requests: await requestsWaiting(tx, me.id),
      })),
    ),
  )
  app.get('/api/retention', async (c) => c.json(await reading(c, machine, 'oversight', (tx) => retentionQueue(tx))))
  turnRoutes(app, machine)
}
