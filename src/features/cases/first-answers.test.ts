import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
import { pull } from '../../server/pull.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, ownerRows, send, type Somebody } from '../../../test/people.ts'
import { appOf, ask } from '../../../test/running-app.ts'
import { together } from './safe-start.ts'

// Whoever takes a call writes down what she learned of the child's safety, and gains no part of the file by it.
const machine = await testMachine()
const { app } = appOf(machine)
const office = await anOffice(machine)
const intake = await aPerson(machine, office, 'intake')
const otherIntake = await aPerson(machine, office, 'intake')
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const colleague = await aPerson(machine, office, 'case_worker')
const clinician = await aPerson(machine, await anOffice(machine, 'health'), 'clinician')
const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')

const nothing = { safeNow: null, safeWords: null, howKnown: null, howKnownWords: null, basis: null, basisWords: null }
const answersOp = (by: Somebody, caseId: string, over: Record<string, unknown>) =>
  anOp(by, 'cases.write_first_answers', { id: newId(), caseId, ...nothing, ...over })
const said = async (by: Somebody, ...ops: ReturnType<typeof anOp>[]) =>
  (await send(machine, by, ...ops)).map((one) => ('reason' in one ? one.reason : one.answer))

async function aCall(): Promise<string> {
  const caseId = await aCase(machine, intake)
  const pages = [
    { safeNow: 'no', safeWords: 'She hides at the market' },
    { howKnown: 'phone_call' },
    { basis: 'lawful_basis', basisWords: 'Nobody could be asked' },
  ]
  expect(await said(intake, ...pages.map((page) => answersOp(intake, caseId, page)))).toEqual(Array(3).fill('accepted'))
  return caseId
}

async function handOver(caseId: string): Promise<void> {
  const to = { caseId, personId: worker.id, teamId: office.teamId }
  expect(await said(supervisor, anOp(supervisor, 'cases.assign', to))).toEqual(['accepted'])
}

const file = async (by: Somebody, caseId: string) => (await ask(app, by, 'GET', `/api/cases/${caseId}`)).json

describe('an intake officer', () => {
  test('writes the safe start of a case she has just opened, page by page, and its first steps are taken', async () => {
    const caseId = await aCall()
    expect((await file(intake, caseId)).firstAnswers).toMatchObject({
      safeNow: 'no',
      safeWords: 'She hides at the market',
    })
    const held = await pull(machine, intake.sid, { device: newId() as never, cursor: null }, newId())
    const steps = held.put.find((row) => row.thing === 'steps' && row.caseId === caseId)
    expect(steps?.fields).toMatchObject({ safeNow: 'no', howKnown: 'phone_call', basis: 'lawful_basis' })
    expect(JSON.stringify(held)).not.toContain('market')
  })
  test('gains no part services by it, reads no safe start, and what she wrote lies sealed', async () => {
    const caseId = await aCall()
    const parts = await ownerRows(
      machine,
      `select part from access where actor = '${intake.id}' and case_id = '${caseId}'`,
    )
    expect(parts.map((row) => row.part)).not.toContain('services')
    const edit = anOp(
      intake,
      'cases.edit_safe_start',
      { id: caseId, caseId, set: { safeNow: 'yes' } },
      { baseVersion: 0 },
    )
    expect(await said(intake, edit)).toEqual(['not_allowed'])
    const [row] = await ownerRows(
      machine,
      `select (select json_agg(f)::text from first_answers f) || (select json_agg(l)::text from op_log l where case_id = '${caseId}') as text`,
    )
    expect(row?.text).not.toContain('market')
  })
  test('answers something, in a case of her own, that is open', async () => {
    const caseId = await aCall()
    expect(await said(intake, answersOp(intake, caseId, {}))).toEqual(['nothing_changed'])
    expect(await said(otherIntake, answersOp(otherIntake, caseId, { safeNow: 'yes' }))).toEqual(['not_allowed'])
    await handOver(caseId)
    expect(await said(worker, answersOp(worker, caseId, { safeNow: 'yes' }))).toEqual(['opener_answers'])
  })
})

describe('the worker who gets the case', () => {
  test('finds what was learned, is asked nothing of it again, and what she writes later stands over it', async () => {
    const caseId = await aCall()
    await handOver(caseId)
    expect((await file(worker, caseId)).firstAnswers).toMatchObject({
      safeNow: 'no',
      basisWords: 'Nobody could be asked',
    })
    const edit = anOp(
      worker,
      'cases.edit_safe_start',
      { id: caseId, caseId, set: { safeNow: 'yes' } },
      { baseVersion: 0 },
    )
    expect(await said(worker, edit)).toEqual(['accepted'])
    const { safeStart, firstAnswers } = (await file(worker, caseId)) as {
      safeStart: { fields: Record<string, string | null> }
      firstAnswers: Record<string, string | null>
    }
    expect(together(firstAnswers, safeStart.fields)).toMatchObject({ safeNow: 'yes', howKnown: 'phone_call' })
    // Whoever took the call is off it.
    expect((await ask(app, intake, 'GET', `/api/cases/${caseId}`)).status).toBe(404)
  })
  test('is asked who agrees while the call found nobody to ask', () => {
    expect(together({ basis: 'consent' }, { basis: 'not_yet' })).toEqual({ basis: 'consent' })
    expect(together({}, { basis: 'not_yet' })).toEqual({ basis: 'not_yet' })
    expect(together({ safeNow: 'no' }, { safeNow: null })).toEqual({ safeNow: 'no' })
  })
})

describe('the database itself', () => {
  const seen = (by: Somebody, caseId: string) =>
    asPerson(machine.db, by.sid, null, async (tx) => {
      const found = await sql<{
        n: number
      }>`select count(*)::int as n from first_answers where case_id = ${caseId}`.execute(tx)
      return found.rows[0]?.n
    })
  const put = (by: Somebody, caseId: string, author = by.id) =>
    asPerson(machine.db, by.sid, null, (tx) =>
      sql`insert into first_answers (id, case_id, op_id, safe_now, written_by, body)
        values (${newId()}, ${caseId}, ${newId()}, 'yes', ${author}, '')`.execute(tx),
    )
  test('shows them to whoever opened the case, its worker and her supervisor, and to nobody else', async () => {
    const caseId = await aCall()
    await handOver(caseId)
    await asOwner(
      machine,
      `insert into case_team (case_id, person_id, sector, role) values ('${caseId}', '${clinician.id}', 'health', 'clinician')`,
    )
    for (const by of [worker, supervisor]) expect(await seen(by, caseId)).toBe(3)
    // Who took the call is off the case with the handover.
    for (const by of [intake, clinician, colleague, otherIntake, police]) expect(await seen(by, caseId)).toBe(0)
  })
  test('takes them from whoever opened the case alone, in her own name, and changes none', async () => {
    const caseId = await aCall()
    expect(await seen(intake, caseId)).toBe(3)
    for (const by of [supervisor, colleague, otherIntake, police])
      await expect(put(by, caseId)).rejects.toThrow(/row-level security/)
    await expect(put(intake, caseId, worker.id)).rejects.toThrow(/row-level security/)
    await expect(put(intake, caseId)).resolves.toBeDefined()
    await handOver(caseId)
    for (const by of [worker, intake]) await expect(put(by, caseId)).rejects.toThrow(/row-level security/)
    for (const change of [sql`update first_answers set op_id = op_id`, sql`delete from first_answers`])
      await expect(asPerson(machine.db, intake.sid, null, (tx) => change.execute(tx))).rejects.toThrow(
        /permission denied/,
      )
  })
})
