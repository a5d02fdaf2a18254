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

export type PullAnswer = {
  epoch: string
  cursor: string
  more: boolean
  put: PackRow[]
  forget: string[]
  /** Cases put again without their names: every word typed about them has to go from the device as well. */
  hide: string[]
  /** Whatever was answered before this request lies below this transaction … */
  answeredBelow: string
  /** … and everything below this one is in this answer or an earlier one. */
  sentBelow: string
}

/** What a device may hold at most: the cards of its owner's open cases (security.md 5). */
const CARDS = 60
/** Whole cases sent in one answer, so that a thin line gets somewhere before it breaks. */
const CASES_A_PAGE = 20

/**
 * What changed for one device since its cursor: whole cards of cases new to it, then only the fields that were set,
 * and the cases it must forget because access has ended. The cursor is the deployment's epoch, a transaction number
 * below every transaction still under way, so that nothing is skipped, and the number of the answer: an answer that was
 * lost is never confirmed, and the same cursor is told the same again.
 */
export function pull(machine: Machine, sid: string, request: PullRequest, requestId: string): Promise<PullAnswer> {
  const answer = async (tx: Tx, me: Person): Promise<PullAnswer> => {
    const { device } = request
    await oneAtATime(tx, device)
    const asked = cursorOf(machine.epoch, request.cursor)
    await dropForgotten(tx, device, asked)
    const given = await givenCases(tx, device)
    const held = new Map([...given].filter(([, one]) => isConfirmed(one, asked)))
    const own = await ownOpenCases(tx, me, device)
    const { horizon, mine } = await snapshot(tx)
    const gone = [...given.keys()].filter((caseId) => !own.has(caseId))
    // What is taken along, put back or hidden is sent whole again, so that the device first forgets what it held.
    const fresh = [...own.keys()].filter((caseId) => !isSame(held.get(caseId), own.get(caseId)))
    const now = fresh.slice(0, CASES_A_PAGE)
    const forget = [...gone, ...now.filter((caseId) => given.has(caseId))]
    const hide = now.filter((caseId) => own.get(caseId)?.named === false && mayHoldNames(given.get(caseId), asked))
    const reading = { machine, tx, me, device, requestId, own }
    const put = await rowsOf(reading, now)
    const known = [...held.keys()].filter((caseId) => isSame(held.get(caseId), own.get(caseId)))
    if (asked !== null) put.push(...(await changedRows(reading, known, asked.since, horizon)))
    const number = nextAnswer(asked, given)
    await remember(reading, number, {
      given: now.map((caseId) => ({ caseId, wasNamed: mayHoldNames(given.get(caseId), asked) })),
      gone,
      unsure: [...given.keys()].filter((id) => own.has(id) && !held.has(id) && !now.includes(id)),
    })
    return {
      epoch: machine.epoch,
      cursor: `${machine.epoch}.${horizon}.${number}`,
      more: fresh.length > now.length,
      put,
      forget,
      hide,
      answeredBelow: mine,
      sentBelow: horizon,
    }
  }
  return asPerson(machine.db, sid, null, answer, request.attended)
}

/** How much of a case a device holds: more on a visit, and no names of a threatened child. */
type Held = { visit: boolean; named: boolean }

/** What this device was given, or told to forget, in which of its answers. */
type Given = Held & { gone: boolean; wasNamed: boolean; givenIn: string | null }

/** What a cursor says: everything below this transaction, and every answer up to this one, has arrived. */
type Asked = { since: string; answer: bigint } | null

function isSame(one: Held | undefined, other: Held | undefined): boolean {
  return one?.visit === other?.visit && one?.named === other?.named
}

function hasArrived({ givenIn }: Given, asked: Asked): boolean {
  return asked !== null && givenIn !== null && BigInt(givenIn) <= asked.answer
}

function isConfirmed(one: Given, asked: Asked): boolean {
  return !one.gone && hasArrived(one, asked)
}

