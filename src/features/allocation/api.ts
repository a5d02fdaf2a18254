import { unknownCodes } from '../../core/codes.ts'
import { type App, BadRequest, bodyOf, reading, requestIdOf } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { isWeighedBefore } from '../cases/major-decision-store.ts'
import { readingCase, readingRows } from '../cases/opening-store.ts'
import { casesToGive } from '../cases/team-store.ts'
import { packs } from './packs.ts'
import { findOffers, mySaid, offeredToMe, officesToOffer, saidByWorkers, putSaid, wishesOf } from './store.ts'
import { WorkerSays } from './wish.ts'

/** Questions about who works with whom: what workers say of themselves, what children wish, what other offices offer. */
export function routes(app: App, machine: Machine): void {
  app.get('/api/allocation', async (c) =>
    c.json(
      await reading(c, machine, 'supervision', async (tx, me) => ({
        said: await saidByWorkers(tx),
        wishes: await wishesOf(tx, await casesToGive(tx, me)),
        offered: await offeredToMe(tx, me),
      })),
    ),
  )
  app.get('/api/cases/:id/wish', async (c) => c.json({ rows: await readingRows(c, machine, packs) }))
  app.get('/api/cases/:id/transfer', async (c) =>
    c.json(
      await readingCase(c, machine, async (tx, me, { id: caseId }) => {
        const request = { me, caseId, purpose: me.purpose, requestId: requestIdOf(c) }
        const file = await machine.broker.openCase(tx, request, true)
        try {
          const voice = file.holds('services') ? await file.part('services', 'read') : null
          const keys = file.holds('case') ? { offer: await file.part('case', 'read'), voice } : null
          return {
            offers: await findOffers(tx, caseId, me, keys),
            offices: await officesToOffer(tx),
            isWeighed: await isWeighedBefore(tx, caseId, 'transfer', me.askedAt),
          }
        } finally {
          file.end()
        }
      }),
    ),
  )
  app.get('/api/my/about', async (c) =>
    c.json({ says: await reading(c, machine, null, (tx, me) => mySaid(tx, me.id)) }),
  )
  app.post('/api/my/about', async (c) => {
    const says = await bodyOf(c, WorkerSays)
    const unknown = unknownCodes(WorkerSays, says, machine.pack)
    if (unknown.length > 0) throw new BadRequest(unknown)
    await reading(c, machine, null, (tx, me) => putSaid(tx, me.id, says))
    return c.json({ done: true })
  })
}
