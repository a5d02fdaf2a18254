import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addFileOp, aVoice, fileAt, sendWhole } from '../../../test/files.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, aPerson, asOwner, send, type Somebody } from '../../../test/people.ts'
import { appOf } from '../../../test/running-app.ts'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'

// Files and their pieces, asked through the session of each kind of person, straight at the database.
const machine = await testMachine()
const { app } = appOf(machine)
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const colleague = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')
const shelter = await aPerson(machine, await anOffice(machine, 'civil_society'), 'shelter_worker')
const caseId = await aCase(machine, worker)
const bytes = aVoice(1000)
let narrative = ''

beforeAll(async () => {
  for (const part of ['narrative', 'services'] as const) {
    const op = addFileOp(worker, caseId, bytes, { kind: 'voice', part })
    await send(machine, worker, op)
    await sendWhole(app, worker, fileAt(caseId, String(op.payload.id)), bytes)
    if (part === 'narrative') narrative = String(op.payload.id)
  }
  await asOwner(
    machine,
    `insert into case_team (case_id, person_id, sector, role) values ('${caseId}', '${shelter.id}', 'civil_society', 'shelter_worker')`,
  )
})

const seen = (by: Somebody, table: string) =>
  asPerson(machine.db, by.sid, null, async (tx) => {
    const found = await sql<{ part: string }>`
      select part from ${sql.table(table)} where case_id = ${caseId} order by part`.execute(tx)
    return found.rows.map((row) => row.part)
  })

describe.each(['case_attachment', 'attachment_chunk'])('%s', (table) => {
  test('is read by the worker and her supervisor', async () => {
    expect(await seen(worker, table)).toEqual(['narrative', 'services'])
    expect(await seen(supervisor, table)).toEqual(['narrative', 'services'])
  })
  test('is read on the team only in the parts somebody has', async () => {
    expect(await seen(shelter, table)).toEqual(['services'])
  })
  test('is not there for a colleague who is not on the case, or for police', async () => {
    expect(await seen(colleague, table)).toEqual([])
    expect(await seen(police, table)).toEqual([])
  })
})

const tried = (by: Somebody, statement: (id: string) => ReturnType<typeof sql>) =>
  asPerson(machine.db, by.sid, null, async (tx) => (await statement(newId()).execute(tx)).numAffectedRows)

const add =
  (addedBy: string, part: string, state = 'coming') =>
  (id: string) =>
    sql`insert into case_attachment (id, case_id, op_id, part, kind, added_by, added_at, sent_bytes, state, body, file_key)
    values (${id}, ${caseId}, ${id}, ${part}, 'voice', ${addedBy}, now(), 1, ${state}, '', '')`
const addPiece = () =>
  sql`insert into attachment_chunk (attachment_id, case_id, part, stage, place, body)
    values (${narrative}, ${caseId}, 'narrative', 'kept', 5, '')`

test('is added by whoever may write the part, in her own name, and never as if it had come already', async () => {
  for (const by of [supervisor, colleague, police, shelter]) {
    await expect(tried(by, add(by.id, 'narrative'))).rejects.toThrow(/row-level security/)
    await expect(tried(by, addPiece)).rejects.toThrow(/row-level security/)
  }
  expect(await tried(shelter, add(shelter.id, 'services'))).toBe(1n)
  await expect(tried(worker, add(supervisor.id, 'narrative'))).rejects.toThrow(/row-level security/)
  await expect(tried(worker, add(worker.id, 'narrative', 'waiting'))).rejects.toThrow(
    /row-level security|violates check/,
  )
})

test('how far it has come is said by whoever may write the part; whose it is and what it says, by nobody', async () => {
  const goOn = () => sql`update case_attachment set why = why where id = ${narrative}`
  for (const by of [supervisor, colleague, police, shelter]) expect(await tried(by, goOn)).toBe(0n)
  expect(await tried(worker, goOn)).toBe(1n)
  for (const column of ['part', 'added_by', 'case_id', 'body', 'file_key', 'sent_bytes'])
    await expect(
      tried(
        worker,
        () => sql`update case_attachment set ${sql.ref(column)} = ${sql.ref(column)} where id = ${narrative}`,
      ),
    ).rejects.toThrow(/permission denied/)
})

test('pieces of a file that can be read are taken away by nobody, and a file never', async () => {
  for (const by of [worker, supervisor, colleague, police, shelter])
    expect(await tried(by, () => sql`delete from attachment_chunk where attachment_id = ${narrative}`)).toBe(0n)
  await expect(tried(worker, () => sql`delete from case_attachment where id = ${narrative}`)).rejects.toThrow(
    /permission denied/,
  )
})

test('nothing is ready that nobody looked at, and no part is taken that never goes to a device', async () => {
  const bad = (state: string, part = 'narrative') =>
    asOwner(
      machine,
      `insert into case_attachment (id, case_id, op_id, part, kind, added_by, added_at, sent_bytes, type, bytes, state, body, file_key)
       values (gen_random_uuid(), '${caseId}', gen_random_uuid(), '${part}', 'voice', '${worker.id}', now(), 1, 'audio/webm', 1, '${state}', '', '')`,
    )
  await expect(bad('ready')).rejects.toThrow(/readable_when_scanned/)
  for (const part of ['association', 'health', 'sealed', 'location', 'handover'])
    await expect(bad('coming', part)).rejects.toThrow(/part_check/)
})
