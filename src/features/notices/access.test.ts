import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { asClock, asPerson, asStats } from '../../server/as-person.ts'
import { testMachine } from '../../../test/db.ts'
import { anOffice, aPerson, asOwner, type Somebody } from '../../../test/people.ts'

// The tables of what leaves the house, asked through each session and login, straight at the database.
const machine = await testMachine()
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const colleague = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const admin = await aPerson(machine, office, 'admin')
const TABLES = ['notice_mail', 'notice_device', 'notice_out', 'push_key'] as const

beforeAll(() =>
  asOwner(
    machine,
    `insert into notice_mail (person_id, epoch, wrapped, language, confirmed_at) values ('${worker.id}', 'first', 'x', 'en', now());
     insert into notice_device (id, person_id, device_key, epoch, wrapped, language) values ('${newId()}', '${worker.id}', null, 'first', 'x', 'en');
     insert into notice_out (person_id, way, source, about, stage) values ('${worker.id}', 'mail', 'question', '${newId()}', 'waits')`,
  ),
)

const count = (table: string) => sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`
const seen = (by: Somebody, table: string) =>
  asPerson(machine.db, by.sid, null, async (tx) => (await count(table).execute(tx)).rows[0]?.n)

describe.each(['notice_mail', 'notice_device'] as const)('%s', (table) => {
  test('is its owner’s alone: no colleague, supervisor or administrator sees or changes it', async () => {
    expect(await seen(worker, table)).toBe(1)
    for (const by of [colleague, supervisor, admin]) {
      expect(await seen(by, table)).toBe(0)
      const touched = await asPerson(machine.db, by.sid, null, (tx) =>
        sql`update ${sql.table(table)} set language = 'id'`.execute(tx),
      )
      expect(Number(touched.numAffectedRows)).toBe(0)
      const gone = await asPerson(machine.db, by.sid, null, (tx) => sql`delete from ${sql.table(table)}`.execute(tx))
      expect(Number(gone.numAffectedRows)).toBe(0)
    }
  })

  test('takes nobody else’s name', async () => {
    const row = sql`insert into ${sql.table(table)} (${table === 'notice_device' ? sql`id, ` : sql``}person_id, epoch, wrapped, language)
      values (${table === 'notice_device' ? sql`gen_random_uuid(), ` : sql``}${colleague.id}, 'first', 'x', 'en')`
    await expect(asPerson(machine.db, supervisor.sid, null, (tx) => row.execute(tx))).rejects.toThrow(
      /row-level security/,
    )
  })
})

describe.each(['notice_out', 'push_key'] as const)('%s', (table) => {
  test('is read by the job that sends, by no person', async () => {
    for (const by of [worker, supervisor, admin]) await expect(seen(by, table)).rejects.toThrow(/permission denied/)
  })
})

test('the job that sends writes no notice of its own, and the one that makes figures sees none', async () => {
  await expect(
    asClock(machine.db, (tx) =>
      sql`insert into notice_out (person_id, way, source, about, stage) values (${worker.id}, 'mail', 'question', ${newId()}, 'waits')`.execute(
        tx,
      ),
    ),
  ).rejects.toThrow(/permission denied/)
  for (const table of TABLES)
    await expect(asStats(machine.db, (tx) => count(table).execute(tx))).rejects.toThrow(/permission denied/)
})

test('no person puts a notice out past the acts that make one', async () => {
  await expect(
    asPerson(machine.db, worker.sid, null, (tx) =>
      sql`select kembali.put_notice_out(${colleague.id}, 'question', ${newId()}, 'waits', null)`.execute(tx),
    ),
  ).rejects.toThrow(/permission denied/)
})
