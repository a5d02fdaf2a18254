import { sql } from 'kysely'
import * as z from 'zod'
import type { Person } from '../core/access.ts'
import { DeviceId } from '../core/ids.ts'
import type { Part } from '../core/part.ts'
import type { CaseCipher } from '../crypto/case-cipher.ts'
import { asPerson, type Tx } from './as-person.ts'
import type { PackReader, PackRow } from './feature.ts'
import type { OpenCase } from './key-broker.ts'
import type { Machine } from './machine.ts'

export const PullRequest = z.strictObject({
  device: DeviceId,
  cursor: z.string().max(200).nullable(),
  /** Whether somebody used the page since the last round; a round nobody was there for keeps no session alive. */
  attended: z.boolean().default(true),
})
export type PullRequest = z.input<typeof PullRequest>

export type PullAnswer = { epoch: string; cursor: string; more: boolean; put: PackRow[]; forget: string[] }

/** What a device may hold at most: the cards of its owner's open cases (security.md 5). */
const CARDS = 60
/** Whole cases sent in one answer, so that a thin line gets somewhere before it breaks. */
const CASES_A_PAGE = 20

/**
 * What changed for one device since its cursor: whole cards of cases new to it, then only the fields that were set,
 * and the cases it must forget because access has ended. The cursor is the deployment's epoch and a transaction number
 * below every transaction still under way, so that nothing is skipped.
 */
export function pull(machine: Machine, sid: string, request: PullRequest, requestId: string): Promise<PullAnswer> {
  const answer = async (tx: Tx, me: Person): Promise<PullAnswer> => {
    const { device } = request
    const since = cursorOf(machine.epoch, request.cursor)
    const held = since === null ? await forgetAll(tx, device) : await heldCases(tx, device)
    const own = await ownOpenCases(tx, me, device)
    const horizon = await snapshotHorizon(tx)
    const gone = [...held.keys()].filter((caseId) => !own.has(caseId))
    // What is taken along, put back or hidden is sent whole again, so that the device first forgets what it held.
    const fresh = [...own.keys()].filter((caseId) => !isSame(held.get(caseId), own.get(caseId)))
    const now = fresh.slice(0, CASES_A_PAGE)
    const forget = [...gone, ...now.filter((caseId) => held.has(caseId))]
    const reading = { machine, tx, me, device, requestId, own }
    const put = await rowsOf(reading, now)
    const known = [...held.keys()].filter((caseId) => isSame(held.get(caseId), own.get(caseId)))
    if (since !== null) put.push(...(await changedRows(reading, known, since, horizon)))
    await remember(reading, now, forget)
    return { epoch: machine.epoch, cursor: `${machine.epoch}.${horizon}`, more: fresh.length > now.length, put, forget }
  }
  return asPerson(machine.db, sid, null, answer, request.attended)
}

/** How much of a case a device holds: more on a visit, and no names of a threatened child. */
type Held = { visit: boolean; named: boolean }

function isSame(one: Held | undefined, other: Held | undefined): boolean {
  return one?.visit === other?.visit && one?.named === other?.named
}

type Reading = {
  machine: Machine
  tx: Tx
  me: Person
  device: string
  requestId: string
  /** The cases whose cards belong on this device. */
  own: Map<string, Held>
}

function cursorOf(epoch: string, cursor: string | null): string | null {
  if (cursor === null || !cursor.startsWith(`${epoch}.`)) return null
  const since = cursor.slice(epoch.length + 1)
  return /^\d{1,20}$/.test(since) ? since : null
}

async function heldCases(tx: Tx, device: string): Promise<Map<string, Held>> {
  const found = await sql<Held & { caseId: string }>`
    select case_id, bool_or(visit) as visit, bool_or(named) as named from device_pack where device_id = ${device} group by case_id`.execute(
    tx,
  )
  return new Map(found.rows.map(({ caseId, ...held }) => [caseId, held]))
}

async function forgetAll(tx: Tx, device: string): Promise<Map<string, Held>> {
  await sql`delete from device_pack where device_id = ${device}`.execute(tx)
  return new Map()
}

