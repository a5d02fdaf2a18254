import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
import { aDecisionOp, aRecordOp, determined, protectOp } from '../../../test/best-interests.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, now, send, type Somebody } from '../../../test/people.ts'

// Each table of this feature, asked through the session of each kind of person, straight at the database.
const machine = await testMachine()
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const colleague = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')
const clinician = await aPerson(machine, await anOffice(machine, 'health'), 'clinician')
const caseId = await aCase(machine, worker)
const TABLES = ['best_interests_record', 'best_interests_appeal', 'urgent_protection', 'major_decision']

beforeAll(async () => {
  const record = aRecordOp(worker, caseId, determined)
  const appeal = {
    id: newId(),
    caseId,
    recordId: record.payload.id,
    askedBy: 'child',
    askedAt: now(),
    why: 'I want to stay',
  }
  const answers = await send(
    machine,
    worker,
    record,
    anOp(worker, 'best_interests.appeal', appeal),
    protectOp(worker, caseId),
    aDecisionOp(worker, caseId, 'separation'),
  )
  expect(answers.map((one) => one.answer)).toEqual(['accepted', 'accepted', 'accepted', 'accepted'])
  await asOwner(
    machine,
    `insert into case_team (case_id, person_id, sector, role) values ('${caseId}', '${clinician.id}', 'health', 'clinician')`,
  )
})

const seen = (by: Somebody, table: string) =>
  asPerson(machine.db, by.sid, null, async (tx) => {
    const found = await sql<{
      n: number
    }>`select count(*)::int as n from ${sql.table(table)} where case_id = ${caseId}`.execute(tx)
    return found.rows[0]?.n ?? 0
  })

async function copyAs(by: Somebody, table: string, over: Record<string, unknown> = {}): Promise<void> {
  const [row] = await machine.db.owner.rows(`select * from ${table} where case_id = '${caseId}'`)
  if (row === undefined) throw new Error('the table holds a row of this case')
  const copy: Record<string, unknown> = { ...row, id: newId(), recorded_by: by.id, ...over }
  const columns = Object.keys(copy)
  await asPerson(machine.db, by.sid, null, (tx) =>
    sql`insert into ${sql.table(table)} (${sql.join(columns.map((one) => sql.ref(one)))})
      values (${sql.join(columns.map((one) => copy[one]))})`.execute(tx),
  )
}

describe.each(TABLES)('%s', (table) => {
  test('is read by the worker, her supervisor, and on the team by whoever has that part', async () => {
    for (const by of [worker, supervisor, clinician]) expect(await seen(by, table)).toBe(1)
  })
  test('is not there for a colleague who is not on the case, or for police', async () => {
    for (const by of [colleague, police]) expect(await seen(by, table)).toBe(0)
  })
  test('is written by whoever may write that part, and in nobody else’s name', async () => {
    for (const by of [supervisor, clinician, colleague, police])
      await expect(copyAs(by, table)).rejects.toThrow(/row-level security/)
    await expect(copyAs(worker, table, { recorded_by: supervisor.id })).rejects.toThrow(/row-level security/)
  })
  test('is never changed or taken away', async () => {
    for (const statement of [
      sql`update ${sql.table(table)} set case_id = case_id`,
      sql`delete from ${sql.table(table)}`,
    ])
      await expect(asPerson(machine.db, worker.sid, null, (tx) => statement.execute(tx))).rejects.toThrow(
        /permission denied/,
      )
  })
})

test('an appeal and a review name a record of the same case', async () => {
  const elsewhere = await aCase(machine, worker)
  await expect(copyAs(worker, 'best_interests_appeal', { case_id: elsewhere })).rejects.toThrow(/foreign key/)
  const [record] = await machine.db.owner.rows(`select id from best_interests_record where case_id = '${caseId}'`)
  await expect(copyAs(worker, 'best_interests_record', { case_id: elsewhere, reviews: record?.id })).rejects.toThrow(
    /foreign key/,
  )
})
