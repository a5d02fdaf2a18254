import * as z from 'zod'
import { makePassphrase } from '../../crypto/passphrase.ts'
import { passkeyMade, passkeyToMake, type RegistrationResponseJSON } from '../../crypto/passkey.ts'
import { type App, bodyOf, reading, Refused, requestIdOf } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { ById, MadePasskey } from './account.ts'
import { done } from './people-api.ts'
import { renewalOf, stopVouch } from './people-store.ts'
import { doorAt } from './sign-in-api.ts'
import { addMyPasskey, myPasskeys, putChallenge, removeMyPasskey, takeChallenge } from './sign-in-store.ts'
import { endMySession, isFresh, makeImportWord, myLogin, mySessions } from './store.ts'

/** Typed once at the server's terminal, by somebody who may have to hear it over the telephone. */
const IMPORT_WORDS = 5

/** A person's own sign-ins and keys: she sees all of them and can end each. */
export function myRoutes(app: App, machine: Machine): void {
  app.get('/api/my/sign-ins', async (c) =>
    c.json(
      await reading(c, machine, null, async (tx, me) => ({
        sessions: await mySessions(tx),
        passkeys: await myPasskeys(tx, me.id),
        renewal: await renewalOf(tx, me.id),
      })),
    ),
  )
  app.post('/api/my/sessions/end', async (c) => {
    const { id } = await bodyOf(c, ById)
    if (!(await reading(c, machine, null, (tx) => endMySession(tx, id)))) throw new Refused(404, 'not_found')
    return c.json({ done: true })
  })
  app.post('/api/my/passkeys/options', async (c) => {
    await bodyOf(c, z.strictObject({}))
    const asked = await reading(c, machine, null, async (tx, me) => {
      // Asked for before the device makes a key that nobody would then take.
      if (!(await isFresh(tx))) throw new Refused(401, 'step_up')
      const have = (await myPasskeys(tx, me.id)).map(({ id }) => id)
      const options = await passkeyToMake(
        doorAt(c, machine),
        { id: me.id, login: await myLogin(tx, me.id), name: me.name },
        have,
      )
      return { id: await putChallenge(tx, options.challenge, 'add', { id: me.id }), options }
    })
    return c.json(asked)
  })
  app.post('/api/my/passkeys', async (c) => {
    const { id, response } = await bodyOf(c, z.strictObject({ id: z.uuid(), response: MadePasskey }))
    const challenge = await reading(c, machine, null, (tx, me) => takeChallenge(tx, id, 'add', me.id))
    // The schema checked the outline; the package checks the rest.
    const answered = response as unknown as RegistrationResponseJSON
    const made = challenge === null ? null : await passkeyMade(doorAt(c, machine), challenge, answered)
    if (made === null) throw new Refused(409, 'passkey_failed')
    return done(c, await reading(c, machine, null, (tx) => addMyPasskey(tx, made, requestIdOf(c))))
  })
  app.post('/api/my/passkeys/remove', async (c) => {
    const { id } = await bodyOf(c, z.strictObject({ id: z.string().max(2000) }))
    return done(c, await reading(c, machine, null, (tx) => removeMyPasskey(tx, id, requestIdOf(c))))
  })
  app.post('/api/my/import-word', async (c) => {
    await bodyOf(c, z.strictObject({}))
    const word = makePassphrase(IMPORT_WORDS)
    const endsAt = await reading(c, machine, null, async (tx) => {
      // A list is taken in at a terminal, as her: whoever finds her screen open makes no words for it.
      if (!(await isFresh(tx))) throw new Refused(401, 'step_up')
      return makeImportWord(tx, word, requestIdOf(c))
    })
    if (endsAt === null) throw new Refused(404, 'not_found')
    return c.json({ word, endsAt })
  })
  app.post('/api/my/renewal/stop', async (c) => {
    const { id } = await bodyOf(c, ById)
    return done(c, await reading(c, machine, null, (tx) => stopVouch(tx, id, requestIdOf(c))))
  })
}
