import type { Context } from 'hono'
import * as z from 'zod'
import { toMillis } from '../../core/time.ts'
import { passkeyMade, passkeyToMake, type RegistrationResponseJSON } from '../../crypto/passkey.ts'
import { hashPassword } from '../../crypto/password.ts'
import { checkTotp, makeTotpSecret, totpUri } from '../../crypto/totp.ts'
import type { Tx } from '../../server/as-person.ts'
import { type App, bodyOf, giveSession, Refused, requestIdOf } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { FirstAdministrator, MadePasskey, SpokenCode, Token } from './account.ts'
import {
  enrolFirst,
  enrolPasskey,
  enrolPassword,
  type InvitationFacts,
  invitationFacts,
  keepTotp,
  macOfCode,
  opensInvitation,
} from './enrol-store.ts'
import { asNobody, doorAt, placeOf } from './sign-in-api.ts'
import { putChallenge, takeChallenge } from './sign-in-store.ts'
import { beginSession, type Strength } from './store.ts'
import { unwrapTotp, wrapTotp } from './totp-store.ts'

const Link = z.strictObject({ token: Token, code: SpokenCode })

type Opened = { facts: InvitationFacts & { personId: string; name: string; login: string }; code: Uint8Array | null }

/** A one-time link becomes a key of the person it is for; who made the link never sees the key. */
export function enrolRoutes(app: App, machine: Machine): void {
  app.post('/api/enrol/look', async (c) => {
    const { token } = await bodyOf(c, z.strictObject({ token: Token }))
    const facts = await asNobody(machine, (tx) => invitationFacts(tx, token))
    if (facts === null) throw new Refused(404, 'link_over')
    const { personId, name, login, role, language, passkeyOnly } = facts
    return c.json({
      first: personId === null,
      name,
      login,
      role,
      language,
      passkeyOnly,
      needsCode: facts.vouchId !== null,
    })
  })
  app.post('/api/enrol/first', async (c) => {
    const { token, ...first } = await bodyOf(c, FirstAdministrator)
    const answer = await asNobody(machine, (tx) => enrolFirst(tx, token, first, requestIdOf(c)))
    if (answer !== 'done') throw new Refused(409, answer)
    return c.json({ done: true })
  })
  app.post('/api/enrol/code', async (c) => {
    await open(machine, await bodyOf(c, Link))
    return c.json({ done: true })
  })
  app.post('/api/enrol/passkey/options', async (c) => {
    const { facts } = await open(machine, await bodyOf(c, Link))
    const { personId, login, name } = facts
    const options = await passkeyToMake(doorAt(c, machine), { id: personId, login, name }, [])
    const id = await asNobody(machine, (tx) => putChallenge(tx, options.challenge, 'enrol', { id: facts.id }))
    return c.json({ id, options })
  })
  app.post('/api/enrol/passkey', async (c) => {
    const { id, response, shared, ...link } = await bodyOf(
      c,
      Link.extend({ id: z.uuid(), response: MadePasskey, shared: z.boolean() }),
    )
    const { facts, code } = await open(machine, link)
    const challenge = await asNobody(machine, (tx) => takeChallenge(tx, id, 'enrol', facts.id))
    // The schema checked the outline; the package checks the rest.
    const answered = response as unknown as RegistrationResponseJSON
    const made = challenge === null ? null : await passkeyMade(doorAt(c, machine), challenge, answered)
    if (made === null) throw new Refused(409, 'passkey_failed')
    return enrolled(c, machine, 'passkey', shared, (tx) => enrolPasskey(tx, link.token, code, made, requestIdOf(c)))
  })
  app.post('/api/enrol/totp', async (c) => {
    const link = await bodyOf(c, Link)
    const { facts, code } = await open(machine, link)
    if (facts.passkeyOnly) throw new Refused(409, 'needs_passkey')
    const secret = makeTotpSecret()
    const { epoch, wrapped } = await wrapTotp(machine.keys, facts.personId, secret)
    if (!(await asNobody(machine, (tx) => keepTotp(tx, link.token, code, epoch, wrapped))))
      throw new Refused(404, 'link_over')
    return c.json({ secret, uri: totpUri(secret, 'Kembali', facts.login) })
  })
  app.post('/api/enrol/password', async (c) => {
    const { password, totp, shared, ...link } = await bodyOf(
      c,
      Link.extend({ password: z.string().max(500), totp: z.string().max(20), shared: z.boolean() }),
    )
    const { facts, code } = await open(machine, link)
    const { totpEpoch, totpWrapped, personId } = facts
    if (totpEpoch === null || totpWrapped === null) throw new Refused(409, 'needs_totp')
    const secret = await unwrapTotp(machine.keys, { personId, epoch: totpEpoch, wrapped: totpWrapped })
    const step = checkTotp(secret, totp, toMillis(facts.moment), null)
    if (step === null) throw new Refused(409, 'wrong_totp')
    const hashed = await hashPassword(password)
    if (!hashed.ok) throw new Refused(hashed.refusal.reason === 'busy' ? 429 : 409, hashed.refusal.reason)
    return enrolled(c, machine, 'password_totp', shared, (tx) =>
      enrolPassword(tx, link.token, code, hashed.change, step, requestIdOf(c)),
    )
  })
}

/** Link and number together, or Refused: a link alone, from whoever sent it, makes nobody into somebody. */
async function open(machine: Machine, link: z.infer<typeof Link>): Promise<Opened> {
  const facts = await asNobody(machine, (tx) => invitationFacts(tx, link.token))
  if (facts === null) throw new Refused(404, 'link_over')
  const code = facts.vouchId === null ? null : await macOfCode(machine.keys, facts.vouchId, link.code)
  if (!(await asNobody(machine, (tx) => opensInvitation(tx, link.token, code)))) throw new Refused(409, 'wrong_code')
  const { personId, name, login } = facts
  if (personId === null || name === null || login === null) throw new Refused(409, 'say_who_first')
  return { facts: { ...facts, personId, name, login }, code }
}

async function enrolled(
  c: Context,
  machine: Machine,
  strength: Strength,
  shared: boolean,
  enrol: (tx: Tx) => Promise<string | null>,
): Promise<Response> {
  const place = await placeOf(c, shared)
  const token = await asNobody(machine, async (tx) => {
    const personId = await enrol(tx)
    return personId === null ? null : beginSession(tx, personId, strength, place, requestIdOf(c))
  })
  if (token === null) throw new Refused(404, 'link_over')
  giveSession(c, machine, token)
  return c.json({ done: true })
}
