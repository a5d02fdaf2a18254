import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addDuration } from '../../core/time.ts'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
import { aWholePlan, noteOp, rowOp } from '../../../test/care.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, now, send, type Somebody } from '../../../test/people.ts'

// Each table of care, asked through the session of each kind of person, straight at the database.
const machine = await testMachine()
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const colleague = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')
const shelter = await aPerson(machine, await anOffice(machine, 'civil_society'), 'shelter_worker')
const clinician = await aPerson(machine, await anOffice(machine, 'health'), 'clinician')
const caseId = await aCase(machine, worker)

/** Tables by part. Who reads them: the worker, her supervisor, and of `services` also a shelter worker and a clinician on the team. */
const TABLES = {
  care_note: 'narrative',
  care_task: 'services',
  care_plan: 'services',
  care_goal: 'services',
  care_action: 'services',
  care_submission: 'services',
  care_decision: 'services',
  care_return: 'services',
  care_follow_up: 'services',
} as const
const MERGED = ['care_task', 'care_plan', 'care_goal', 'care_action', 'care_return']

beforeAll(async () => {
  const task = { title: 'Call', dueAt: addDuration(now(), 'P1D', 'UTC'), state: 'open' }
  const submission = anOp(worker, 'care.submit_plan', { id: newId(), caseId, note: null })
  await send(machine, worker, noteOp(worker, caseId), rowOp(worker, 'care.edit_task', caseId, task))
  await aWholePlan(machine, worker, caseId)
  await send(machine, worker, submission)
  const back = { kind: 'after_reunification', startsOn: '2026-01-01', endsOn: null }
  const followed = rowOp(worker, 'care.edit_return', caseId, back)
  const contact = { id: newId(), caseId, returnId: followed.payload.id, how: 'call', at: now(), outcomes: {} }
  await send(
    machine,
    worker,
    followed,
    anOp(worker, 'care.add_follow_up', { ...contact, childSays: null, needs: null }),
  )
  const [planned] = await machine.db.owner.rows(
    `select max(at) as at from (select planned_at as at from care_goal where case_id = '${caseId}' union all
       select planned_at from care_action where case_id = '${caseId}' union all select planned_at from care_plan where case_id = '${caseId}') as p`,
  )
  const payload = { id: newId(), caseId, submissionId: submission.payload.id, decision: 'approved', reason: null }
  await send(machine, supervisor, anOp(supervisor, 'care.decide_plan', { ...payload, plannedAt: planned?.at }))
  await asOwner(
    machine,
    `insert into case_team (case_id, person_id, sector, role) values
      ('${caseId}', '${shelter.id}', 'civil_society', 'shelter_worker'), ('${caseId}', '${clinician.id}', 'health', 'clinician')`,
  )
})

const rowsSeen = (by: Somebody, table: string) =>
  asPerson(machine.db, by.sid, null, async (tx) => {
    const found = await sql<{ n: number }>`
      select count(*) as n from ${sql.table(table)} where case_id = ${caseId}`.execute(tx)
    return found.rows[0]?.n ?? 0
  })

describe.each(Object.entries(TABLES))('%s, of part %s', (table, part) => {
  test('is read by the worker and her supervisor', async () => {
    expect(await rowsSeen(worker, table)).toBe(1)
    expect(await rowsSeen(supervisor, table)).toBe(1)
  })
  test('is not there for a colleague who is not on the case, or for police', async () => {
    expect(await rowsSeen(colleague, table)).toBe(0)
    expect(await rowsSeen(police, table)).toBe(0)
  })
  test('is read on the team only by whoever has that part', async () => {
    const seen = part === 'services' ? 1 : 0
    expect(await rowsSeen(shelter, table)).toBe(seen)
    expect(await rowsSeen(clinician, table)).toBe(seen)
  })
  test('is not written by whoever may only read it, and by nobody outside the case', async () => {
    // A decision is the one thing a supervisor makes: see below.
    for (const by of [clinician, colleague, police, ...(table === 'care_decision' ? [worker] : [supervisor])])
      await expect(copyRow(by, table)).rejects.toThrow(/row-level security/)
  })
})

