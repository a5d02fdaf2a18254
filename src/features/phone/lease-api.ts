import * as z from 'zod'
import { DeviceId, PersonId } from '../../core/ids.ts'
import { toBase64url } from '../../crypto/base64url.ts'
import { spokenCode } from '../../crypto/spoken-code.ts'
import { asPerson, type Tx } from '../../server/as-person.ts'
import { auditAppend, DOMAIN } from '../../server/audit.ts'
import { type App, bodyOf, reading, Refused, requestIdOf, sidOf } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { giveSpokenCode, knowDevice, supervisedPeople, tellTrip } from './store.ts'

/** How long a phone may hold what is taken along: told before leaving, or lengthened by a code a supervisor says. */
export function leaseRoutes(app: App, machine: Machine): void {
  app.post('/api/phone/known', async (c) => {
    const { device } = await bodyOf(c, z.strictObject({ device: DeviceId }))
    // A round asks, with or without anybody there: it keeps no session alive.
    const { known, me } = await asPerson(
      machine.db,
      sidOf(c, machine),
      null,
      async (tx, who) => ({ known: await knowDevice(tx, device), me: who }),
      false,
    )
    return c.json({ known, secret: toBase64url(await secretOf(machine, me.id)) })
  })

  app.post('/api/phone/trip', async (c) => {
    const { device, days } = await bodyOf(c, z.strictObject({ device: DeviceId, days: z.int().min(15).max(30) }))
    const until = await reading(c, machine, null, async (tx, me) => {
      const told = await tellTrip(tx, me.id, device, days)
      await noteAct(tx, 'trip_told', requestIdOf(c))
      return told
    })
    return c.json({ until })
  })

  app.get('/api/phone/supervised', async (c) =>
    c.json({ people: await reading(c, machine, null, (tx) => supervisedPeople(tx)) }),
  )

  app.post('/api/phone/spoken', async (c) => {
    const { personId, number } = await bodyOf(
      c,
      z.strictObject({ personId: PersonId, number: z.string().regex(/^\d{6}$/) }),
    )
    const answer = await reading(c, machine, null, (tx) => giveSpokenCode(tx, personId, requestIdOf(c)))
    if (answer === 'not_found') throw new Refused(404, 'not_found')
    if (answer === 'spoken_enough') throw new Refused(429, 'spoken_enough')
    return c.json({ code: await spokenCode(await secretOf(machine, personId), number) })
  })
}

/** What her phones and this server share: it opens nothing, and says only that a supervisor was asked. */
function secretOf({ keys }: Machine, personId: string): Promise<Uint8Array> {
  return keys.mac('PK', DOMAIN, new TextEncoder().encode(`kembali/spoken-code/1|${personId}`))
}

/** An act that is about no child: the ledger says who and when. */
export function noteAct(tx: Tx, action: string, requestId: string): Promise<void> {
  return auditAppend(tx, {
    action,
    pseudonym: null,
    part: null,
    purpose: null,
    basis: null,
    outcome: 'done',
    requestId,
  })
}
