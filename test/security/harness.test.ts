import { afterAll, describe, expect, test } from 'vitest'
import { ENGINE } from '../db.ts'
import { NotStarted, NotThereYet, securityHarness } from './harness.ts'

// What others build their tests on is tested itself: a harness that looks away would make every test above it pass.
const h = securityHarness()
await h.start({ db: ENGINE })
const { cases, people } = await h.seed('small')
afterAll(() => h.stop())

describe('the harness', () => {
  test('signs people in over HTTP, each with the rights of her own office', async () => {
    const [worker, stranger] = [await h.as('worker'), await h.as('stranger')]
    expect((await worker.get(`/api/cases/${cases.worker[0]}`)).status).toBe(200)
    expect((await stranger.get(`/api/cases/${cases.worker[0]}`)).status).toBe(404)
  })

  test('asks the database as a role: in a session its rows, without one none, and never beyond its grants', async () => {
    const worker = await h.as('worker')
    const mine = await h.sql('k_app', 'select id from child_case', [], worker.token)
    expect(mine.map((row) => row.id).sort()).toEqual([...cases.worker, ...cases.closed].sort())
    expect(await h.sql('k_app', 'select id from child_case')).toEqual([])
    expect(await h.sql('k_app', 'select id from child_case', [], 'x'.repeat(43))).toEqual([])
    await expect(h.sql('k_app', 'select * from session', [], worker.token)).rejects.toThrow(/permission denied/)
    await expect(h.sql('k_stats', 'select * from child_case')).rejects.toThrow(/permission denied/)
    expect(await h.sql('k_owner', 'select $1::int + 1 as sum', [41])).toEqual([{ sum: 42 }])
  })

  test('moves the clock in SQL and HTTP alike, and puts it back', async () => {
    const worker = await h.as('worker')
    const hours = async () => {
      const [row] = await h.sql('k_owner', 'select extract(epoch from kembali.now() - now()) / 3600 as hours')
      return Math.round(Number(row?.hours))
    }
    const moved = await h.fault('clock', 13 * 3_600_000)
    expect(await hours()).toBe(13)
    expect((await worker.get('/api/session')).status).toBe(401)
    await moved[Symbol.asyncDispose]()
    expect(await hours()).toBe(0)
    expect((await worker.get('/api/session')).status).toBe(200)
  })

  test('makes a proof of identity older than it is', async () => {
    const client = await h.as('supervisor', { authAge: 360 })
    const [row] = await h.sql(
      'k_owner',
      `select extract(epoch from kembali.now() - proved_at)::int as age from session where token_hash = sha256(convert_to($1, 'UTF8'))`,
      [client.token],
    )
    expect(Number(row?.age)).toBeGreaterThanOrEqual(360)
  })

  test('E1: with a ledger that cannot be written nothing is read, and no plaintext leaves', async () => {
    const worker = await h.as('worker')
    const before = (await h.audit()).length
    const fault = await h.fault('audit-insert-fails')
    const closed = await worker.get(`/api/cases/${cases.worker[0]}`)
    expect(closed.status).toBeGreaterThanOrEqual(500)
    expect(closed.text).not.toContain('Words for')
    await fault[Symbol.asyncDispose]()
    expect((await worker.get(`/api/cases/${cases.worker[0]}`)).status).toBe(200)
    expect((await h.audit()).length).toBeGreaterThan(before)
  })

  // On PGlite the database is inside the program: it can be killed with it, and neither slow nor away on its own.
  if (ENGINE === 'postgres')
    test('makes the database slow, and takes it away; the program says busy and recovers', async () => {
      const worker = await h.as('worker')
      const slow = await h.fault('slow-db')
      expect((await worker.get('/api/cases')).status).toBe(503)
      await slow[Symbol.asyncDispose]()
      const down = await h.fault('db-down')
      expect((await worker.get('/api/cases')).status).toBeGreaterThanOrEqual(500)
      await down[Symbol.asyncDispose]()
      expect((await worker.get('/api/cases')).status).toBe(200)
    })

  test('kills and restarts the program on the same data, with its sessions', async () => {
    const worker = await h.as('worker')
    await h.kill('app', 'SIGKILL')
    await expect(worker.get('/api/session')).rejects.toThrow()
    await h.restart()
    expect((await worker.get(`/api/cases/${cases.worker[0]}`)).status).toBe(200)
    await h.kill('app', 'SIGTERM')
    await h.restart()
    expect((await worker.get('/api/session')).status).toBe(200)
  }, 180_000)

  test('publishes a quarter with both signatures, and puts the clock back', async () => {
    const quarter = `${new Date().getUTCFullYear()}-Q4`
    expect(await h.publish(quarter)).toMatchObject([{ code: 'held', period: quarter }])
    const [row] = await h.sql('k_owner', 'select abs(extract(epoch from kembali.now() - now())) < 1 as same')
    expect(row).toEqual({ same: true })
    expect((await h.audit()).filter((entry) => entry.action === 'reports.sign_release')).toHaveLength(2)
  }, 180_000)

  test('says plainly what the product does not have yet', async () => {
    for (const ask of [
      () => h.checkpoint(),
      () => h.backup(),
      () => h.restore('any'),
      () => h.fault('disk-full'),
      () => h.fault('keys-down'),
      () => h.as('worker', { device: true }),
    ])
      await expect(ask()).rejects.toThrow(NotThereYet)
  })
})

test('a program that refuses to start says why, and with which exit code', async () => {
  const other = securityHarness()
  const refused = await other.start({ mode: 'production' }).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(NotStarted)
  expect(refused).toMatchObject({ exitCode: 1, message: expect.stringContaining('PostgreSQL') as unknown })
}, 180_000)

test('the same seed gives the same ids', async () => {
  const again = securityHarness()
  await again.start()
  const second = await again.seed('small')
  await again.stop()
  expect(second.cases).toEqual(cases)
  expect(second.people).toEqual(people)
}, 180_000)
