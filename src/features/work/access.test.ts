import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addDuration, dayOf } from '../../core/time.ts'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
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

beforeAll(async () => {
  await asOwner(
    machine,
    `insert into case_team (case_id, person_id, sector, role) values ('${caseId}', '${clinician.id}', 'health', 'clinician')`,
  )
  const question = { id: newId(), caseId, answers: null, forWhom: 'anybody', words: 'Who has it?' }
  const untilOn = dayOf(addDuration(now(), 'P3D', 'UTC'), 'UTC')
  const call = { id: newId(), caseId, reason: 'other', untilOn, words: 'Please look' }
  const answers = await send(
    machine,
    worker,
    anOp(worker, 'work.ask', question),
    anOp(worker, 'work.call_attention', call),
  )
  expect(answers.map((one) => one.answer)).toEqual(['accepted', 'accepted'])
})

const rowsSeen = (by: Somebody, table: string) =>
  asPerson(machine.db, by.sid, null, async (tx) => {
    const found = await sql<{ n: number }>`
      select count(*) as n from ${sql.table(table)} where case_id = ${caseId}`.execute(tx)
    return found.rows[0]?.n ?? 0
  })

/** Tries to put a row of this case as somebody: the values are borrowed by the owner, the insert is that person's own. */
async function copyRow(by: Somebody, table: string, over: Record<string, unknown> = {}): Promise<void> {
  const [row] = await machine.db.owner.rows(`select * from ${table} where case_id = '${caseId}' limit 1`)
  const author = table === 'case_question' ? 'written_by' : 'raised_by'
  const copy: Record<string, unknown> = { ...row, id: newId(), [author]: by.id, ...over }
  const columns = Object.keys(copy)
  await asPerson(machine.db, by.sid, null, (tx) =>
    sql`insert into ${sql.table(table)} (${sql.join(columns.map((one) => sql.ref(one)))})
      values (${sql.join(columns.map((one) => copy[one]))})`.execute(tx),
  )
}

describe.each(['case_question', 'case_attention'])('%s, of part case', (table) => {
  test('is read by everybody who may open the file', async () => {
    for (const by of [worker, supervisor, clinician]) expect(await rowsSeen(by, table)).toBe(1)
  })
  test('is not there for a colleague who is not on the case, or for police', async () => {
    for (const by of [colleague, police]) expect(await rowsSeen(by, table)).toBe(0)
  })
  test('is written by nobody outside the case, and in nobody else’s name', async () => {
    for (const by of [colleague, police]) await expect(copyRow(by, table)).rejects.toThrow(/row-level security/)
    const author = table === 'case_question' ? 'written_by' : 'raised_by'
    await expect(copyRow(clinician, table, { [author]: worker.id })).rejects.toThrow(/row-level security/)
  })
})

test('a question is never changed, and of a call for attention nothing but its end', async () => {
  const change = (text: string) => asPerson(machine.db, worker.sid, null, (tx) => sql.raw(text).execute(tx))
  await expect(change('update case_question set body = body')).rejects.toThrow(/permission denied/)
  await expect(change(`update case_attention set reason = 'other'`)).rejects.toThrow(/permission denied/)
  await expect(
    change(`update case_attention set ended_at = now(), ended_by = '${supervisor.id}' where case_id = '${caseId}'`),
  ).rejects.toThrow(/row-level security/)
})

test('when somebody looked at a case is hers alone to know', async () => {
  const look = (by: Somebody) =>
    asPerson(machine.db, by.sid, null, async (tx) => {
      await sql`select kembali.look_at(${caseId})`.execute(tx)
    })
  for (const by of [worker, supervisor, police]) await look(by)
  expect(await rowsSeen(worker, 'case_look')).toBe(1)
  expect(await rowsSeen(supervisor, 'case_look')).toBe(1)
  // Whoever may not open the file leaves no trace by looking, and learns nothing.
  expect(await rowsSeen(police, 'case_look')).toBe(0)
  const kept = await machine.db.owner.rows(`select person_id from case_look where case_id = '${caseId}'`)
  expect(kept).toHaveLength(2)
})
