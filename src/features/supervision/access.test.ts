import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, aPerson, asOwner, send, type Somebody } from '../../../test/people.ts'
import { putRightOp, reviewOp, talkOp } from '../../../test/supervision.ts'

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
    `update child_case set opened_at = opened_at - interval '70 days' where id = '${caseId}';
     insert into case_team (case_id, person_id, sector, role) values ('${caseId}', '${clinician.id}', 'health', 'clinician')`,
  )
  const review = reviewOp(supervisor, caseId)
  const answers = [
    ...(await send(machine, supervisor, talkOp(supervisor, caseId, worker.id), review)),
    ...(await send(machine, worker, putRightOp(worker, caseId, review.payload.id))),
  ]
  expect(answers.map((one) => one.answer)).toEqual(['accepted', 'accepted', 'accepted'])
})

const seen = (by: Somebody, table: string) =>
  asPerson(machine.db, by.sid, null, async (tx) => {
    const found = await sql<{ n: number }>`
      select count(*)::int as n from ${sql.table(table)} where case_id = ${caseId}`.execute(tx)
    return found.rows[0]?.n ?? 0
  })

const AUTHORS: Record<string, string> = {
  supervision_note: 'written_by',
  file_review: 'reviewed_by',
  file_put_right: 'done_by',
}

async function copyAs(by: Somebody, table: string, over: Record<string, unknown> = {}): Promise<void> {
  const [row] = await machine.db.owner.rows(`select * from ${table} where case_id = '${caseId}'`)
  const copy: Record<string, unknown> = { ...row, id: newId(), [AUTHORS[table] ?? '']: by.id, ...over }
  const columns = Object.keys(copy)
  await asPerson(machine.db, by.sid, null, (tx) =>
    sql`insert into ${sql.table(table)} (${sql.join(columns.map((one) => sql.ref(one)))})
      values (${sql.join(columns.map((one) => copy[one]))})`.execute(tx),
  )
}

describe('a note of a talk', () => {
  test('is read by the two who had it', async () => {
    for (const by of [worker, supervisor]) expect(await seen(by, 'supervision_note')).toBe(1)
  })
  test('is not there for anybody else, also not for whoever is on the same case', async () => {
    for (const by of [clinician, colleague, police]) expect(await seen(by, 'supervision_note')).toBe(0)
  })
  test('is in no log that others of the case read', async () => {
    for (const by of [worker, supervisor, clinician]) {
      const logged = await asPerson(machine.db, by.sid, null, (tx) =>
        sql<{
          type: string
        }>`select type from op_log where case_id = ${caseId} and type like 'supervision.note%'`.execute(tx),
      )
      expect(logged.rows).toEqual([])
    }
  })
  test('is read by whoever supervises the case after her, and no more by her who does not', async () => {
    const [next, other] = [await aPerson(machine, office, 'supervisor'), await aPerson(machine, office, 'supervisor')]
    await asOwner(machine, `update team_member set ended_at = now() where person_id = '${other.id}'`)
    expect(await seen(next, 'supervision_note')).toBe(1)
    expect(await seen(other, 'supervision_note')).toBe(0)
  })
  test('stays in its office when the case moves to another one', async () => {
    const elsewhere = await anOffice(machine)
    const boss = await aPerson(machine, elsewhere, 'supervisor')
    const move = (to: typeof office) =>
      asOwner(machine, `update child_case set org_id = '${to.orgId}', team_id = '${to.teamId}' where id = '${caseId}'`)
    await move(elsewhere)
    expect({ talk: await seen(boss, 'supervision_note'), review: await seen(boss, 'file_review') }).toEqual({
      talk: 0,
      review: 1,
    })
    await move(office)
  })
})

describe.each(['file_review', 'file_put_right'])('%s, of part case', (table) => {
  test('is read by whoever may open the file, and by nobody else', async () => {
    for (const by of [worker, supervisor, clinician]) expect(await seen(by, table)).toBe(1)
    for (const by of [colleague, police]) expect(await seen(by, table)).toBe(0)
  })
})

test.each([
  ['supervision_note', () => [worker, colleague, police, clinician], {}],
  ['file_review', () => [worker, colleague, police, clinician], { month: '2026-01-01' }],
  ['file_put_right', () => [colleague, police, clinician], { review_id: newId() }],
])('%s is written by nobody who may not, and in nobody else’s name', async (table, others, over) => {
  for (const by of others())
    await expect(
      copyAs(by, table, { ...over, ...(table === 'supervision_note' ? { with_id: supervisor.id } : {}) }),
    ).rejects.toThrow(/row-level security/)
  const mine = table === 'file_put_right' ? worker : supervisor
  await expect(copyAs(mine, table, { ...over, [AUTHORS[table] ?? '']: colleague.id })).rejects.toThrow(
    /row-level security/,
  )
})

test.each(Object.keys(AUTHORS))('%s is never changed or taken away', async (table) => {
  for (const statement of [sql`update ${sql.table(table)} set case_id = case_id`, sql`delete from ${sql.table(table)}`])
    await expect(asPerson(machine.db, supervisor.sid, null, (tx) => statement.execute(tx))).rejects.toThrow(
      /permission denied/,
    )
})
