import * as z from 'zod'
import { PersonId, TeamId } from '../../core/ids.ts'
import { type App, bodyOf, reading, Refused } from '../../server/http.ts'
import { WORK_NUMBER } from '../../core/second-signature.ts'
import type { ToSign } from '../../core/second-signature.ts'
import type { Machine } from '../../server/machine.ts'
import { readingRows } from '../cases/opening-store.ts'
import { onTheServer } from './packs.ts'
import { keepWorkPhone, nameStandIn, rosterAbove, standIns, workPhone } from './store.ts'

const WorkPhone = z.strictObject({ phone: z.string().trim().regex(WORK_NUMBER).nullable() })
const Naming = z.strictObject({ teamId: TeamId, personId: PersonId, isNamed: z.boolean() })

/** Questions about second signatures: what waits for me, what was asked about one case, and who stands in for me. */
export function routes(app: App, machine: Machine): void {
  app.get('/api/signatures', async (c) =>
    c.json(
      await reading(c, machine, 'supervision', async (tx, me) => {
        const waiting: ToSign[] = []
        for (const feature of machine.features) waiting.push(...((await feature.toSign?.(tx, me)) ?? []))
        waiting.sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
        return {
          waiting,
          standIns: await standIns(tx, me.id),
          above: await rosterAbove(tx),
          phone: await workPhone(tx, me.id),
        }
      }),
    ),
  )
  app.post('/api/signatures/stand-ins', async (c) => {
    const naming = await bodyOf(c, Naming)
    await reading(c, machine, 'supervision', async (tx, me) => {
      // Also said by the policies; asked here so that the answer is one for all who may not.
      const mine = (await standIns(tx, me.id)).some(
        (one) => one.teamId === naming.teamId && one.personId === naming.personId,
      )
      if (!mine) throw new Refused(404, 'not_found')
      await nameStandIn(tx, naming, me.id)
    })
    return c.json({ done: true })
  })
  app.post('/api/signatures/work-phone', async (c) => {
    const { phone } = await bodyOf(c, WorkPhone)
    await reading(c, machine, 'supervision', async (tx, me) => {
      if (me.role !== 'supervisor') throw new Refused(404, 'not_found')
      await keepWorkPhone(tx, me.id, phone)
    })
    return c.json({ done: true })
  })
  app.get('/api/cases/:id/signatures', async (c) => c.json({ rows: await readingRows(c, machine, onTheServer) }))
}
