import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { sql } from 'kysely'
import { readProof } from '../crypto/device-proof.ts'
import { sha256, sha256Hex } from '../crypto/hash.ts'
import { NotSignedIn } from './as-person.ts'
import { type App, cookieName, Refused, textOf } from './http.ts'
import type { Machine } from './machine.ts'

/** The header that carries the proof, and the one that names the profile's key where a session begins. */
const PROOF_HEADER = 'x-kembali-proof'
export const KEY_HEADER = 'x-kembali-key'

/** How far the moment of a proof may lie before ours, and after: phones ask with our clock, as far as they have heard it. */
const LATE_MS = 5 * 60_000
const EARLY_MS = 60_000
/** Sessions whose keys are remembered; a key never changes within its session. */
const REMEMBERED = 5000

/**
 * Where a session begins, or may end from a page that is going away; and the inbox, which takes from anybody; and what a
 * locked phone hands in, which is proved by the phone's own key. Every other request that sends something asks for the proof: a stolen cookie alone moves no file and makes no key of its own.
 */
const UNBOUND = /^\/api\/(sign-in\/.*|enrol\/.*|sign-out|inbox|phone\/jotted)$/

/** Whether nobody has heard this proof, here or at another server on the same database. */
async function isNew(machine: Machine, nonce: string): Promise<boolean> {
  const seconds = (LATE_MS + EARLY_MS) / 1000
  const found = await machine.db.app
    .transaction()
    .execute((tx) => sql<{ new: boolean }>`select kembali.hear_proof(${sha256(nonce)}, ${seconds}) as new`.execute(tx))
  return found.rows[0]?.new === true
}

/** Whether the profile with this key asks this, now and once. */
export async function proofOf(
  c: Context,
  machine: Machine,
  key: Uint8Array,
): Promise<'holds' | 'other_clock' | 'none'> {
  const asked = { method: c.req.method, path: c.req.path, body: await textOf(c) }
  const proof = await readProof(key, asked, c.req.header(PROOF_HEADER) ?? '')
  if (proof === null) return 'none'
  const now = Date.now()
  if (proof.at < now - LATE_MS || proof.at > now + EARLY_MS) return 'other_clock'
  return (await isNew(machine, proof.nonce)) ? 'holds' : 'none'
}

/**
 * Asks a proof of every request that sends something in a session that began with a profile's key (security.md 4). A session
 * of a browser that can keep no key began without one, and is asked for none.
 */
export function bindToDevice(app: App, machine: Machine): void {
  const keys = new Map<string, Uint8Array | null>()

  async function keyOf(sid: string): Promise<Uint8Array | null> {
    const name = sha256Hex(sid)
    const known = keys.get(name)
    if (known !== undefined) return known
    const key = await machine.db.app.transaction().execute(async (tx) => {
      await sql`select set_config('kembali.sid', ${sid}, true)`.execute(tx)
      const found = await sql<{ key: Uint8Array | null }>`select kembali.my_device_key() as key`.execute(tx)
      return found.rows[0]?.key ?? null
    })
    if (keys.size >= REMEMBERED) keys.clear()
    keys.set(name, key)
    return key
  }

  async function check(c: Context): Promise<void> {
    const sid = getCookie(c, cookieName(machine))
    const key = sid === undefined ? null : await keyOf(sid)
    if (key === null) return
    const proof = await proofOf(c, machine, key)
    if (proof === 'other_clock') throw new Refused(409, 'other_clock')
    // Like a session that has ended: whoever holds the keys of this person signs in again, and gets one of her own.
    if (proof === 'none') throw new NotSignedIn()
  }

  app.use('/api/*', async (c, next) => {
    if (c.req.method === 'POST' && !UNBOUND.test(c.req.path)) await check(c)
    await next()
  })
}
