import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
import { aConsent, withdrawOp } from '../../../test/consent.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, aPerson, asOwner, send, type Somebody } from '../../../test/people.ts'

// Each table of agreements and referrals, asked through the session of each kind of person, straight at the database.
const machine = await testMachine()
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const colleague = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')
const clinician = await aPerson(machine, await anOffice(machine, 'health'), 'clinician')
const intake = await aPerson(machine, office, 'intake')
const caseId = await aCase(machine, worker, { ageBand: '15_17' })

const TABLES = ['consent_record', 'consent_withdrawal'] as const

beforeAll(async () => {
  const consentId = await aConsent(machine, worker, caseId)
  await send(machine, worker, withdrawOp(worker, caseId, consentId))
  await asOwner(
    machine,
    `insert into case_team (case_id, person_id, sector, role) values ('${caseId}', '${clinician.id}', 'health', 'clinician'),
      ('${caseId}', '${intake.id}', 'child_protection', 'intake')`,
  )
})

const rowsSeen = (by: Somebody, table: string) =>
  asPerson(machine.db, by.sid, null, async (tx) => {
    const found = await sql<{ n: number }>`
      select count(*) as n from ${sql.table(table)} where case_id = ${caseId}`.execute(tx)
    return found.rows[0]?.n ?? 0
  })

describe.each(TABLES)('%s', (table) => {
  test('is read by the worker, her supervisor, and whoever on the team has part services', async () => {
    for (const by of [worker, supervisor, clinician]) expect(await rowsSeen(by, table)).toBeGreaterThan(0)
  })
  test('is not there for a colleague, for police, or on the team for whoever has not that part', async () => {
    for (const by of [colleague, police, intake]) expect(await rowsSeen(by, table)).toBe(0)
  })
  test('is not written by whoever may only read it, nor in another person’s name', async () => {
    for (const by of [supervisor, clinician, colleague, police, intake])
      await expect(copyRow(by, table, by.id)).rejects.toThrow(/row-level security/)
    await expect(copyRow(worker, table, supervisor.id)).rejects.toThrow(/row-level security/)
  })
  test('is never changed or deleted: a new fact stands beside the old one', async () => {
    for (const change of [sql`update ${sql.table(table)} set op_id = op_id`, sql`delete from ${sql.table(table)}`])
      await expect(asPerson(machine.db, worker.sid, null, (tx) => change.execute(tx))).rejects.toThrow(
        /permission denied/,
      )
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

test('a yes that stands beside a no is refused by the database itself', async () => {
  await expect(
    asOwner(machine, `update consent_record set standing = 'given', child = 'refuses' where case_id = '${caseId}'`),
  ).rejects.toThrow(/a_no_is_a_no/)
})