describe.each(MERGED)('%s, which merges by field', (table) => {
  test('is changed by the worker, and by nobody who may only read it', async () => {
    for (const by of [supervisor, clinician, colleague, police]) expect(await rowsChanged(by, table)).toBe(0n)
    expect(await rowsChanged(worker, table)).toBe(1n)
  })
})

const rowsChanged = (by: Somebody, table: string) =>
  asPerson(machine.db, by.sid, null, async (tx) => {
    const done = await sql`update ${sql.table(table)} set version = version where case_id = ${caseId}`.execute(tx)
    return done.numAffectedRows
  })

/** Tries to put a row of this case as somebody: the values are borrowed by the owner, the insert is that person's own. */
async function copyRow(by: Somebody, table: string): Promise<void> {
  const [row] = await machine.db.owner.rows(`select * from ${table} where case_id = '${caseId}'`)
  if (row === undefined) throw new Error('the table holds a row of this case')
  const copy: Record<string, unknown> = { ...row, id: newId() }
  for (const name of ['written_by', 'submitted_by', 'decided_by']) if (name in copy) copy[name] = by.id
  await insertAs(by, table, copy)
}

async function insertAs(by: Somebody, table: string, row: Record<string, unknown>): Promise<void> {
  const columns = Object.keys(row)
  await asPerson(machine.db, by.sid, null, (tx) =>
    sql`insert into ${sql.table(table)} (${sql.join(columns.map((one) => sql.ref(one)))})
      values (${sql.join(columns.map((one) => row[one]))})`.execute(tx),
  )
}

test('nobody writes a note in another person’s name', async () => {
  const [row] = await machine.db.owner.rows(`select * from care_note where case_id = '${caseId}'`)
  await expect(
    asPerson(machine.db, worker.sid, null, (tx) =>
      sql`insert into care_note (id, case_id, op_id, kind, at, folded, written_by, body)
          values (${newId()}, ${caseId}, ${newId()}, 'call', now(), false, ${supervisor.id}, ${row?.body})`.execute(tx),
    ),
  ).rejects.toThrow(/row-level security/)
})

test('a note and a task are never changed behind their operation: a note cannot be updated at all', async () => {
  await expect(
    asPerson(machine.db, worker.sid, null, (tx) => sql`update care_note set folded = false`.execute(tx)),
  ).rejects.toThrow(/permission denied/)
})

describe('a supervisor’s word', () => {
  async function decide(by: Somebody, over: Record<string, unknown>): Promise<void> {
    const [row] = await machine.db.owner.rows(`select * from care_decision where case_id = '${caseId}'`)
    if (row === undefined) throw new Error('the plan of this case was decided')
    await insertAs(by, 'care_decision', { ...row, id: newId(), decided_by: by.id, ...over })
  }
  test('is hers alone, and about each plan once', async () => {
    await expect(decide(supervisor, { decided_by: worker.id })).rejects.toThrow(/row-level security/)
    await expect(decide(supervisor, {})).rejects.toThrow(/care_decision_submission_id_key/)
  })
  test('is never about what she handed in herself', async () => {
    const handedIn = newId()
    await asOwner(
      machine,
      `insert into care_submission (id, case_id, op_id, submitted_by, submitted_at, body)
         values ('${handedIn}', '${caseId}', '${newId()}', '${supervisor.id}', now(), '')`,
    )
    const own = { submission_id: handedIn, submitted_by: supervisor.id }
    await expect(decide(supervisor, own)).rejects.toThrow(/not_ones_own/)
    await expect(decide(supervisor, { ...own, submitted_by: worker.id })).rejects.toThrow(/foreign key/)
  })
})
