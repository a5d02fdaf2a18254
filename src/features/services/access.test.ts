import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, aPerson, asOwner, send, type Somebody } from '../../../test/people.ts'
import { entryOp, forShelter, teamOp } from '../../../test/care-team.ts'
import { rowOp } from '../../../test/care.ts'
import { aConsent } from '../../../test/consent.ts'
import { healthNoteOp, serviceOp, sessionOp } from '../../../test/services.ts'

// Each table of this feature, asked through the session of each kind of person, straight at the database.
const machine = await testMachine()
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const colleague = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')
const shelter = await aPerson(machine, await anOffice(machine, 'civil_society'), 'shelter_worker')
const clinician = await aPerson(machine, await anOffice(machine, 'health'), 'clinician')
// Named for a shift: reads the sheet and the log, and writes the log alone.
const shift = await aPerson(machine, await anOffice(machine, 'civil_society'), 'shelter_worker')
const caseId = await aCase(machine, worker, { ageBand: '15_17' })

const everybody = { worker, supervisor, colleague, police, shelter, shift, clinician }
type Who = keyof typeof everybody

/** Tables, who reads them, and who puts rows there: the matrix of security.md 3.4. */
const TABLES: [table: string, reads: Who[], writes: Who[]][] = [
  ['child_service', ['worker', 'supervisor', 'shelter', 'clinician'], ['worker', 'shelter']],
  ['service_session', ['worker', 'supervisor', 'shelter', 'clinician'], ['worker', 'shelter']],
  ['service_health_note', ['worker', 'clinician'], ['clinician']],
  ['care_sheet', ['worker', 'supervisor', 'shelter', 'shift', 'clinician'], ['worker', 'shelter']],
  ['shelter_entry', ['worker', 'supervisor', 'shelter', 'shift', 'clinician'], ['worker', 'shelter', 'shift']],
]

beforeAll(async () => {
  await asOwner(
    machine,
    `insert into case_team (case_id, person_id, sector, role) values
      ('${caseId}', '${shelter.id}', 'civil_society', 'shelter_worker'), ('${caseId}', '${clinician.id}', 'health', 'clinician')`,
  )
  const consentId = await aConsent(machine, worker, caseId, forShelter)
  const service = serviceOp(worker, caseId)
  const sheet = rowOp(worker, 'services.edit_care_sheet', caseId, { callFirst: 'Her worker' }, { id: caseId })
  const done = [
    ...(await send(machine, worker, teamOp(worker, caseId, consentId, [shift]), sheet, entryOp(worker, caseId))),
    ...(await send(machine, worker, service, sessionOp(worker, caseId, service.payload.id))),
    ...(await send(machine, clinician, healthNoteOp(clinician, caseId, service.payload.id))),
  ]
  expect(done.map((one) => one.answer)).toEqual(Array(6).fill('accepted'))
})

const rowsSeen = (by: Somebody, table: string) =>
  asPerson(machine.db, by.sid, null, async (tx) => {
    const found = await sql<{ n: number }>`
      select count(*)::int as n from ${sql.table(table)} where case_id = ${caseId}`.execute(tx)
    return found.rows[0]?.n ?? 0
  })

async function copyRow(by: Somebody, table: string, over: Record<string, unknown> = {}): Promise<void> {
  // A sheet is one of a case, and the case's own row is its name: it is written anew.
  if (table === 'care_sheet') return sheetRow(by)
  const [row] = await machine.db.owner.rows(`select * from ${table} where case_id = '${caseId}'`)
  if (row === undefined) throw new Error('the table holds a row of this case')
  const copy: Record<string, unknown> = { ...row, id: newId(), ...('written_by' in row ? { written_by: by.id } : {}) }
  const put: Record<string, unknown> = { ...copy, ...over }
  const columns = Object.keys(put)
  await asPerson(machine.db, by.sid, null, (tx) =>
    sql`insert into ${sql.table(table)} (${sql.join(columns.map((one) => sql.ref(one)))})
      values (${sql.join(columns.map((one) => put[one]))})`.execute(tx),
  )
}

async function sheetRow(by: Somebody): Promise<void> {
  await asOwner(machine, `delete from care_sheet where case_id = '${caseId}'`)
  try {
    await asPerson(machine.db, by.sid, null, (tx) =>
      sql`insert into care_sheet (id, case_id, op_id, version, body)
        values (${caseId}, ${caseId}, ${newId()}, 1, 'sealed')`.execute(tx),
    )
  } finally {
    await asOwner(
      machine,
      `insert into care_sheet (id, case_id, op_id, version, body)
         values ('${caseId}', '${caseId}', '${newId()}', 1, 'sealed') on conflict do nothing`,
    )
  }
}

describe.each(TABLES)('%s', (table, reads, writes) => {
  test('is read by whoever has its part, and not there for anybody else', async () => {
    for (const [name, who] of Object.entries(everybody))
      expect({ name, seen: (await rowsSeen(who, table)) > 0 }).toEqual({ name, seen: reads.includes(name as Who) })
  })
  test('is written by whoever may write its part', async () => {
    for (const [name, who] of Object.entries(everybody)) {
      if (writes.includes(name as Who)) await expect(copyRow(who, table)).resolves.toBeUndefined()
      else await expect(copyRow(who, table), name).rejects.toThrow(/row-level security/)
    }
  })
})

test.each(['service_session', 'service_health_note', 'shelter_entry'])(
  'nobody changes a row of %s, and nobody writes one in another person’s name',
  async (table) => {
    const by = table === 'service_health_note' ? clinician : worker
    await expect(copyRow(by, table, { written_by: supervisor.id })).rejects.toThrow(/row-level security/)
    for (const change of [sql`update ${sql.table(table)} set op_id = op_id`, sql`delete from ${sql.table(table)}`])
      await expect(asPerson(machine.db, by.sid, null, (tx) => change.execute(tx))).rejects.toThrow(/permission denied/)
  },
)

test('a service is changed by whoever writes the part, and by nobody who only reads it', async () => {
  const changed = (by: Somebody) =>
    asPerson(machine.db, by.sid, null, async (tx) => {
      const done = await sql`update child_service set version = version where case_id = ${caseId}`.execute(tx)
      return Number(done.numAffectedRows)
    })
  for (const by of [supervisor, clinician, colleague, police]) expect(await changed(by)).toBe(0)
  expect(await changed(worker)).toBeGreaterThan(0)
})

test('a care sheet is changed by the worker and by whoever answers for the child in the house, not by a shift', async () => {
  const changed = (by: Somebody) =>
    asPerson(machine.db, by.sid, null, async (tx) => {
      const done = await sql`update care_sheet set version = version where case_id = ${caseId}`.execute(tx)
      return Number(done.numAffectedRows)
    })
  for (const by of [shift, supervisor, clinician, colleague, police]) expect(await changed(by)).toBe(0)
  for (const by of [worker, shelter]) expect(await changed(by)).toBe(1)
})

describe('the database itself', () => {
  test('keeps the name of a treatment out of what everybody on the case reads', async () => {
    await expect(copyRow(worker, 'child_service', { kind: 'mental_health' })).rejects.toThrow(/check constraint/)
  })
  test('keeps no gift that nobody acknowledged', async () => {
    await expect(copyRow(worker, 'service_session', { came: 'given' })).rejects.toThrow(/given_is_acknowledged/)
  })
})
