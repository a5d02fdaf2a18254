import type { Context } from 'hono'
import * as z from 'zod'
import { toMillis } from '../../core/time.ts'
import { readPublicHalf } from '../../crypto/device-proof.ts'
import {
  type AuthenticationResponseJSON,
  type Door,
  doorOf,
  passkeyProved,
  passkeyToProve,
} from '../../crypto/passkey.ts'
import { hashPassword, needsRehash, verifyAgainstNobody, verifyPassword } from '../../crypto/password.ts'
import { KeysSealed } from '../../crypto/provider.ts'
import { sha256Hex } from '../../crypto/hash.ts'
import { checkTotp } from '../../crypto/totp.ts'
import { addressOf } from '../../server/address.ts'
import type { Tx } from '../../server/as-person.ts'
import { KEY_HEADER, proofOf } from '../../server/device-binding.ts'
import { type App, BadRequest, bodyOf, giveSession, reading, Refused, requestIdOf, sidOf } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { ProvedPasskey, TypedLogin } from './account.ts'
import { browserOf } from './browser.ts'
import {
  type ChallengeFor,
  type Doorway,
  isKnownProfile,
  keepNewHash,
  myPasskeys,
  notePasskeyUse,
  passkeyFacts,
  passwordFacts,
  type PasswordFacts,
  putChallenge,
  takeChallenge,
  takeTotpStep,
  takeTurn,
  turnWasRight,
} from './sign-in-store.ts'
import { beginSession, isFresh, myLogin, noteSignIn, type Place, renewSession, type Strength } from './store.ts'
import { unwrapTotp } from './totp-store.ts'

const PasswordProof = z.strictObject({ login: TypedLogin, password: z.string().max(500), code: z.string().max(20) })
const PasskeyProof = z.strictObject({ id: z.uuid(), response: ProvedPasskey })
const SHARED = { shared: z.boolean() }

/** How somebody who has not signed in, or must prove it again, proves who she is. */
export function signInRoutes(app: App, machine: Machine): void {
  app.post('/api/sign-in/passkey/options', async (c) => {
    await bodyOf(c, z.strictObject({}))
    const options = await passkeyToProve(doorAt(c, machine), [])
    const about = { address: addressOf(c, machine) }
    const id = await asNobody(machine, (tx) => putChallenge(tx, options.challenge, 'sign_in', about))
    return c.json({ id, options })
  })
  app.post('/api/sign-in/passkey', async (c) => {
    const { id, response, shared } = await bodyOf(c, PasskeyProof.extend(SHARED))
    const proved = await provePasskey(machine, doorAt(c, machine), id, response, 'sign_in', null)
    return signIn(c, machine, 'passkey', await placeOf(c, shared), async (tx) =>
      proved !== null && (await notePasskeyUse(tx, proved.id, proved.counter)) ? proved.personId : null,
    )
  })
  app.post('/api/sign-in/password', async (c) => {
    const { shared, ...proof } = await bodyOf(c, PasswordProof.extend(SHARED))
    const place = await placeOf(c, shared)
    const doorway = await doorwayOf(c, machine, proof.login, place.key)
    const wait = await asNobody(machine, (tx) => takeTurn(tx, doorway))
    if (wait > 0) return mustWait(c, wait)
    const proved = await provePassword(machine, proof)
    return signIn(c, machine, 'password_totp', place, async (tx) => {
      if (proved === null || !(await takeTotpStep(tx, proved.personId, proved.step))) return null
      await turnWasRight(tx, doorway)
      if (proved.newHash !== null) await keepNewHash(tx, proved.personId, proved.hash, proved.newHash)
      return proved.personId
    })
  })
  stepUpRoutes(app, machine)
}

/** Proving it again, before what opens doors for others; the session gets a new token. */
function stepUpRoutes(app: App, machine: Machine): void {
  // Asked before an operation that wants a fresh proof is made: an operation is kept as it is, and asked nothing more.
  app.post('/api/step-up/fresh', async (c) => {
    await bodyOf(c, z.strictObject({}))
    if (!(await reading(c, machine, null, (tx) => isFresh(tx)))) throw new Refused(401, 'step_up')
    return c.json({ done: true })
  })
  app.post('/api/step-up/options', async (c) => {
    await bodyOf(c, z.strictObject({}))
    const me = await reading(c, machine, null, async (tx, who) => ({ id: who.id, keys: await myPasskeys(tx, who.id) }))
    const allowed = me.keys.map(({ id }) => id)
    if (allowed.length === 0) throw new Refused(409, 'no_passkey')
    const options = await passkeyToProve(doorAt(c, machine), allowed)
    const id = await reading(c, machine, null, (tx) => putChallenge(tx, options.challenge, 'step_up', { id: me.id }))
    return c.json({ id, options })
  })
  app.post('/api/step-up/passkey', async (c) => {
    const { id, response } = await bodyOf(c, PasskeyProof)
    const me = await reading(c, machine, null, async (_tx, who) => who)
    const proved = await provePasskey(machine, doorAt(c, machine), id, response, 'step_up', me.id)
    return stepUp(
      c,
      machine,
      'passkey',
      async (tx) => proved?.personId === me.id && (await notePasskeyUse(tx, proved.id, proved.counter)),
    )
  })
  app.post('/api/step-up/password', async (c) => {
    const said = await bodyOf(c, PasswordProof.omit({ login: true }))
    const me = await reading(c, machine, null, async (tx, who) => ({ id: who.id, login: await myLogin(tx, who.id) }))
    const proof = { ...said, login: me.login }
    const doorway = { known: `session|${sidOf(c, machine)}` }
    const wait = await asNobody(machine, (tx) => takeTurn(tx, doorway))
    if (wait > 0) return mustWait(c, wait)
    const proved = await provePassword(machine, proof)
    return stepUp(c, machine, 'password_totp', async (tx) => {
      if (proved?.personId !== me.id || !(await takeTotpStep(tx, me.id, proved.step))) return false
      await turnWasRight(tx, doorway)
      return true
    })
  })
  if (machine.config.mode === 'demo')
    app.post('/api/step-up/demo', async (c) => {
      await bodyOf(c, z.strictObject({}))
      return stepUp(c, machine, 'demo', async () => true)
    })
}