/** Until a device confirms that it has what holds no names, it may still hold what did. */
function mayHoldNames(one: Given | undefined, asked: Asked): boolean {
  return one !== undefined && (one.named || (one.wasNamed && !hasArrived(one, asked)))
}

/** Later than everything this device has confirmed or could still confirm. */
function nextAnswer(asked: Asked, given: Map<string, Given>): bigint {
  const all = [...given.values()].map(({ givenIn }) => BigInt(givenIn ?? 0))
  return all.reduce((last, one) => (one > last ? one : last), asked?.answer ?? 0n) + 1n
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

/** A cursor from before answers were numbered has seen none of them. */
function cursorOf(epoch: string, cursor: string | null): Asked {
  if (cursor === null || !cursor.startsWith(`${epoch}.`)) return null
  const found = /^(\d{1,19})(?:\.(\d{1,18}))?$/.exec(cursor.slice(epoch.length + 1))
  return found === null ? null : { since: found[1] ?? '0', answer: BigInt(found[2] ?? 0) }
}

/** Two answers to one device at once would carry one number: a browser may send a request a second time by itself. */
async function oneAtATime(tx: Tx, device: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${device}, 7048))`.execute(tx)
}

async function givenCases(tx: Tx, device: string): Promise<Map<string, Given>> {
  const found = await sql<Given & { caseId: string }>`
    select case_id, bool_or(visit) as visit, bool_or(named) as named, bool_or(gone) as gone, bool_or(was_named) as was_named,
           max(given_in)::text as given_in
      from device_pack where device_id = ${device} group by case_id`.execute(tx)
  return new Map(found.rows.map(({ caseId, ...given }) => [caseId, given]))
}

/** What this cursor confirms as forgotten need not be said again. */
async function dropForgotten(tx: Tx, device: string, asked: Asked): Promise<void> {
  if (asked !== null)
    await sql`delete from device_pack where device_id = ${device} and gone and given_in <= ${String(asked.answer)}::bigint`.execute(
      tx,
    )
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

/** This transaction's own number is later than that of every one whose answer went out before the request came. */
async function snapshot(tx: Tx): Promise<{ horizon: string; mine: string }> {
  const own = await sql<{ mine: string }>`select pg_current_xact_id()::text as mine`.execute(tx)
  const found = await sql<{ xmin: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`.execute(tx)
  return { horizon: found.rows[0]?.xmin ?? '0', mine: own.rows[0]?.mine ?? '0' }
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

type Told = { given: { caseId: string; wasNamed: boolean }[]; gone: string[]; unsure: string[] }

async function remember({ tx, me, device, own }: Reading, answer: bigint, told: Told): Promise<void> {
  if (told.gone.length > 0)
    await sql`update device_pack set gone = true, given_in = ${String(answer)}::bigint
      where device_id = ${device} and case_id = any(${told.gone}::uuid[])`.execute(tx)
  // Given in an answer that may have been lost, and not in this one: no later cursor says that it arrived.
  if (told.unsure.length > 0)
    await sql`update device_pack set given_in = null where device_id = ${device} and case_id = any(${told.unsure}::uuid[])`.execute(
      tx,
    )
  for (const { caseId, wasNamed } of told.given) {
    const { visit = false, named = false } = own.get(caseId) ?? {}
    for (const part of ['services', 'justice', 'identity', 'family'])
      await sql`insert into device_pack (device_id, person_id, sector, case_id, part, visit, named, was_named, given_in)
        values (${device}, ${me.id}, ${me.sector}, ${caseId}, ${part}, ${visit}, ${named}, ${wasNamed}, ${String(answer)}::bigint)
        on conflict (device_id, person_id, case_id, part) do update
          set visit = excluded.visit, named = excluded.named, was_named = excluded.was_named, given_in = excluded.given_in, gone = false`.execute(
        tx,
      )
  }
}
