import * as z from 'zod'
import { type App, checked, Refused, requestIdOf } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { readingCase, readingRows } from '../cases/opening-store.ts'
import { findPeopleToName } from './care-team-store.ts'
import { letterRoutes } from './letter-api.ts'
import { packs } from './packs.ts'
import { readReferral } from './referral-store.ts'

/** Questions about what was agreed in one case and who was asked; and the other end of a one-time link. */
export function routes(app: App, machine: Machine): void {
  letterRoutes(app, machine)
  app.get('/api/cases/:id/care-team', async (c) =>
    c.json({ people: await readingCase(c, machine, (tx, _me, { id }) => findPeopleToName(tx, id)) }),
  )
  app.get('/api/cases/:id/referrals', async (c) => c.json({ rows: await readingRows(c, machine, packs) }))
  app.get('/api/cases/:id/letter', async (c) => {
    const { referral } = checked(z.strictObject({ referral: z.uuid().optional() }), c.req.query())
    return c.json({
      letter: await readingCase(c, machine, async (tx, me, { id: caseId }) => {
        if (referral === undefined) return null
        const request = { me, caseId, purpose: me.purpose, requestId: requestIdOf(c) }
        const file = await machine.broker.openCase(tx, request, true)
        try {
          const found = file.holds('services')
            ? await readReferral(tx, { id: referral, caseId }, await file.part('services', 'read'))
            : null
          if (found === null) throw new Refused(404, 'not_found')
          return found
        } finally {
          file.end()
        }
      }),
    })
  })
}
