import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aWorkerWithPassword, Browser, putPerson, runningDeployment } from '../../../test/door.ts'
import { ownerRows } from '../../../test/people.ts'
import { newId } from '../../crypto/random.ts'
import { asClock, asPerson, asStats, type Tx } from '../../server/as-person.ts'
import { asNobody } from './sign-in-api.ts'

const deployment = await runningDeployment()
const { machine, admin, dpo, supervisor, officeId, ids } = deployment
const worker = await aWorkerWithPassword(deployment)
const colleague = await aWorkerWithPassword(deployment)
await dpo.signInWithPasskey()
// One row of everything: an open vouch and link, something proposed, a question a passkey was asked.
await admin.post('/api/people/role', { id: newId(), personId: worker.id, role: 'supervisor' })
await supervisor.post('/api/people/vouch', { id: newId(), personId: worker.id })
await admin.post('/api/people/invite', { personId: await putPerson(admin, officeId, 'case_worker') })
await admin.post('/api/people/invite', { personId: worker.id })
await new Browser(machine).post('/api/sign-in/passkey/options')

const SECRET = ['password_credential', 'totp_credential', 'challenge', 'throttle'] as const
const sidOf = (browser: Browser) => browser.cookie?.split('=')[1] ?? ''

type Asked = 'denied' | number
async function asked(run: () => Promise<number>): Promise<Asked> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '42501') return 'denied'
    throw error
  }
}
const count = (tx: Tx, table: string, columns: string) =>
  sql<{ n: number }>`select count(*)::int as n from (select ${sql.raw(columns)} from ${sql.table(table)}) as seen`
    .execute(tx)
    .then(({ rows }) => rows[0]?.n ?? 0)
const seenBy = (browser: Browser, table: string, columns: string) =>
  asked(() => asPerson(machine.db, sidOf(browser), null, (tx) => count(tx, table, columns)))

describe('secrets of signing in', () => {
  test.each(SECRET)('in %s are read by nobody, whatever her role, and there are some', async (table) => {
    for (const browser of [admin, dpo, supervisor, worker.browser])
      expect(await seenBy(browser, table, '*')).toBe('denied')
    expect(await asked(() => asNobody(machine, (tx) => count(tx, table, '*')))).toBe('denied')
    expect(await asked(() => asClock(machine.db, (tx) => count(tx, table, '*')))).toBe('denied')
    expect(await asked(() => asStats(machine.db, (tx) => count(tx, table, '*')))).toBe('denied')
    expect((await ownerRows(machine, `select 1 as row from ${table} limit 1`)).length).toBe(1)
  })

  test('are not answered to the clock or the figures through a function either', async () => {
    const login = worker.login
    for (const role of [asClock<unknown>, asStats<unknown>])
      await expect(
        role(machine.db, (tx) => sql`select * from kembali.password_facts(${login})`.execute(tx)),
      ).rejects.toThrow('permission denied')
  })

  test.each([
    ['insert into password_credential (person_id, hash) values (kembali.actor(), $$x$$)'],
    ['update app_user set role = $$admin$$ where id = kembali.actor()'],
    ['update team_member set supervises = true'],
    ['update deployment set set_up_ended_at = null'],
    [
      'insert into passkey (id, person_id, public_key, counter, transports, backed_up) values ($$x$$, kembali.actor(), $$x$$, 0, $${}$$, false)',
    ],
    ['delete from vouch'],
    ['update invitation set tries = 0'],
    ['update appointment set decision = $$confirmed$$'],
    ['delete from people_change'],
    ['select kembali.apply_role(kembali.actor(), $$admin$$, $$x$$)'],
    ['select kembali.people_changed($$x$$, null, null, null, null, $$x$$)'],
    ['select kembali.enrol_done(gen_random_uuid(), $$x$$)'],
    ['select kembali.end_set_up($$x$$)'],
  ])('are not written past the functions: %s', async (text) => {
    await expect(asPerson(machine.db, sidOf(admin), null, (tx) => sql.raw(text).execute(tx))).rejects.toThrow(
      'permission denied',
    )
  })
})

describe('a passkey', () => {
  test('is seen by its owner alone, and its public half by nobody', async () => {
    await supervisor.signInWithPasskey()
    expect(await seenBy(supervisor, 'passkey', 'id, person_id')).toBe(1)
    expect(await seenBy(worker.browser, 'passkey', 'id, person_id')).toBe(0)
    const others = `select count(*)::int as n from passkey where person_id <> '${ids.admin}'`
    expect(Number((await ownerRows(machine, others))[0]?.n)).toBeGreaterThan(1)
    expect(await seenBy(admin, 'passkey', 'public_key')).toBe('denied')
  })
})

describe('what two people do for a third', () => {
  test.each([
    // table, columns for the app, administrator, the worker it is about, a colleague
    ['vouch', 'id, person_id, voucher_id', true, true, false],
    ['invitation', 'id, person_id, made_by', true, false, false],
    ['appointment', '*', true, true, false],
    ['people_change', '*', true, true, false],
  ])(
    'in %s is seen by administrators and the DPO; by the person herself: %s',
    async (table, columns, all, hers, others) => {
      const about = (browser: Browser) =>
        asPerson(machine.db, sidOf(browser), null, async (tx) => {
          const { rows } = await sql<{
            n: number
          }>`select count(*)::int as n from (select ${sql.raw(columns)} from ${sql.table(table)}) as seen
          where person_id = ${worker.id}`.execute(tx)
          return (rows[0]?.n ?? 0) > 0
        })
      expect([
        await about(admin),
        await about(dpo),
        await about(worker.browser),
        await about(colleague.browser),
      ]).toEqual([all, all, hers, others])
    },
  )

  test('never shows the hash of a link or the code of a vouch', async () => {
    expect(await seenBy(admin, 'invitation', 'token_hash')).toBe('denied')
    expect(await seenBy(admin, 'invitation', 'totp_wrapped')).toBe('denied')
    expect(await seenBy(admin, 'vouch', 'code_mac')).toBe('denied')
  })

  test('is not there for who has not signed in', async () => {
    for (const [table, columns] of [
      ['vouch', 'id'],
      ['invitation', 'id'],
      ['appointment', '*'],
      ['people_change', '*'],
      ['app_user', '*'],
      ['passkey', 'id'],
    ] as const)
      expect([table, await asNobody(machine, (tx) => count(tx, table, columns))]).toEqual([table, 0])
  })
})
