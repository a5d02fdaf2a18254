import * as z from 'zod'
import { Day, dayOf } from '../../core/time.ts'
import { type App, checked, reading, requestIdOf } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { readingCase, readingRows } from '../cases/opening-store.ts'
import { packs } from './packs.ts'
import { monthOf } from './review.ts'
import { staffRoutes } from './staff-api.ts'
import { readNotes, sampleOf, talkPeople } from './store.ts'

const SampleQuery = z.strictObject({ month: Day.optional() })

/** What was talked about, which files are looked at this month, and how the people of a team are. */
export function routes(app: App, machine: Machine): void {
  staffRoutes(app, machine)
  app.get('/api/cases/:id/supervision', async (c) => c.json({ rows: await readingRows(c, machine, packs) }))
  app.get('/api/cases/:id/talks', async (c) =>
    c.json(
      await readingCase(c, machine, async (tx, me, { id: caseId }) => {
        const request = { me, caseId, purpose: me.purpose, requestId: requestIdOf(c) }
        const file = await machine.broker.openCase(tx, request, true)
        try {
          const cipher = file.holds('case') ? await file.part('case', 'read') : null
          return {
            notes: cipher === null ? [] : await readNotes(tx, caseId, me.id, cipher),
            people: me.role === 'supervisor' ? await talkPeople(tx, caseId) : [],
          }
        } finally {
          file.end()
        }
      }),
    ),
  )
  app.get('/api/supervision/sample', async (c) => {
    const { month } = checked(SampleQuery, c.req.query())
    return c.json(
      await reading(c, machine, 'supervision', async (tx, me) => {
        const of = monthOf(month ?? dayOf(me.askedAt, machine.pack.timeZone))
        return { month: of, files: await sampleOf(tx, of) }
      }),
    )
  })
}
