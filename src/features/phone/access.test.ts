import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { testMachine } from '../../../test/db.ts'
import { anOffice, aPerson, asOwner, type Somebody } from '../../../test/people.ts'
import { newId } from '../../crypto/random.ts'
import { asClock, asPerson, asStats } from '../../server/as-person.ts'

// What lies in the sealed inbox of locked phones, asked through each session and login, straight at the database.
const machine = await testMachine()
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const colleague = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const dpo = await aPerson(machine, office, 'dpo')
const id = newId()
const TABLES = ['jotting_device', 'jotting', 'jotting_piece'] as const

beforeAll(() =>
  asOwner(
    machine,
    `insert into jotting_device (device, person_id, device_key) values ('${worker.device}', '${worker.id}', decode(repeat('04', 65), 'hex'));
     insert into jotting (id, person_id, device, pieces) values ('${id}', '${worker.id}', '${worker.device}', 1);
     insert into jotting_piece (jotting_id, person_id, place, sealed) values ('${id}', '${worker.id}', 0, decode(repeat('00', 100), 'hex'))`,
  ),
)

const run = (by: Somebody, statement: ReturnType<typeof sql>) =>
  asPerson(machine.db, by.sid, null, async (tx) => (await statement.execute(tx)).numAffectedRows)
const count = (table: string) => sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`
const seen = (by: Somebody, table: string) =>
  asPerson(machine.db, by.sid, null, async (tx) => (await count(table).execute(tx)).rows[0]?.n)

describe.each(TABLES)('%s', (table) => {
  test('is its writer’s alone: no colleague, supervisor or data protection officer sees it', async () => {
    expect(await seen(worker, table)).toBe(1)
    for (const by of [colleague, supervisor, dpo]) expect(await seen(by, table)).toBe(0)
  })

  test('is seen by no job and counted in no figure', async () => {
    await expect(asClock(machine.db, (tx) => count(table).execute(tx))).rejects.toThrow(/permission denied/)
    await expect(asStats(machine.db, (tx) => count(table).execute(tx))).rejects.toThrow(/permission denied/)
  })
})

test('nobody ends or takes away what another has written', async () => {
  for (const by of [colleague, supervisor, dpo]) {
    expect(await run(by, sql`update jotting set ended_at = now(), outcome = 'kept'`)).toBe(0n)
    expect(await run(by, sql`delete from jotting_piece`)).toBe(0n)
  }
})

test('nothing is put there past the phone that proves itself, and nothing is given to somebody else', async () => {
  for (const statement of [
    sql`insert into jotting (id, person_id, device, pieces) values (${newId()}, ${worker.id}, ${worker.device}, 1)`,
    sql`insert into jotting_piece (jotting_id, person_id, place, sealed) values (${id}, ${worker.id}, 1, ${Buffer.alloc(100)})`,
    sql`insert into jotting_device (device, person_id, device_key) values (${newId()}, ${worker.id}, ${Buffer.alloc(65)})`,
    sql`update jotting set person_id = ${colleague.id}`,
    sql`update jotting_device set device_key = ${Buffer.alloc(65)}`,
    sql`update jotting_piece set sealed = ${Buffer.alloc(100)}`,
  ])
    await expect(run(worker, statement)).rejects.toThrow(/permission denied/)
})

test('until when a worker has no signal is seen by her and whoever supervises her, and told by nobody else', async () => {
  const other = await aPerson(machine, await anOffice(machine), 'supervisor')
  const tell = (who: string) =>
    sql`insert into phone_trip (device, person_id, until) values (${newId()}, ${who}, now() + interval '20 days')`
  expect(await run(worker, tell(worker.id))).toBe(1n)
  for (const by of [colleague, supervisor]) await expect(run(by, tell(worker.id))).rejects.toThrow(/row-level security/)
  expect(await seen(worker, 'phone_trip')).toBe(1)
  expect(await seen(supervisor, 'phone_trip')).toBe(1)
  for (const by of [colleague, dpo, other]) expect(await seen(by, 'phone_trip')).toBe(0)
  for (const by of [colleague, supervisor]) expect(await run(by, sql`update phone_trip set until = until`)).toBe(0n)
})
