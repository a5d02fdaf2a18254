import { deleteCookie, setCookie } from 'hono/cookie'
import * as z from 'zod'
import { PersonId } from '../../core/ids.ts'
import { type App, bodyOf, cookieName, reading, Refused } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { demoPeople, endSession, myOrganisation, myTeams, startSession, workersOfMyOffice } from './store.ts'

/** Who am I, and how a session begins and ends. */
export function routes(app: App, machine: Machine): void {
  const isDemo = machine.config.mode === 'demo'

  app.get('/api/start', (c) =>
    c.json({
      mode: machine.config.mode,
      pilot: machine.pilot,
      epoch: machine.epoch,
      country: { code: machine.pack.code, hash: machine.packHash },
      languages: machine.pack.languages,
    }),
  )
  app.get('/api/session', async (c) =>
    c.json(
      await reading(c, machine, null, async (tx, me) => ({
        person: {
          id: me.id,
          name: me.name,
          role: me.role,
          sector: me.sector,
          language: me.language,
          organisation: await myOrganisation(tx),
          teams: await myTeams(tx, me.id),
        },
        strength: me.strength,
        endsAt: me.endsAt,
        now: me.askedAt,
      })),
    ),
  )
  app.get('/api/colleagues', async (c) =>
    c.json({ workers: await reading(c, machine, null, (tx) => workersOfMyOffice(tx)) }),
  )
  app.get('/api/sign-in/demo-people', async (c) => {
    if (!isDemo) throw new Refused(404, 'not_found')
    return c.json({ people: await demoPeople(machine.db) })
  })
  app.post('/api/sign-in/demo', async (c) => {
    if (!isDemo) throw new Refused(404, 'not_found')
    const { personId } = await bodyOf(c, z.strictObject({ personId: PersonId }))
    const known = await demoPeople(machine.db)
    if (!known.some((person) => person.id === personId)) throw new Refused(404, 'not_found')
    const token = await startSession(machine.db, personId, 'demo')
    setCookie(c, cookieName(machine), token, { httpOnly: true, sameSite: 'Strict', path: '/', secure: !isDemo })
    return c.json({ done: true })
  })
  app.post('/api/sign-out', async (c) => {
    await reading(c, machine, null, (tx) => endSession(tx))
    deleteCookie(c, cookieName(machine), { path: '/', secure: !isDemo })
    c.header('clear-site-data', '"cache", "cookies", "storage"')
    return c.json({ done: true })
  })
}
