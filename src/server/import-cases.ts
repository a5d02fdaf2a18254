import { sql } from 'kysely'
import type { Person } from '../core/access.ts'
import type { Op } from '../core/op.ts'
import { newId } from '../crypto/random.ts'
import { asPerson, type Tx } from './as-person.ts'
import { DOMAIN } from './audit.ts'
import { acceptTogether, type Stopped } from './gate.ts'
import type { ImportMapping } from './import-mapping.ts'
import { planImport, type PlannedCase, type RowFault } from './import-plan.ts'
import { readTable } from './import-table.ts'
import type { Machine } from './machine.ts'
import { OpIdReused } from './op-log.ts'

/** What an import did, or would do: numbers, and where a row could not be taken. */
export type ImportReport = { rows: number; made: number; there: number; wouldMake: number; faults: RowFault[] }

/** As many rows as one transaction makes cases of: others wait for it no longer than for a page. */
const TOGETHER = 25

/**
 * Takes a list of cases in, in the session of a person who may register children, each row through the gate like anything
 * else: a row becomes a case whole, or not at all. Ids follow from the list's own, under a key, so that the same list twice
 * changes nothing. Without `write` nothing is sent.
 */
export async function importCases(
  machine: Machine,
  sid: string,
  bytes: Uint8Array,
  mapping: ImportMapping,
  write: boolean,
): Promise<ImportReport | string> {
  const table = readTable(bytes)
  if (typeof table === 'string') return table
  const who = await asPerson(machine.db, sid, null, whoOf)
  if (who.teamId === null) return 'This person is on no team: a case belongs to one.'
  const { me, ownRegion } = who
  const { cases, faults } = planImport(table, { mapping, pack: machine.pack, ownRegion, now: me.askedAt })
  const report: ImportReport = { rows: table.rows.length, made: 0, there: 0, wouldMake: 0, faults }
  for (let at = 0; at < cases.length; at += TOGETHER) {
    const some = await Promise.all(cases.slice(at, at + TOGETHER).map((of) => withId(machine, me, of)))
    const there = await knownCases(machine, sid, some)
    const fresh = some.filter(({ id }) => !there.has(id))
    report.there += some.length - fresh.length
    if (!write) report.wouldMake += fresh.length
    else if (fresh.length > 0) {
      const no = await makeCases(machine, sid, fresh, { me, teamId: who.teamId }, report)
      if (no !== null) return no
    }
  }
  report.faults.sort((a, b) => a.row - b.row)
  return report
}

type Who = { me: Person; teamId: string }
type Wanted = { of: PlannedCase; id: string }

async function whoOf(tx: Tx, me: Person): Promise<{ me: Person; teamId: string | null; ownRegion: string | null }> {
  const found = await sql<{ teamId: string }>`
    select m.team_id from team_member m where m.person_id = ${me.id} and m.ended_at is null order by m.team_id limit 1`.execute(
    tx,
  )
  const office = await sql<{ region: string | null }>`select region from organisation where id = ${me.orgId}`.execute(
    tx,
  )
  return { me, teamId: found.rows[0]?.teamId ?? null, ownRegion: office.rows[0]?.region ?? null }
}

async function withId(machine: Machine, me: Person, of: PlannedCase): Promise<Wanted> {
  return { of, id: await idOf(machine, me, of, 'case') }
}

/** An id that only the holder of our keys can make from a list's own: it says nothing, and is the same each time. */
async function idOf(machine: Machine, me: Person, { sourceId }: PlannedCase, what: string): Promise<string> {
  const text = JSON.stringify(['kembali/import/1', me.orgId, what, sourceId])
  const mac = await machine.keys.mac('PK', DOMAIN, new TextEncoder().encode(text))
  const hex = Buffer.from(mac).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Which of these cases this person has already. */
function knownCases(machine: Machine, sid: string, of: readonly Wanted[]): Promise<Set<string>> {
  return asPerson(machine.db, sid, null, async (tx) => {
    const found = await sql<{ id: string }>`
      select id from child_case where id = any(${of.map(({ id }) => id)}::uuid[])`.execute(tx)
    return new Set(found.rows.map((row) => row.id))
  })
}

/** Makes cases of rows, all at once; where one of them stands in the way, row by row. A sentence where nobody could go on. */
async function makeCases(
  machine: Machine,
  sid: string,
  rows: readonly Wanted[],
  who: Who,
  report: ImportReport,
): Promise<string | null> {
  const made: Op[] = []
  for (const row of rows) made.push(...(await opsOf(machine, who, row)))
  const stopped = await together(machine, sid, made)
  if (stopped === null) {
    report.made += rows.length
    return null
  }
  if (stopped !== 'there' && stopped.answer.answer === 'not_allowed')
    return 'This person may not register a child here: an import runs as a social worker or whoever takes children in.'
  if (stopped !== 'there' && stopped.answer.answer === 'retry')
    return 'The server was busy or its keys are sealed. Run the import once more: what was made is found again.'
  if (rows.length > 1) {
    for (const row of rows) {
      const no = await makeCases(machine, sid, [row], who, report)
      if (no !== null) return no
    }
    return null
  }
  const [row] = rows
  if (row === undefined || stopped === 'there') report.there += 1
  else
    report.faults.push({ row: row.of.row, column: made[stopped.at]?.type ?? '', sentence: sentenceOf(stopped.answer) })
  return null
}

/** `there`: made by an earlier import, and no longer this person's. */
async function together(machine: Machine, sid: string, ops: readonly Op[]): Promise<Stopped | 'there' | null> {
  try {
    return await acceptTogether(machine, sid, ops, newId())
  } catch (error) {
    if (error instanceof OpIdReused) return 'there'
    throw error
  }
}

function sentenceOf(answer: Stopped['answer']): string {
  switch (answer.answer) {
    case 'refused':
      return `The gate refused it: ${answer.reason}.`
    case 'malformed':
      return `These fields do not fit: ${answer.fields.join(', ')}.`
    case 'not_allowed':
    case 'retry':
      return 'It could not be made now.'
  }
}

/** The operations of one row: the case as of the day it was registered, its steps and all the rest as of now. */
async function opsOf(machine: Machine, { me, teamId }: Who, { of, id }: Wanted): Promise<Op[]> {
  const open = {
    id,
    // No word of a list of ours: the server makes an alias in its place.
    alias: 'Aa Bb',
    orgId: me.orgId,
    teamId,
    region: of.region,
    sex: of.sex,
    ageBand: of.ageBand,
    threatened: false,
    takenIn: true,
  }
  const edits = {
    'cases.edit_identity': of.identity,
    'cases.edit_card': of.card,
    'cases.edit_safe_start': of.safeStart,
  }
  const device = await idOf(machine, me, of, 'device')
  const ops: Op[] = []
  async function add(type: string, payload: Record<string, unknown>, baseVersion: number | null, claimedAt: string) {
    const opId = await idOf(machine, me, of, type)
    ops.push({ opId, device, seq: ops.length + 1, type, baseVersion, payload, claimedAt } as Op) // ids were just made
  }
  await add('cases.open_case', open, null, of.registeredAt)
  for (const [type, set] of Object.entries(edits))
    if (Object.keys(set).length > 0) await add(type, { id, caseId: id, set }, 0, me.askedAt)
  return ops
}