async function signIn(
  c: Context,
  machine: Machine,
  strength: Strength,
  place: Place,
  prove: (tx: Tx) => Promise<string | null>,
): Promise<Response> {
  const requestId = requestIdOf(c)
  const token = await asNobody(machine, async (tx) => {
    const personId = await prove(tx)
    const started = personId === null ? null : await beginSession(tx, personId, strength, place, requestId)
    if (started === null) await noteSignIn(tx, `sign_in_${strength}`, 'denied', requestId)
    return started
  })
  // One answer for a wrong name, password, code or key: which one it was is nobody's to learn.
  if (token === null) throw new Refused(401, 'sign_in_failed')
  giveSession(c, machine, token)
  return c.json({ done: true })
}

async function stepUp(
  c: Context,
  machine: Machine,
  strength: Strength,
  prove: (tx: Tx) => Promise<boolean>,
): Promise<Response> {
  const token = await reading(c, machine, null, async (tx) => {
    if (await prove(tx)) return renewSession(tx, strength, requestIdOf(c))
    await noteSignIn(tx, `step_up_${strength}`, 'denied', requestIdOf(c))
    return null
  })
  // Not 401: she is still signed in, only this was not proved.
  if (token === null) throw new Refused(409, 'sign_in_failed')
  giveSession(c, machine, token)
  return c.json({ done: true })
}

/** Whose passkey this is and the counter it showed, or null. The database then takes the counter, once. */
async function provePasskey(
  machine: Machine,
  door: Door,
  id: string,
  response: z.infer<typeof ProvedPasskey>,
  purpose: ChallengeFor,
  about: string | null,
): Promise<{ personId: string; id: string; counter: number } | null> {
  const { challenge, passkey } = await asNobody(machine, async (tx) => ({
    challenge: await takeChallenge(tx, id, purpose, about),
    passkey: await passkeyFacts(tx, response.id),
  }))
  if (challenge === null || passkey === null) return null
  // The schema checked the outline; the package checks the rest, and the signature everything.
  const counter = await passkeyProved(door, challenge, response as unknown as AuthenticationResponseJSON, passkey)
  return counter === null ? null : { personId: passkey.personId, id: passkey.id, counter }
}

type Proved = PasswordFacts & { step: number; newHash: string | null }

/** The same work for a name nobody has: Argon2id and a code are always checked, and only then is anything said. */
async function provePassword(machine: Machine, proof: z.infer<typeof PasswordProof>): Promise<Proved | null> {
  // While the keys are sealed this door is shut for everybody, or a name's codes would tell that it is known.
  if ((await machine.keys.status()) !== 'ok') throw new KeysSealed()
  const { account, moment } = await asNobody(machine, (tx) => passwordFacts(tx, proof.login))
  const secret = await unwrapTotp(machine.keys, account)
  const said =
    account === null ? await verifyAgainstNobody(proof.password) : await verifyPassword(account.hash, proof.password)
  if (said === 'busy') throw new Refused(429, 'busy')
  const step = checkTotp(secret, proof.code, toMillis(moment), account?.lastStep ?? null)
  if (said === 'wrong' || account === null || step === null) return null
  const renewed = needsRehash(account.hash) ? await hashPassword(proof.password) : null
  return { ...account, step, newHash: renewed?.ok === true ? renewed.change : null }
}

/** A transaction of somebody who has not signed in: she sees nothing but what a function answers her. */
export function asNobody<T>(machine: Machine, work: (tx: Tx) => Promise<T>): Promise<T> {
  return machine.db.app.transaction().execute(work)
}

/** The own doorway of a browser profile that proves itself and in which this person has signed in before. */
async function doorwayOf(c: Context, machine: Machine, login: string, key: Uint8Array | null): Promise<Doorway> {
  const isKnown = key !== null && (await asNobody(machine, (tx) => isKnownProfile(tx, login, key)))
  return isKnown && (await proofOf(c, machine, key)) === 'holds'
    ? { known: `profile|${login}|${sha256Hex(key)}` }
    : { login, address: addressOf(c, machine) }
}

function mustWait(c: Context, seconds: number): Response {
  c.header('retry-after', String(seconds))
  return c.json({ error: 'wait', seconds, requestId: requestIdOf(c) }, 429)
}

export function doorAt(c: Context, machine: Machine): Door {
  return doorOf(machine.config.origin ?? new URL(c.req.url).origin)
}

export async function placeOf(c: Context, shared: boolean): Promise<Place> {
  const said = c.req.header(KEY_HEADER)
  const key = said === undefined ? null : await readPublicHalf(said)
  if (said !== undefined && key === null) throw new BadRequest([KEY_HEADER])
  return { ...browserOf(c.req.header('user-agent') ?? ''), shared, key }
}
