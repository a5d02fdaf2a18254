import { sql } from 'kysely'
import type { Person } from '../core/access.ts'
import type { Answer, Op } from '../core/op.ts'
import type { Part } from '../core/part.ts'
import { nameOf } from '../core/upgrade.ts'
import type { CaseCipher } from '../crypto/case-cipher.ts'
import type { KeyProvider } from '../crypto/provider.ts'
import type { Tx } from './as-person.ts'
import { DOMAIN } from './audit.ts'
import { canonicalJson } from './canonical-json.ts'
import { gathered, gatheredAct, hexOf } from './gathered.ts'

/** The number of `op_log.body` in the schema registry: bound into its envelopes. */
export const OP_LOG_FIELD = 1

/** The id stands for another operation already, perhaps somebody else's. */
export const USED_BY_ANOTHER = Symbol('used by another operation')

/** A batch that names an operation id already used for something else: nothing of it was applied. */
export class OpIdReused extends Error {
  readonly opId: string
  constructor(opId: string) {
    super('operation id reused')
    this.opId = opId
  }
}

/** A keyed hash of what an operation says: a bare hash of a short payload could be guessed (security.md 9.3). */
export function macOfOp(keys: KeyProvider, op: Op): Promise<Uint8Array> {
  return keys.mac('PK', DOMAIN, new TextEncoder().encode(`kembali/op/1|${canonicalJson(op)}`))
}

/** The first answer to this very operation, null when it is new. */
export async function findAnswer(
  tx: Tx,
  opId: string,
  mac: Uint8Array,
): Promise<Answer | typeof USED_BY_ANOTHER | null> {
  const found = await sql<FoundAnswer>`select * from kembali.op_answer(${opId})`.execute(tx)
  return answerIn(found.rows, mac)
}

/** The same once the case is locked: another connection may have brought this very operation while we waited for it. */
export async function lockAndFindAnswer(
  tx: Tx,
  caseId: string,
  opId: string,
  mac: Uint8Array,
): Promise<Answer | typeof USED_BY_ANOTHER | null> {
  return answerIn(await lockAndFind(tx, { caseId, opId }), mac)
}

const lockAndFind = gathered(async (tx, asks: readonly { caseId: string; opId: string }[]) => {
  // In one order whoever asks: two that want the same cases then wait for each other, and never both for ever.
  const cases = [...new Set(asks.map(({ caseId }) => caseId))].sort()
  const ops = asks.map(({ opId }) => opId)
  const found = await sql<FoundAnswer & { opId: string }>`
    select * from kembali.lock_for_operations(${cases}::text[], ${ops}::uuid[])`.execute(tx)
  return asks.map(({ opId }) => found.rows.filter((row) => row.opId === opId))
})

type FoundAnswer = { mine: boolean; payloadMac: Uint8Array | null; answer: Answer | null }

function answerIn([row]: readonly FoundAnswer[], mac: Uint8Array): Answer | typeof USED_BY_ANOTHER | null {
  if (row === undefined) return null
  if (!row.mine || row.payloadMac === null || row.answer === null || Buffer.compare(row.payloadMac, mac) !== 0)
    return USED_BY_ANOTHER
  return row.answer
}

/** Logs an operation that changed nothing: its keyed hash and its answer, no case. */
export async function logAnswer(tx: Tx, keys: KeyProvider, me: Person, op: Op, answer: Answer): Promise<void> {
  const mac = await macOfOp(keys, op)
  await sql`insert into op_log (op_id, device, seq, type, actor, payload_mac, answer, claimed_at, flagged)
    values (${op.opId}, ${op.device}, ${op.seq}, ${nameOf(op.type)}, ${me.id}, ${mac}, ${JSON.stringify(answer)}, ${op.claimedAt}, false)`.execute(
    tx,
  )
}

export type Applied = {
  caseId: string
  part: Part
  rowId: string
  logged: { clear: Record<string, unknown> }
  words: { cipher: CaseCipher; value: Record<string, unknown> } | null
}

/** Logs an accepted operation: its codes in the clear, its words under the case's key, erased with the case. */
export async function logApplied(
  tx: Tx,
  mac: Uint8Array,
  me: Person,
  op: Op,
  answer: Answer,
  applied: Applied,
): Promise<void> {
  const body = applied.words === null ? null : applied.words.cipher.seal(OP_LOG_FIELD, op.opId, applied.words.value)
  await logOne(tx, {
    op_id: op.opId,
    device: op.device,
    seq: op.seq,
    type: nameOf(op.type),
    actor: me.id,
    case_id: applied.caseId,
    part: applied.part,
    row_id: applied.rowId,
    payload_mac: hexOf(mac),
    clear: applied.logged.clear,
    body: hexOf(body),
    answer,
    claimed_at: op.claimedAt,
  })
}

/** As the table names it: it goes there as JSON. */
type LoggedRow = Record<string, unknown> & { device: string }

const logOne = gatheredAct(async (tx, rows: readonly LoggedRow[]) => {
  // A claim that reaches more than a day behind this device's last contact is kept and shown as such (security.md 9.3).
  await sql`insert into op_log (op_id, device, seq, type, actor, case_id, part, row_id, payload_mac, clear, body, answer, claimed_at, flagged)
    select r.op_id, r.device, r.seq, r.type, r.actor, r.case_id, r.part, r.row_id, r.payload_mac, r.clear, r.body, r.answer, r.claimed_at,
           coalesce(r.claimed_at < h.heard_at - interval '24 hours', false)
      from jsonb_populate_recordset(null::op_log, ${JSON.stringify(rows)}::jsonb) r
      left join kembali.devices_last_heard(${[...new Set(rows.map(({ device }) => device))]}::uuid[]) h on h.device = r.device`.execute(
    tx,
  )
})

/** Whether something this device made earlier has not arrived yet. */
export async function deviceHasGap(tx: Tx, op: Op): Promise<boolean> {
  const found = await sql<{ gap: boolean }>`select kembali.device_has_gap(${op.device}, ${op.seq}) as gap`.execute(tx)
  return found.rows[0]?.gap ?? false
}
