import { sql } from 'kysely'
import * as z from 'zod'
import type { Person } from '../core/access.ts'
import { DeviceId } from '../core/ids.ts'
import type { Part } from '../core/part.ts'
import type { CaseCipher } from '../crypto/case-cipher.ts'
import { asPerson, type Tx } from './as-person.ts'
import type { PackRow } from './feature.ts'
import type { OpenCase } from './key-broker.ts'
import type { Machine } from './machine.ts'

export const PullRequest = z.strictObject({ device: DeviceId, cursor: z.string().max(200).nullable() })
export type PullRequest = z.infer<typeof PullRequest>

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
  return asPerson(machine.db, sid, null, async (tx, me) => {
    const since = cursorOf(machine.epoch, request.cursor)
    const held = since === null ? await forgetAll(tx, request.device) : await heldCases(tx, request.device)
    const own = await ownOpenCases(tx, me)
    const horizon = await snapshotHorizon(tx)
    const forget = held.filter((caseId) => !own.includes(caseId))
    const fresh = own.filter((caseId) => !held.includes(caseId))
    const now = fresh.slice(0, CASES_A_PAGE)
    const put = await rowsOf(machine, tx, me, now, requestId)
    const known = held.filter((caseId) => own.includes(caseId))
    if (since !== null) put.push(...(await changedRows(machine, tx, me, known, since, horizon, requestId)))
    await remember(tx, me, request.device, now, forget)
    return { epoch: machine.epoch, cursor: `${machine.epoch}.${horizon}`, more: fresh.length > now.length, put, forget }
  })
}

function cursorOf(epoch: string, cursor: string | null): string | null {
  if (cursor === null || !cursor.startsWith(`${epoch}.`)) return null
  const since = cursor.slice(epoch.length + 1)
  return /^\d{1,20}$/.test(since) ? since : null
}

async function heldCases(tx: Tx, device: string): Promise<string[]> {
  const found = await sql<{
    caseId: string
  }>`select distinct case_id from device_pack where device_id = ${device}`.execute(tx)
  return found.rows.map((row) => row.caseId)
}

async function forgetAll(tx: Tx, device: string): Promise<string[]> {
  await sql`delete from device_pack where device_id = ${device}`.execute(tx)
  return []
}

async function ownOpenCases(tx: Tx, me: Person): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select id from child_case where worker_id = ${me.id} and state = 'open' order by opened_at desc, id limit ${CARDS}`.execute(
    tx,
  )
  return found.rows.map((row) => row.id)
}

async function snapshotHorizon(tx: Tx): Promise<string> {
  const found = await sql<{ xmin: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`.execute(tx)
  return found.rows[0]?.xmin ?? '0'
}

/** Whole rows of the given cases, of every part a card holds. */
async function rowsOf(machine: Machine, tx: Tx, me: Person, caseIds: string[], requestId: string): Promise<PackRow[]> {
  if (caseIds.length === 0) return []
  const opened = new Map<string, OpenCase>()
  try {
    const rows: PackRow[] = []
    for (const feature of machine.features)
      for (const reader of feature.packs)
        rows.push(...(await reader.read(tx, caseIds, (caseId) => cipherOf(caseId, reader.part))))
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

type Touched = { caseId: string; rowId: string; part: string; clear: { thing?: string; set?: Record<string, unknown> } }

/** Rows that operations touched since the cursor, with only the fields that were set where the thing is mutable. */
async function changedRows(
  machine: Machine,
  tx: Tx,
  me: Person,
  caseIds: string[],
  since: string,
  horizon: string,
  requestId: string,
): Promise<PackRow[]> {
  if (caseIds.length === 0) return []
  const found = await sql<Touched>`
    select case_id, row_id, part, clear from op_log
     where case_id = any(${caseIds}::uuid[]) and xid >= ${since}::text::xid8 and xid < ${horizon}::text::xid8`.execute(
    tx,
  )
  const touched = new Set(found.rows.map((row) => row.rowId))
  if (touched.size === 0) return []
  const cases = [...new Set(found.rows.map((row) => row.caseId))]
  const rows = await rowsOf(machine, tx, me, cases, requestId)
  return rows.filter(
    (row) =>
      touched.has(row.id) &&
      found.rows.some((op) => op.rowId === row.id && (op.clear.thing ?? row.thing) === row.thing),
  )
}

async function remember(tx: Tx, me: Person, device: string, given: string[], forgotten: string[]): Promise<void> {
  for (const caseId of given)
    for (const part of ['services', 'justice', 'identity'])
      await sql`insert into device_pack (device_id, person_id, sector, case_id, part)
        values (${device}, ${me.id}, ${me.sector}, ${caseId}, ${part}) on conflict do nothing`.execute(tx)
  if (forgotten.length > 0)
    await sql`delete from device_pack where device_id = ${device} and case_id = any(${forgotten}::uuid[])`.execute(tx)
}
