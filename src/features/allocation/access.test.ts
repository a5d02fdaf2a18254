import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
import { aRecordOp } from '../../../test/best-interests.ts'
import { rowOp } from '../../../test/care.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, send, type Somebody } from '../../../test/people.ts'

// Each table of this feature, asked through the session of each kind of person, straight at the database.
const machine = await testMachine()
const office = await anOffice(machine)
const other = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const colleague = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const boss = await aPerson(machine, other, 'supervisor')
const bystander = await aPerson(machine, await anOffice(machine), 'supervisor')
const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')
const caseId = await aCase(machine, worker)
const transferId = newId()

beforeAll(async () => {
  const wish = rowOp(worker, 'allocation.edit_wish', caseId, { prefers: 'female' }, { id: caseId })
  const words = { why: 'They moved', needs: null }
  const offer = { id: transferId, caseId, toTeam: other.teamId, childTold: 'told', ...words }
  const answers = [
    ...(await send(machine, worker, wish, aRecordOp(worker, caseId, { about: ['transfer'] }))),
    ...(await send(machine, supervisor, anOp(supervisor, 'allocation.offer_transfer', offer))),
  ]
  expect(answers.map((one) => one.answer)).toEqual(['accepted', 'accepted', 'accepted'])
})

const rowsSeen = (by: Somebody, table: string) =>
  asPerson(machine.db, by.sid, null, async (tx) => {
    const found = await sql<{ n: number }>`
      select count(*) as n from ${sql.table(table)} where case_id = ${caseId}`.execute(tx)
    return found.rows[0]?.n ?? 0
  })
const run = (by: Somebody, text: string) => asPerson(machine.db, by.sid, null, (tx) => sql.raw(text).execute(tx))

describe('an offer', () => {
  test('is read by the case’s own people and by those who are asked, and by nobody else', async () => {
    for (const by of [worker, supervisor, boss]) expect(await rowsSeen(by, 'case_transfer')).toBe(1)
    for (const by of [colleague, bystander, police]) expect(await rowsSeen(by, 'case_transfer')).toBe(0)
  })
  test('carries the child’s words to those who read its services, and to nobody who is only offered the case', async () => {
    for (const by of [worker, supervisor]) expect(await rowsSeen(by, 'case_transfer_voice')).toBe(1)
    for (const by of [colleague, boss, bystander, police]) expect(await rowsSeen(by, 'case_transfer_voice')).toBe(0)
  })
  test('is put, changed and answered through its functions only', async () => {
    for (const text of [
      `insert into case_transfer select * from case_transfer`,
      `update case_transfer set ends_at = 'infinity'`,
      `insert into case_transfer_answer (id) values (gen_random_uuid())`,
      `update child_case set org_id = '${other.orgId}' where id = '${caseId}'`,
    ])
      await expect(run(boss, text)).rejects.toThrow(/permission denied/)
  })
  test('is made by nobody who does not supervise the case', async () => {
    for (const by of [worker, boss, bystander, police])
      await expect(
        run(
          by,
          `select kembali.offer_transfer(gen_random_uuid(), '${caseId}', gen_random_uuid(), '${other.teamId}', 'told', now(), '')`,
        ),
      ).rejects.toThrow(/not allowed/)
  })
  test('is accepted by nobody but who supervises the team that was asked', async () => {
    for (const by of [worker, supervisor, colleague, bystander, police])
      await expect(
        run(
          by,
          `select kembali.answer_transfer(gen_random_uuid(), '${transferId}', gen_random_uuid(), 'accepted', '${worker.id}', now(), '')`,
        ),
      ).rejects.toThrow(/not allowed/)
  })
})

describe('a child’s wish, of part services', () => {
  test('is read by the worker and her supervisor, and not by those who are only offered the case', async () => {
    for (const by of [worker, supervisor]) expect(await rowsSeen(by, 'child_wish')).toBe(1)
    for (const by of [colleague, boss, bystander, police]) expect(await rowsSeen(by, 'child_wish')).toBe(0)
  })
  test('is changed by the worker alone', async () => {
    const change = async (by: Somebody) =>
      (await run(by, `update child_wish set version = version where case_id = '${caseId}'`)).numAffectedRows
    for (const by of [supervisor, boss, police]) expect(await change(by)).toBe(0n)
    expect(await change(worker)).toBe(1n)
  })
})

test('the list of offices is for those who supervise, and names no office outside child protection', async () => {
  const listed = (by: Somebody) =>
    asPerson(machine.db, by.sid, null, async (tx) => {
      const found = await sql<{ teamId: string }>`select team_id from kembali.offices_to_offer()`.execute(tx)
      return found.rows.map((row) => row.teamId)
    })
  expect(await listed(worker)).toEqual([])
  const seen = await listed(supervisor)
  expect(seen).toContain(other.teamId)
  expect(seen).not.toContain(police.teamId)
  expect(seen).not.toContain(office.teamId)
})
