import { sql } from 'kysely'
import * as z from 'zod'
import type { Instant } from '../../core/time.ts'
import { fromBase64url, toBase64url } from '../../crypto/base64url.ts'
import { sha256Hex } from '../../crypto/hash.ts'
import type { KeyProvider } from '../../crypto/provider.ts'
import { makePushPair, type PushPair } from '../../crypto/web-push.ts'
import { asClock, type Tx } from '../../server/as-person.ts'
import type { Database } from '../../server/database.ts'
import { EPOCH } from '../../server/keys.ts'
import type { Said, Stage } from './notice.ts'

/** Something kept under the epoch key, and the epoch it was. */
export type Wrapped = { epoch: string; wrapped: Uint8Array }

/** Where notices go is kept only under the epoch key, bound to whose it is. */
async function wrap(keys: KeyProvider, about: string, text: string): Promise<Wrapped> {
  return { epoch: EPOCH.epoch, wrapped: await keys.wrap(EPOCH, new TextEncoder().encode(text), boundTo(about)) }
}

async function unwrap(keys: KeyProvider, about: string, { epoch, wrapped }: Wrapped): Promise<string> {
  return new TextDecoder().decode(await keys.unwrap({ ...EPOCH, epoch }, wrapped, boundTo(about)))
}

function boundTo(about: string): Uint8Array {
  return new TextEncoder().encode(`kembali/notices/1|${about}`)
}

/** What a browser's push service gave it. */
export const Subscription = z.strictObject({
  endpoint: z.string().min(20).max(1000),
  p256dh: z.string().length(87),
  auth: z.string().length(22),
})
export type Subscription = z.infer<typeof Subscription>

export function wrapAddress(keys: KeyProvider, personId: string, address: string): Promise<Wrapped> {
  return wrap(keys, `mail|${personId}`, address)
}
export function unwrapAddress(keys: KeyProvider, personId: string, row: Wrapped): Promise<string> {
  return unwrap(keys, `mail|${personId}`, row)
}
export function wrapSubscription(keys: KeyProvider, deviceId: string, subscription: Subscription): Promise<Wrapped> {
  return wrap(keys, `push|${deviceId}`, JSON.stringify(subscription))
}
export async function unwrapSubscription(keys: KeyProvider, deviceId: string, row: Wrapped): Promise<Subscription> {
  return Subscription.parse(JSON.parse(await unwrap(keys, `push|${deviceId}`, row)))
}

export type MailRow = Wrapped & {
  language: string
  confirmedAt: Instant | null
  codeHash: Uint8Array | null
  codeMadeAt: Instant | null
  codeTries: number
}

/** The asking person's own address, locked for this transaction; null where she has given none. */
export async function myMail(tx: Tx, personId: string): Promise<MailRow | null> {
  const found = await sql<MailRow>`
    select epoch, wrapped, language, confirmed_at, code_hash, code_made_at, code_tries
      from notice_mail where person_id = ${personId} for update`.execute(tx)
  return found.rows[0] ?? null
}

/** Keeps an address nothing goes to yet but the number that proves it hers. */
export async function putMail(
  tx: Tx,
  personId: string,
  { epoch, wrapped }: Wrapped,
  { language, codeHash }: { language: string; codeHash: Uint8Array },
): Promise<void> {
  await sql`insert into notice_mail (person_id, epoch, wrapped, language, code_hash, code_made_at)
    values (${personId}, ${epoch}, ${wrapped}, ${language}, ${codeHash}, kembali.now())
    on conflict (person_id) do update set epoch = excluded.epoch, wrapped = excluded.wrapped, language = excluded.language,
      code_hash = excluded.code_hash, code_made_at = excluded.code_made_at,
      code_tries = 0, confirmed_at = null`.execute(tx)
}

/** Whether a number may be sent now: five are, then each waits longer, so that nobody fills a mailbox with them. */
export async function takeCodeTurn(tx: Tx, personId: string): Promise<boolean> {
  const key = sha256Hex(`notices/code|${personId}`)
  const found = await sql<{ wait: number }>`
    select kembali.throttle_take(array[${key}], array[5], array[86400], array[86400]) as wait`.execute(tx)
  return found.rows[0]?.wait === 0
}

export async function confirmMail(tx: Tx, personId: string): Promise<void> {
  await sql`update notice_mail set confirmed_at = kembali.now(), code_hash = null where person_id = ${personId}`.execute(
    tx,
  )
}

export async function countTry(tx: Tx, personId: string): Promise<void> {
  await sql`update notice_mail set code_tries = code_tries + 1 where person_id = ${personId}`.execute(tx)
}

export async function dropMail(tx: Tx, personId: string): Promise<void> {
  await sql`delete from notice_mail where person_id = ${personId}`.execute(tx)
}

/** The browsers that show this person's notices, and which of them is the one that asks. */
export async function myDevices(tx: Tx): Promise<{ language: string; here: boolean }[]> {
  const found = await sql<{ language: string; here: boolean }>`
    select language, device_key is not distinct from kembali.my_device_key() as here from notice_device`.execute(tx)
  return found.rows
}

