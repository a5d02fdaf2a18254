import { sql } from 'kysely'
import type { Instant } from '../../core/time.ts'
import { sha256Hex } from '../../crypto/hash.ts'
import type { Passkey } from '../../crypto/passkey.ts'
import { newId } from '../../crypto/random.ts'
import type { Tx } from '../../server/as-person.ts'
import { type Bucket, BUCKETS } from './throttle.ts'

/** A stranger's try at a name, or one of somebody known, whom no stranger's tries count against. */
export type Doorway = { login: string; address: string } | { known: string }

type Kept = { key: string; bucket: Bucket; own: boolean }

/** The buckets of one try. Only their hashes are kept. */
function bucketsOf(doorway: Doorway): Kept[] {
  if ('known' in doorway)
    return [{ key: sha256Hex(`kembali/throttle/1|known|${doorway.known}`), bucket: BUCKETS.own, own: true }]
  const { login, address } = doorway
  return [
    { key: sha256Hex(`kembali/throttle/1|account|${login}`), bucket: BUCKETS.account, own: true },
    {
      key: sha256Hex(`kembali/throttle/1|account at|${login}|${address}`),
      bucket: BUCKETS.accountAtAddress,
      own: true,
    },
    { key: sha256Hex(`kembali/throttle/1|address|${address}`), bucket: BUCKETS.address, own: false },
    { key: sha256Hex('kembali/throttle/1|everywhere'), bucket: BUCKETS.everywhere, own: false },
  ]
}

/** Takes a turn at the password door; answers the seconds to wait, 0 when this is a turn. */
export async function takeTurn(tx: Tx, doorway: Doorway): Promise<number> {
  const kept = bucketsOf(doorway)
  const found = await sql<{ wait: number }>`select kembali.throttle_take(
    ${kept.map(({ key }) => key)}::text[], ${kept.map(({ bucket }) => bucket.free)}::int[],
    ${kept.map(({ bucket }) => bucket.capSeconds)}::float8[], ${kept.map(({ bucket }) => bucket.forgetSeconds)}::int[]) as wait`.execute(
    tx,
  )
  return found.rows[0]?.wait ?? 0
}

/** Whether a session of the person of this name began in the browser profile with this key. */
export async function isKnownProfile(tx: Tx, login: string, key: Uint8Array): Promise<boolean> {
  const found = await sql<{ known: boolean }>`select kembali.is_known_profile(${login}, ${key}) as known`.execute(tx)
  return found.rows[0]?.known === true
}

/** Gives the turn back to somebody who proved right. */
export async function turnWasRight(tx: Tx, doorway: Doorway): Promise<void> {
  const kept = bucketsOf(doorway)
  const keys = (own: boolean) => kept.filter((one) => one.own === own).map(({ key }) => key)
  await sql`select kembali.throttle_right(${keys(true)}::text[], ${keys(false)}::text[])`.execute(tx)
}

export type PasswordFacts = {
  personId: string
  hash: string
  epoch: string
  wrapped: Uint8Array
  lastStep: number
}

/** What a password is compared with, or null for a name nobody has; and the server's moment, which tests can move. */
export async function passwordFacts(
  tx: Tx,
  login: string,
): Promise<{ account: PasswordFacts | null; moment: Instant }> {
  const found = await sql<
    { [K in keyof PasswordFacts]: PasswordFacts[K] | null } & { moment: Instant }
  >`select person_id, hash, epoch, wrapped, last_step, moment from kembali.password_facts(${login})`.execute(tx)
  const [row] = found.rows
  if (row === undefined) throw new Error('password_facts always answers one row')
  const { personId, hash, epoch, wrapped, lastStep, moment } = row
  const isKnown = personId !== null && hash !== null && epoch !== null && wrapped !== null && lastStep !== null
  return { account: isKnown ? { personId, hash, epoch, wrapped, lastStep } : null, moment }
}

/** False when this code, or a later one, was taken already. */
export async function takeTotpStep(tx: Tx, personId: string, step: number): Promise<boolean> {
  const found = await sql<{ taken: boolean }>`select kembali.totp_take(${personId}, ${step}) as taken`.execute(tx)
  return found.rows[0]?.taken === true
}

export async function keepNewHash(tx: Tx, personId: string, before: string, hash: string): Promise<void> {
  await sql`select kembali.password_rehash(${personId}, ${before}, ${hash})`.execute(tx)
}

export type ChallengeFor = 'sign_in' | 'step_up' | 'add' | 'enrol'

/**
 * Keeps what a passkey is asked to sign. Where too many wait the oldest gives way: of this address while nobody has signed
 * in, else of this person, so that nobody can be crowded out by who only asks.
 */
export async function putChallenge(
  tx: Tx,
  value: string,
  purpose: ChallengeFor,
  about: { address: string } | { id: string },
): Promise<string> {
  const id = newId()
  const asker = 'address' in about ? sha256Hex(`kembali/challenge/1|${about.address}`) : null
  const known = 'id' in about ? about.id : null
  await sql`select kembali.challenge_put(${id}, ${value}, ${purpose}, ${known}, ${asker})`.execute(tx)
  return id
}

/** Takes a challenge, which no second answer can use. */
export async function takeChallenge(
  tx: Tx,
  id: string,
  purpose: ChallengeFor,
  about: string | null,
): Promise<string | null> {
  const found = await sql<{ value: string | null }>`
    select kembali.challenge_take(${id}, ${purpose}, ${about}) as value`.execute(tx)
  return found.rows[0]?.value ?? null
}

export async function passkeyFacts(tx: Tx, id: string): Promise<(Passkey & { personId: string }) | null> {
  const found = await sql<Passkey & { personId: string }>`
    select person_id, public_key, counter, transports, ${id}::text as id from kembali.passkey_facts(${id})`.execute(tx)
  return found.rows[0] ?? null
}

/** False when the counter did not move on: two authenticators hold this key. */
export async function notePasskeyUse(tx: Tx, id: string, counter: number): Promise<boolean> {
  const found = await sql<{ used: boolean }>`select kembali.passkey_used(${id}, ${counter}) as used`.execute(tx)
  return found.rows[0]?.used === true
}

export type MyPasskey = { id: string; madeAt: string; usedAt: string | null; backedUp: boolean }

export async function myPasskeys(tx: Tx, personId: string): Promise<MyPasskey[]> {
  const found = await sql<MyPasskey>`
    select id, made_at, used_at, backed_up from passkey where person_id = ${personId} order by made_at`.execute(tx)
  return found.rows
}

export async function addMyPasskey(tx: Tx, made: Passkey, requestId: string): Promise<string> {
  const { id, publicKey, counter, transports, backedUp } = made
  const found = await sql<{ answer: string }>`
    select kembali.my_passkey_add(${id}, ${publicKey}, ${counter}, ${transports}::text[], ${backedUp}, ${requestId}) as answer`.execute(
    tx,
  )
  return found.rows[0]?.answer ?? 'not_found'
}

export async function removeMyPasskey(tx: Tx, id: string, requestId: string): Promise<string> {
  const found = await sql<{ answer: string }>`select kembali.my_passkey_remove(${id}, ${requestId}) as answer`.execute(
    tx,
  )
  return found.rows[0]?.answer ?? 'not_found'
}
