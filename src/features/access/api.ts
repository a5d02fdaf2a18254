import * as z from 'zod'
import { PersonId } from '../../core/ids.ts'
import {
  type App,
  bodyOf,
  dropSession,
  giveSession,
  Nothing,
  reading,
  Refused,
  requestIdOf,
} from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { enrolRoutes } from './enrol-api.ts'
import { myRoutes } from './my-api.ts'
import { peopleRoutes } from './people-api.ts'
import { renewalOf, setUpState } from './people-store.ts'
import { placeOf, signInRoutes } from './sign-in-api.ts'
import {
  demoPeople,
  endSession,
  myIdleMinutes,
  myOrganisation,
  myTeams,
  startSession,
  workersOfMyOffice,
} from './store.ts'

/** Who am I, and how a session begins and ends. */
export function routes(app: App, machine: Machine): void {
  app.get('/api/start', (c) =>
    c.json({
      mode: machine.config.mode,
      pilot: machine.pilot,
      epoch: machine.epoch,
      country: { code: machine.pack.code, hash: machine.packHash },
      languages: machine.pack.languages,
      serverKey: machine.outboxKey.publicKey(),
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
          organisation: await myOrganisation(tx, me.orgId),
          teams: await myTeams(tx, me.id),
        },
        strength: me.strength,
        endsAt: me.endsAt,
        /** After how many minutes without anybody the session ends. */
        idleMinutes: await myIdleMinutes(tx),
        now: me.askedAt,
        /** In set-up no case can be opened yet; screens say so instead of failing. */
        inSetUp: machine.config.mode === 'production' && (await setUpState(tx)).endedAt === null,
        /** Somebody asked for a new key in her name: she hears of it everywhere and can stop it. */
        renewal: await renewalOf(tx, me.id),
      })),
    ),
  )
  app.get('/api/colleagues', async (c) =>
    c.json({ workers: await reading(c, machine, null, (tx, me) => workersOfMyOffice(tx, me.orgId)) }),
  )
  app.post('/api/sign-out', async (c) => {
    await bodyOf(c, Nothing)
    await reading(c, machine, null, (tx) => endSession(tx))
    dropSession(c, machine)
    return c.json({ done: true })
  })
  if (machine.config.mode === 'demo') demoRoutes(app, machine)
  signInRoutes(app, machine)
  enrolRoutes(app, machine)
  myRoutes(app, machine)
  peopleRoutes(app, machine)
}

/** One click each, for fictional people: anywhere else these routes do not exist. */
function demoRoutes(app: App, machine: Machine): void {
  app.get('/api/sign-in/demo-people', async (c) => c.json({ people: await demoPeople(machine.db) }))
  app.post('/api/sign-in/demo', async (c) => {
    const { personId } = await bodyOf(c, z.strictObject({ personId: PersonId }))
    const known = await demoPeople(machine.db)
    if (!known.some((person) => person.id === personId)) throw new Refused(404, 'not_found')
    giveSession(c, machine, await startSession(machine.db, personId, 'demo', await placeOf(c, false), requestIdOf(c)))
    return c.json({ done: true })
  })
}