/** This browser shows notices from now on; what it had before is forgotten with what was still to go there. */
export async function putDevice(
  tx: Tx,
  personId: string,
  device: { id: string; language: string } & Wrapped,
): Promise<void> {
  await dropDevices(tx, false)
  await sql`insert into notice_device (id, person_id, device_key, epoch, wrapped, language)
    values (${device.id}, ${personId}, kembali.my_device_key(), ${device.epoch}, ${device.wrapped}, ${device.language})`.execute(
    tx,
  )
}

/** Her own only: the policy says so. */
export async function dropDevices(tx: Tx, everywhere: boolean): Promise<void> {
  await sql`delete from notice_device
    where ${everywhere} or device_key is not distinct from kembali.my_device_key()`.execute(tx)
}

/** Her language for what is sent from now on. */
export async function speakTo(tx: Tx, language: string): Promise<void> {
  await sql`update notice_mail set language = ${language}`.execute(tx)
  await sql`update notice_device set language = ${language}
    where device_key is not distinct from kembali.my_device_key()`.execute(tx)
}

/** The database's moment, by which everything here is timed. */
export async function clockNow(tx: Tx): Promise<Instant> {
  const found = await sql<{ now: Instant }>`select kembali.now() as now`.execute(tx)
  const [row] = found.rows
  if (row === undefined) throw new Error('there is always a moment')
  return row.now
}

/** One notice that is due on one way. */
export type DueNotice = Said &
  Wrapped & {
    id: string
    personId: string
    way: 'mail' | 'push'
    deviceId: string | null
    stage: Stage
    tries: number
    language: string
  }

export async function noticesDue(tx: Tx, atMost: number): Promise<DueNotice[]> {
  const found = await sql<DueNotice>`select * from kembali.notices_due(${atMost})`.execute(tx)
  return found.rows
}

/** Not before this moment: for the night, after a failed attempt, or while an attempt is under way. */
export async function holdNotices(tx: Tx, ids: readonly string[], until: Instant): Promise<void> {
  await sql`update notice_out set run_at = ${until} where id = any(${[...ids]}::uuid[])`.execute(tx)
}

export async function countAttempt(tx: Tx, ids: readonly string[], leaseEnds: Instant): Promise<void> {
  await sql`update notice_out set tries = tries + 1, run_at = ${leaseEnds} where id = any(${[...ids]}::uuid[])`.execute(
    tx,
  )
}

export async function endNotices(tx: Tx, ids: readonly string[], outcome: 'sent' | 'over' | 'given_up'): Promise<void> {
  await sql`update notice_out set ended_at = kembali.now(), outcome = ${outcome}
    where id = any(${[...ids]}::uuid[]) and ended_at is null`.execute(tx)
}

/** A browser whose push service knows it no more. */
export async function forgetDevice(tx: Tx, deviceId: string): Promise<void> {
  await sql`delete from notice_device where id = ${deviceId}`.execute(tx)
}

/** What ended a week ago is kept no longer; answers how many. */
export async function forgetNotices(tx: Tx): Promise<number> {
  const done = await sql`delete from notice_out where ended_at < kembali.now() - interval '7 days'`.execute(tx)
  return Number(done.numAffectedRows ?? 0)
}

/** The pair by which push services know this server: made once, its private half only under the epoch key. */
export async function pushPair(db: Database, keys: KeyProvider): Promise<PushPair> {
  const found = (await findPair(db)) ?? (await makePair(db, keys))
  const privateKey = fromBase64url(await unwrap(keys, pairIs(found.publicKey), found))
  if (privateKey === null) throw new Error('wrapped below')
  return { publicKey: found.publicKey, privateKey }
}

type PairRow = Wrapped & { publicKey: Uint8Array }

async function findPair(db: Database): Promise<PairRow | null> {
  const found = await asClock(db, (tx) => sql<PairRow>`select public_key, epoch, wrapped from push_key`.execute(tx))
  return found.rows[0] ?? null
}

async function makePair(db: Database, keys: KeyProvider): Promise<PairRow> {
  const { publicKey, privateKey } = makePushPair()
  const { epoch, wrapped } = await wrap(keys, pairIs(publicKey), toBase64url(privateKey))
  privateKey.fill(0)
  await asClock(db, (tx) =>
    sql`insert into push_key (public_key, epoch, wrapped) values (${publicKey}, ${epoch}, ${wrapped})
      on conflict do nothing`.execute(tx),
  )
  // Two servers may have made one at once: the first one in the table is everybody's.
  const row = await findPair(db)
  if (row === null) throw new Error('the pair was just stored')
  return row
}

/** The private half is bound to its public half, so that neither can be exchanged alone. */
function pairIs(publicKey: Uint8Array): string {
  return `push-key|${toBase64url(publicKey)}`
}
