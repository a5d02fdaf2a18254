import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
import { callOp, minutesOp } from '../../../test/conference.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, aPerson, asOwner, send, type Somebody } from '../../../test/people.ts'

// Each table of this feature, asked through the session of each kind of person, straight at the database.
const machine = await testMachine()
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const colleague = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')
const clinician = await aPerson(machine, await anOffice(machine, 'health'), 'clinician')
const caseId = await aCase(machine, worker)

beforeAll(async () => {
  const call = callOp(worker, caseId)
  const answers = await send(machine, worker, call, minutesOp(worker, caseId, call.payload.id, [supervisor]))
  expect(answers.map((one) => one.answer)).toEqual(['accepted', 'accepted'])
  await asOwner(
    machine,
    `insert into case_team (case_id, person_id, sector, role) values ('${caseId}', '${clinician.id}', 'health', 'clinician')`,
  )
})

const count = (by: Somebody, of: ReturnType<typeof sql>) =>
  asPerson(machine.db, by.sid, null, async (tx) => {
    const found = await sql<{ n: number }>`select count(*)::int as n from ${of}`.execute(tx)
    return found.rows[0]?.n ?? 0
  })

async function copyAs(by: Somebody, table: string, over: Record<string, unknown> = {}): Promise<void> {
  const [row] = await machine.db.owner.rows(`select * from ${table} where case_id = '${caseId}'`)
  if (row === undefined) throw new Error('the table holds a row of this case')
  const author = table === 'case_conference' ? 'called_by' : 'written_by'
  const copy: Record<string, unknown> = { ...row, id: newId(), [author]: by.id, ...over }
  const columns = Object.keys(copy)
  await asPerson(machine.db, by.sid, null, (tx) =>
    sql`insert into ${sql.table(table)} (${sql.join(columns.map((one) => sql.ref(one)))})
      values (${sql.join(columns.map((one) => copy[one]))})`.execute(tx),
  )
}

describe.each(['case_conference', 'conference_minutes'])('%s', (table) => {
  const ofCase = sql`${sql.table(table)} where case_id = ${caseId}`
  test('is read by the worker, her supervisor, and on the team by whoever has that part', async () => {
    for (const by of [worker, supervisor, clinician]) expect(await count(by, ofCase)).toBe(1)
  })
  test('is not there for a colleague who is not on the case, or for police', async () => {
    for (const by of [colleague, police]) expect(await count(by, ofCase)).toBe(0)
  })
  test('is written by whoever may write that part, and in nobody else’s name', async () => {
    for (const by of [supervisor, clinician, colleague, police])
      await expect(copyAs(by, table)).rejects.toThrow(/row-level security/)
    const author = table === 'case_conference' ? 'called_by' : 'written_by'
    await expect(copyAs(worker, table, { [author]: supervisor.id })).rejects.toThrow(/row-level security/)
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

test('minutes are of a conference of the same case, and written once', async () => {
  const elsewhere = await aCase(machine, worker)
  const [minutes] = await machine.db.owner.rows(`select id from conference_minutes where case_id = '${caseId}'`)
  const put = { case_id: elsewhere, corrects: minutes?.id }
  await expect(copyAs(worker, 'conference_minutes', put)).rejects.toThrow(/foreign key/)
  await expect(copyAs(worker, 'conference_minutes')).rejects.toThrow(/conference_minutes_once/)
})

test('whom one may call together, and who may be told, is answered to those alone who may read the services of the case', async () => {
  const people = sql`kembali.conference_people(${caseId})`
  for (const by of [worker, supervisor, clinician]) expect(await count(by, people)).toBeGreaterThan(2)
  for (const by of [colleague, police]) expect(await count(by, people)).toBe(0)
  await asOwner(
    machine,
    `insert into consent_record (id, case_id, op_id, purpose, recipient, text, language, capacity, child, adult, asked_at, standing, written_by, body)
       values ('${newId()}', '${caseId}', '${newId()}', 'referral_specific', 'school_focal', 'x', 'en', '15_17', 'agrees', 'agrees', now(), 'given', '${worker.id}', '')`,
  )
  const told = sql`kembali.may_be_told(${caseId})`
  expect(await count(worker, told)).toBe(1)
  for (const by of [colleague, police]) expect(await count(by, told)).toBe(0)
})
