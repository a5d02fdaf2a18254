import { sql } from 'kysely'
import * as z from 'zod'
import { DeviceId, OpId, PersonId } from '../core/ids.ts'
import { type Answer, Op } from '../core/op.ts'
import { EnvelopeError } from '../crypto/errors.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { inboxAad } from '../crypto/outbox-seal.ts'
import { asPerson, type Tx } from './as-person.ts'
import { DOMAIN } from './audit.ts'
import { acceptOperations } from './gate.ts'
import type { Machine } from './machine.ts'
import { OpIdReused } from './op-log.ts'
import { NOT_OURS, readJson } from './read-json.ts'

/** One sealed operation takes at most this many bytes: padding makes 128 KiB of any larger one. */
const MOST_BYTES = 140_000

const Message = z.strictObject({
  person: PersonId,
  device: DeviceId,
  opId: OpId,
  sealed: z
    .base64url()
    .min(100)
    .max(Math.ceil((MOST_BYTES * 4) / 3)),
})

/** What a phone sends that cannot sign in: sealed operations, and whose each is. */
export const SealedBatch = z.strictObject({ messages: z.array(Message).min(1).max(20) })
export type SealedBatch = z.infer<typeof SealedBatch>

/** Keeps what came, unopened; false when too much waits or came from this address. Who exists does not show in it. */
export async function putIntoInbox(machine: Machine, { messages }: SealedBatch, address: string): Promise<boolean> {
  const sender = sha256Hex(`kembali/inbox/1|${address}`)
  return machine.db.app.transaction().execute(async (tx) => {
    for (const { person, opId, device, sealed } of messages) {
      const bytes = Buffer.from(sealed, 'base64url')
      const found = await sql<{ kept: boolean }>`
        select kembali.inbox_put(${person}, ${opId}, ${device}, ${bytes}, ${sender}) as kept`.execute(tx)
      if (found.rows[0]?.kept !== true) return false
    }
    return true
  })
}

/** What this person's device puts inside each sealed operation, so that nobody else can write in her name. */
export function inboxProof(machine: Machine, person: string, device: string): Promise<string> {
  return machine.keys
    .mac('PK', DOMAIN, new TextEncoder().encode(`kembali/inbox-proof/1|${person}|${device}`))
    .then((mac) => Buffer.from(mac).toString('base64url'))
}

/** An operation from her inbox that her phone must show: without an answer she is asked whether it is hers. */
export type ToLookAt = { op: Op; answer: Answer | null }

export type InboxAnswer = { toLookAt: ToLookAt[]; unreadable: number }

/**
 * Opens what waits for the person of this session and runs it in that session. Accepted operations are done with; what
 * the gate refused, and what carries no proof, stays until her phone has taken it over: nothing typed is lost.
 */
export async function openInbox(machine: Machine, sid: string, requestId: string): Promise<InboxAnswer> {
  await runWaiting(machine, sid, requestId, true)
  return asPerson(machine.db, sid, null, async (tx) => {
    const rows = await rowsOf(tx, ['to_look_at', 'unreadable'])
    const toLookAt: ToLookAt[] = []
    for (const row of rows) {
      const opened = row.state === 'unreadable' ? null : await openRow(machine, row)
      if (opened !== null) toLookAt.push({ op: opened.op, answer: row.answer })
    }
    return { toLookAt, unreadable: rows.length - toLookAt.length }
  })
}

/** The first half alone: what a device's pull does, so that waiting work arrives whatever the phone knows of inboxes. */
export async function runWaiting(machine: Machine, sid: string, requestId: string, attended: boolean): Promise<void> {
  for (const row of await findWaiting(machine, sid, attended)) await runOne(machine, sid, row, requestId)
}

/** Lets go of what her phone has taken over. */
export async function takeFromInbox(machine: Machine, sid: string, opIds: string[]): Promise<void> {
  await asPerson(machine.db, sid, null, (tx) =>
    sql`delete from op_inbox where state = 'to_look_at' and op_id = any(${opIds}::uuid[])`.execute(tx),
  )
}

type Row = {
  personId: string
  opId: string
  device: string
  digest: Uint8Array
  sealed: Uint8Array
  state: 'waiting' | 'to_look_at' | 'unreadable'
  answer: Answer | null
}

/** In the order in which they were made: an operation's id sorts by its moment. */
async function rowsOf(tx: Tx, states: Row['state'][]): Promise<Row[]> {
  const found = await sql<Row>`
    select person_id, op_id, device, digest, sealed, state, answer from op_inbox
     where state = any(${states}::text[]) order by op_id`.execute(tx)
  return found.rows
}

function findWaiting(machine: Machine, sid: string, attended: boolean): Promise<Row[]> {
  return asPerson(machine.db, sid, null, (tx) => rowsOf(tx, ['waiting']), attended)
}

async function runOne(machine: Machine, sid: string, row: Row, requestId: string): Promise<void> {
  const opened = await openRow(machine, row)
  if (opened === null) return setState(machine, sid, row, 'unreadable', null)
  if (!opened.isProven) return setState(machine, sid, row, 'to_look_at', null)
  const answer = await answerOf(machine, sid, opened.op, requestId)
  // Not the moment for it: it waits for the next time she is here.
  if (answer?.answer === 'retry') return undefined
  if (answer?.answer !== 'accepted') return setState(machine, sid, row, 'to_look_at', answer)
  await asPerson(machine.db, sid, null, (tx) =>
    sql`delete from op_inbox where op_id = ${row.opId} and digest = ${row.digest}`.execute(tx),
  )
}

/** Null: its id stands for another operation of hers, so she must look at both. */
async function answerOf(machine: Machine, sid: string, op: Op, requestId: string): Promise<Answer | null> {
  try {
    const [answer] = await acceptOperations(machine, sid, [op], requestId)
    return answer ?? null
  } catch (error) {
    if (error instanceof OpIdReused) return null
    throw error
  }
}

async function setState(
  machine: Machine,
  sid: string,
  row: Row,
  state: Row['state'],
  answer: Answer | null,
): Promise<void> {
  await asPerson(machine.db, sid, null, (tx) =>
    sql`update op_inbox set state = ${state}, answer = ${answer === null ? null : JSON.stringify(answer)}::jsonb
      where op_id = ${row.opId} and digest = ${row.digest}`.execute(tx),
  )
}

const Sealed = z.strictObject({ proof: z.string().max(100).nullable(), op: Op })

/** Null when no key of ours opens it, or what is inside is not the operation that was announced. */
async function openRow(machine: Machine, row: Row): Promise<{ op: Op; isProven: boolean } | null> {
  const aad = inboxAad({ person: row.personId, device: row.device, opId: row.opId })
  const plain = await machine.outboxKey.open(row.sealed, aad).catch((error: unknown) => {
    if (error instanceof EnvelopeError) return null
    throw error
  })
  const json = plain === null ? NOT_OURS : readJson(new TextDecoder().decode(plain))
  const found = json === NOT_OURS ? null : Sealed.safeParse(json)
  if (found?.success !== true || found.data.op.opId !== row.opId || found.data.op.device !== row.device) return null
  const op = found.data.op as Op // the schema brands its moments
  const proof = await inboxProof(machine, row.personId, row.device)
  return { op, isProven: found.data.proof === proof }
}
