import { type App, reading, requestIdOf } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { readingCase, readingRows } from '../cases/opening-store.ts'
import { incidentsToSee } from './incident-store.ts'
import { packs } from './packs.ts'
import { inMyCare } from './shelter-store.ts'
import { findHealthNotes } from './store.ts'

/** Questions about the services of one child; what health workers wrote has an address of its own, and each opening of it is written down. */
export function routes(app: App, machine: Machine): void {
  app.get('/api/cases/:id/services', async (c) => {
    // With the goals of the plan, so that a service says in the child's words what it is for.
    const goals = machine.features.flatMap((feature) => feature.packs).filter(({ thing }) => thing === 'care_goal')
    return c.json({ rows: await readingRows(c, machine, [...packs, ...goals]) })
  })
  app.get('/api/cases/:id/services/health', async (c) => {
    const notes = await readingCase(c, machine, async (tx, me, { id: caseId }) => {
      const request = { me, caseId, purpose: me.purpose, requestId: requestIdOf(c) }
      const file = await machine.broker.openCase(tx, request, true)
      try {
        if (!file.holds('health')) return []
        const cipher = await file.part('health', 'read')
        return await findHealthNotes(tx, caseId, async () => cipher)
      } finally {
        file.end()
      }
    })
    return c.json({ notes })
  })
  app.get('/api/services/incidents', async (c) =>
    c.json({ incidents: await reading(c, machine, null, (tx, me) => incidentsToSee(tx, me.id)) }),
  )
  app.get('/api/services/in-my-care', async (c) =>
    c.json({ children: await reading(c, machine, null, (tx, me) => inMyCare(tx, me.id)) }),
  )
}
