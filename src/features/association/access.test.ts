import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
import { readyOp, toldOp } from '../../../test/association.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, aPerson, asOwner, send, type Somebody } from '../../../test/people.ts'

// The most restricted part a worker has, asked through the session of each kind of person, straight at the database.
const machine = await testMachine()
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const colleague = await aPerson(machine, office, 'case_worker')
const intake = await aPerson(machine, office, 'intake')
const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')
const shelter = await aPerson(machine, await anOffice(machine, 'civil_society'), 'shelter_worker')
const clinician = await aPerson(machine, await anOffice(machine, 'health'), 'clinician')
const lawyer = await aPerson(machine, await anOffice(machine, 'legal_aid'), 'lawyer')
const caseId = await aCase(machine, worker)
const TABLES = ['association_record', 'association_ready'] as const

beforeAll(async () => {
  await send(machine, worker, readyOp(worker, caseId), toldOp(worker, caseId))
  const member = (by: Somebody) => `('${caseId}', '${by.id}', '${by.sector}', '${by.role}')`
  await asOwner(
    machine,
    `insert into case_team (case_id, person_id, sector, role)
     values ${[shelter, clinician, lawyer, intake].map(member).join(', ')}`,
  )
})

const rowsSeen = (by: Somebody, table: string) =>
  asPerson(machine.db, by.sid, null, async (tx) => {
    const found = await sql<{
      n: number
    }>`select count(*) as n from ${sql.table(table)} where case_id = ${caseId}`.execute(tx)
    return found.rows[0]?.n ?? 0
  })

describe.each(TABLES)('%s', (table) => {
  test('is read by the worker and her supervisor', async () => {
    for (const by of [worker, supervisor]) expect(await rowsSeen(by, table)).toBe(1)
  })
  test('is not there for anybody else, on the team or not', async () => {
    for (const by of [colleague, police, intake, shelter, clinician, lawyer]) expect(await rowsSeen(by, table)).toBe(0)
  })
  test('is written by the worker alone, in her own name, and never changed', async () => {
    for (const by of [supervisor, colleague, police, intake, shelter, clinician, lawyer])
      await expect(copyRow(by, table, by.id)).rejects.toThrow(/row-level security/)
    await expect(copyRow(worker, table, supervisor.id)).rejects.toThrow(/row-level security/)
    await expect(
      asPerson(machine.db, worker.sid, null, (tx) => sql`update ${sql.table(table)} set op_id = op_id`.execute(tx)),
    ).rejects.toThrow(/permission denied/)
  })
  test('has no column that says what was told', async () => {
    const columns = await machine.db.owner.rows(
      `select column_name as name from information_schema.columns where table_schema = 'public' and table_name = '${table}'`,
    )
    const clear = columns.map((row) => String(row.name)).sort()
    const known = ['body', 'case_id', 'corrects', 'id', 'language', 'op_id', 'told_at', 'written_by']
    expect(clear.filter((name) => !known.includes(name))).toEqual([])
  })
})

/** Tries to put a row of this case as somebody: the values are borrowed by the owner, the insert is that person's own. */
async function copyRow(by: Somebody, table: string, author: string): Promise<void> {
  const [row] = await machine.db.owner.rows(`select * from ${table} where case_id = '${caseId}'`)
  if (row === undefined) throw new Error('the table holds a row of this case')
  const copy: Record<string, unknown> = { ...row, id: newId(), written_by: author }
  const columns = Object.keys(copy)
  await asPerson(machine.db, by.sid, null, (tx) =>
    sql`insert into ${sql.table(table)} (${sql.join(columns.map((one) => sql.ref(one)))})
      values (${sql.join(columns.map((one) => copy[one]))})`.execute(tx),
  )
}