async function ownOpenCases(tx: Tx, me: Person, device: string): Promise<Map<string, Held>> {
  const found = await sql<Held & { id: string }>`
    select c.id, v.case_id is not null as visit, not c.threatened as named from child_case c
      left join visit_mark v on v.case_id = c.id and v.device_id = ${device} and v.ends_at > kembali.now()
     where c.worker_id = ${me.id} and c.state = 'open' order by (v.case_id is null), c.opened_at desc, c.id limit ${CARDS}`.execute(
    tx,
  )
  return new Map(found.rows.map(({ id, ...held }) => [id, held]))
}

async function snapshotHorizon(tx: Tx): Promise<string> {
  const found = await sql<{ xmin: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`.execute(tx)
  return found.rows[0]?.xmin ?? '0'
}

/** Whole rows of the given cases, of every part a card holds, and of a visit's where the case is taken along. */
async function rowsOf(reading: Reading, caseIds: string[], readers = readersOf(reading.machine)): Promise<PackRow[]> {
  if (caseIds.length === 0) return []
  const { machine, tx, me, device, requestId, own } = reading
  const opened = new Map<string, OpenCase>()
  try {
    const rows: PackRow[] = []
    for (const reader of readers) {
      const wanted = reader.visit === true ? caseIds.filter((caseId) => own.get(caseId)?.visit === true) : caseIds
      if (wanted.length > 0)
        rows.push(...(await reader.read(tx, wanted, (caseId) => cipherOf(caseId, reader.part), device)))
    }
    return rows
  } finally {
    opened.forEach((one) => one.end())
  }

  async function cipherOf(caseId: string, part: Part): Promise<CaseCipher | null> {
    const one =
      opened.get(caseId) ?? (await machine.broker.openCase(tx, { me, caseId, purpose: me.purpose, requestId }, false))
    opened.set(caseId, one)
    // A part this person may not read, or that was never begun, is simply not on the card.
    return one.holds(part) ? one.part(part, 'read') : null
  }
}

function readersOf(machine: Machine): PackReader[] {
  return machine.features.flatMap((feature) => feature.packs)
}

type Touched = { caseId: string; rowId: string; clear: { thing?: string } }

/** Rows that were touched since the cursor, whole as they stand now. */
async function changedRows(reading: Reading, caseIds: string[], since: string, horizon: string): Promise<PackRow[]> {
  if (caseIds.length === 0) return []
  const { machine, tx } = reading
  const found = await sql<Touched>`
    select case_id, row_id, clear from op_log
     where case_id = any(${caseIds}::uuid[]) and xid >= ${since}::text::xid8 and xid < ${horizon}::text::xid8`.execute(
    tx,
  )
  const rows: PackRow[] = []
  for (const reader of readersOf(machine)) {
    const stirred = new Set((await reader.stirred?.(tx, caseIds, since, horizon)) ?? [])
    const follows = new Set(reader.follows)
    for (const op of found.rows) if (follows.has(op.clear.thing ?? '')) stirred.add(op.caseId)
    const touched = new Set(
      found.rows
        .filter(({ clear }) => (clear.thing ?? reader.thing) === reader.thing)
        .map((op) => `${op.caseId}|${op.rowId}`),
    )
    const cases = new Set([...stirred, ...[...touched].map((key) => key.split('|')[0] ?? '')])
    if (cases.size === 0) continue
    const read = await rowsOf(reading, [...cases], [reader])
    rows.push(...read.filter((row) => stirred.has(row.caseId) || touched.has(`${row.caseId}|${row.id}`)))
  }
  return rows
}

async function remember({ tx, me, device, own }: Reading, given: string[], forgotten: string[]): Promise<void> {
  if (forgotten.length > 0)
    await sql`delete from device_pack where device_id = ${device} and case_id = any(${forgotten}::uuid[])`.execute(tx)
  for (const caseId of given) {
    const { visit = false, named = false } = own.get(caseId) ?? {}
    for (const part of ['services', 'justice', 'identity'])
      await sql`insert into device_pack (device_id, person_id, sector, case_id, part, visit, named)
        values (${device}, ${me.id}, ${me.sector}, ${caseId}, ${part}, ${visit}, ${named}) on conflict do nothing`.execute(
        tx,
      )
  }
}
