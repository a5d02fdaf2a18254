import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Cluster, findPostgres, freePort, startCluster } from '../../test/postgres.ts'
import {
  aFolder,
  type Ended,
  kembali,
  type Running,
  runToEnd,
  SERVER,
  type Settings,
  startServer,
} from '../../test/programs.ts'
import { now } from '../../test/people.ts'
import { buildProgram } from '../../test/security/program.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { newId, newOpId } from '../crypto/random.ts'
import { readConfig, StartError } from './config.ts'
import { passProductionGate } from './production-gate.ts'

// Each test starts a program or two, on a computer that may be busy.
vi.setConfig({ testTimeout: 120_000 })

const running: Running[] = []

async function aServer(settings: Settings): Promise<Running> {
  const server = await startServer(settings)
  running.push(server)
  return server
}

beforeAll(() => buildProgram(), 120_000)
afterAll(async () => {
  vi.resetConfig()
  for (const server of running) if (server.child.exitCode === null) await server.stop('SIGKILL')
})

describe('a start that cannot go on ends in one clear sentence and a non-zero exit', () => {
  test('when the port is in use', async () => {
    const port = await freePort()
    const other = createServer().listen(port, '127.0.0.1')
    const ended = await runToEnd(SERVER, { PORT: String(port), KEMBALI_DATA: aFolder() })
    other.close()
    expect(oneSentence(ended)).toBe(`Port ${port} is in use. Set PORT to another one.`)
  })

  test('when the data folder cannot be written', async () => {
    const file = join(aFolder(), 'a-file')
    writeFileSync(file, '')
    const ended = await runToEnd(SERVER, { KEMBALI_DATA: join(file, 'data') })
    expect(oneSentence(ended)).toContain('cannot be written. Set KEMBALI_DATA')
  })

  test.each([
    ['PORT', 'many', 'The setting PORT is not usable'],
    ['PORT', '70000', 'The setting PORT is not usable'],
    ['KEMBALI_MODE', 'real', 'The setting KEMBALI_MODE is not usable'],
    ['KEMBALI_COUNTRY', 'XXX', 'There is no country pack called XXX'],
    ['DATABASE_URL', 'mysql://localhost/kembali', 'DATABASE_URL must be an address that begins with postgres://'],
    ['DATABASE_URL', 'postgres://[', 'DATABASE_URL must be an address'],
    ['DATABASE_URL', 'postgres://nobody:secret@127.0.0.1:1/kembali', 'The database at DATABASE_URL cannot be reached'],
  ])('when %s is %s', async (name, value, sentence) => {
    const ended = await runToEnd(SERVER, { PORT: '0', KEMBALI_DATA: aFolder(), [name]: value })
    expect(oneSentence(ended)).toContain(sentence)
    expect(ended.err).not.toContain('secret')
  })
})

describe('a start that has to build first and cannot', () => {
  const house = aFolder()
  beforeAll(() => {
    for (const name of ['scripts', 'src', 'countries', 'migrations', 'locales', 'package.json', 'vite.config.ts'])
      cpSync(name, join(house, name), { recursive: true })
    for (const name of ['node_modules', 'package-lock.json']) symlinkSync(join(process.cwd(), name), join(house, name))
  })

  test.each([
    ['its server', 'src/core/time.ts', 'The server could not be built: the fault stands above.'],
    ['its web app', 'src/web/main.tsx', 'Kembali was not started, because its web app could not be built.'],
  ])('ends in a sentence when %s has a fault, and leaves nothing locked', async (_title, file, sentence) => {
    const whole = readFileSync(join(house, file), 'utf8')
    writeFileSync(join(house, file), `${whole}\nconst = 3\n`)
    const data = join(house, 'data')
    const ended = await runToEnd([join(house, 'scripts', 'start.mjs')], { PORT: '0', KEMBALI_DATA: data }, [], house)
    writeFileSync(join(house, file), whole)
    expect(ended.code).toBe(1)
    expect(ended.err).toContain(file)
    expect(ended.err.trim().split('\n').at(-1)).toBe(sentence)
    expect(existsSync(join(data, 'kembali.lock'))).toBe(false)
    expect(existsSync(join(house, 'dist', 'built'))).toBe(false)
  })
})

describe('a demo', () => {
  const folder = join(aFolder(), 'deep', 'data')

  test('honours PORT and KEMBALI_DATA, says what to try, lets no second program in, and ends by SIGTERM with exit 0', async () => {
    const port = await freePort()
    const server = await aServer({ PORT: String(port), KEMBALI_DATA: folder })
    expect(server.heard.out()).toContain(`Kembali is ready: http://localhost:${port}`)
    expect(server.heard.out()).toContain('Three things to try')
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['keys.json', 'pglite']))
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(await get(server, '/readyz')).toMatchObject({ status: 200 })
    const start = JSON.parse((await get(server, '/api/start')).body) as Record<string, unknown>
    expect(start).toMatchObject({ mode: 'demo', pilot: false, serverKey: expect.stringMatching(/^[\w-]{87}$/) })

    const second = await runToEnd(SERVER, { PORT: '0', KEMBALI_DATA: folder })
    expect(oneSentence(second)).toMatch(/^The data folder is in use by another Kembali \(process \d+\)/)

    expect(await server.stop()).toBe(0)
    expect(readdirSync(folder)).not.toContain('kembali.lock')
  })

  test('stopped while it was being filled is not opened with half its story', async () => {
    const half = aFolder()
    writeFileSync(join(half, 'demo-being-filled'), '')
    const ended = await runToEnd(SERVER, { PORT: '0', KEMBALI_DATA: half })
    expect(oneSentence(ended)).toContain(`The demo was stopped while it was being filled. Remove the folder ${half}`)
    expect(readdirSync(folder)).not.toContain('demo-being-filled') // the one above was filled to its end
  })

  test('finishes what is under way when it is told to stop, and takes nothing new', async () => {
    const server = await aServer({ KEMBALI_DATA: folder })
    const people = JSON.parse((await get(server, '/api/sign-in/demo-people')).body) as { people: { id: string }[] }
    const body = JSON.stringify({ personId: people.people[0]?.id })
    const headers = { 'content-type': 'application/json', 'x-kembali': '1', 'content-length': String(body.length) }
    const answer = new Promise<number | undefined>((resolve, reject) => {
      const half = request(`${server.base}/api/sign-in/demo`, { method: 'POST', headers }, (from) =>
        resolve(from.resume().statusCode),
      ).on('error', reject)
      half.write(body.slice(0, 10))
      setTimeout(() => half.end(body.slice(10)), 1000)
    })
    await new Promise((resolve) => setTimeout(resolve, 300))
    const stopped = server.stop()
    await new Promise((resolve) => setTimeout(resolve, 300))
    await expect(get(server, '/livez')).rejects.toThrow()
    expect(await answer).toBe(200)
    expect(await stopped).toBe(0)
  })

  test('is not opened as production: PGlite and plain keys are named with everything else', async () => {
    const ended = await runToEnd(SERVER, { PORT: '0', KEMBALI_MODE: 'production', KEMBALI_DATA: folder })
    expect(ended.code).toBe(1)
    for (const sentence of [
      'PGlite can lose acknowledged work',
      'A plain key file (keys.json)',
      'no sealed key file yet',
      'KEMBALI_ORIGIN is not set',
      'Not there yet: ',
      'KEMBALI_PILOT_ACCEPTED_BY="Name, YYYY-MM-DD"',
    ])
      expect(ended.err).toContain(sentence)
  })
})

describe.runIf(findPostgres() !== null)('production on PostgreSQL', () => {
  const PASSPHRASE = 'seven grey herons by the river'
  const folder = join(aFolder(), 'data')
  let cluster: Cluster
  let superuser: pg.Client
  let logins: Settings
  let base: Settings
  let sheet: string[]

  beforeAll(async () => {
    cluster = await startCluster({ fsync: true })
    superuser = await connect(cluster.url())
    await superuser.query('create database kembali')
    await superuser.end()
    superuser = await connect(cluster.url('kembali'))
    base = {
      KEMBALI_MODE: 'production',
      KEMBALI_DATA: folder,
      KEMBALI_ORIGIN: 'https://kembali.example.org',
      KEMBALI_DPIA: 'DPIA-1',
      KEMBALI_OLD_NODE: 'yes',
      KEMBALI_PILOT_ACCEPTED_BY: `Somebody Fictional, ${new Date().toISOString().slice(0, 10)}`,
    }
  }, 60_000)
  afterAll(async () => {
    await superuser.end()
    await cluster.stop()
  })

  test('"prepare-database" refuses whoever is no superuser, and prints four logins that are none', async () => {
    const made = await runToEnd(kembali('prepare-database'), {}, [cluster.url('kembali')])
    expect(made).toMatchObject({ code: 0 })
    logins = Object.fromEntries(
      made.out
        .trim()
        .split('\n')
        .map((line) => splitOnce(line)),
    ) as Settings
    expect(Object.keys(logins)).toEqual([
      'DATABASE_URL',
      'DATABASE_URL_CLOCK',
      'DATABASE_URL_STATS',
      'DATABASE_URL_MIGRATE',
    ])
    const again = await runToEnd(kembali('prepare-database'), {}, [logins.DATABASE_URL ?? ''])
    expect(again).toMatchObject({ code: 1, out: '', err: expect.stringContaining('by a superuser') })
  })

  test('without keys it does not start; "make-keys" ends only when the last group of the sheet was typed back', async () => {
    mkdirSync(folder, { mode: 0o700 })
    expect(await problemsOf({ ...base, ...logins })).toEqual([expect.stringContaining('no sealed key file yet')])

    const weak = await runToEnd(kembali('make-keys'), { KEMBALI_DATA: folder }, ['short'])
    expect(weak).toMatchObject({ code: 1, err: expect.stringContaining('at least 15 characters') })
    const shown = await runToEnd(kembali('make-keys'), { KEMBALI_DATA: folder }, [PASSPHRASE])
    expect(shown).toMatchObject({ code: 1, err: expect.stringContaining('Nothing was typed') })
    sheet = shown.out
      .split('\n')
      .filter((line) => line.startsWith('    '))
      .flatMap((line) => line.trim().split(/ +/))
    expect(sheet).toHaveLength(8)

    // A server that starts now stays sealed: its sheet is not confirmed.
    const server = await aServer({ ...base, ...logins })
    const early = await runToEnd(kembali('unseal'), { KEMBALI_DATA: folder }, [PASSPHRASE])
    expect(early).toMatchObject({ code: 1, err: expect.stringContaining('never confirmed') })
    expect(await get(server, '/readyz')).toMatchObject({ status: 503 })
    expect(await server.stop()).toBe(0)

    const done = await runToEnd(kembali('make-keys'), { KEMBALI_DATA: folder }, [
      PASSPHRASE,
      sheet[0] ?? '',
      sheet[7] ?? '',
    ])
    expect(done).toMatchObject({ code: 0, out: '' })
    expect(done.err).toContain('That is not the last group.')
    const more = await runToEnd(kembali('make-keys'), { KEMBALI_DATA: folder }, [PASSPHRASE])
    expect(more).toMatchObject({ code: 1, err: expect.stringContaining('nothing to do') })
  })

  test.each([
    [
      'nobody has accepted the pilot',
      { KEMBALI_PILOT_ACCEPTED_BY: '' },
      'Who answers for starting all the same says so',
    ],
    ['the acceptance has no day', { KEMBALI_PILOT_ACCEPTED_BY: 'Somebody' }, 'is not a name and a day'],
    ['the acceptance lies in the future', { KEMBALI_PILOT_ACCEPTED_BY: 'Somebody, 2099-01-01' }, 'lies in the future'],
    ['the acceptance is old', { KEMBALI_PILOT_ACCEPTED_BY: 'Somebody, 2020-01-01' }, 'is older than 90 days'],
    [
      'its address is not https',
      { KEMBALI_ORIGIN: 'http://kembali.example.org' },
      'KEMBALI_ORIGIN must be an https address',
    ],
    ['a login is missing', { DATABASE_URL_CLOCK: '' }, 'DATABASE_URL_CLOCK is not set'],
    [
      'two logins are exchanged',
      () => ({ DATABASE_URL: logins.DATABASE_URL_STATS ?? '' }),
      'DATABASE_URL logs in as k_stats: it must be k_app',
    ],
    [
      'it would log in as a superuser',
      () => ({ DATABASE_URL: cluster.url('kembali') }),
      'DATABASE_URL logs in as a superuser',
    ],
    [
      'it would log in as the owner',
      () => ({ DATABASE_URL: logins.DATABASE_URL_MIGRATE ?? '' }),
      'DATABASE_URL logs in as an owner',
    ],
    [
      'the database is not there',
      () => ({ DATABASE_URL: (logins.DATABASE_URL ?? '').replace('/kembali', '/other') }),
      'The database at DATABASE_URL cannot be reached',
    ],
  ])('it does not start when %s', async (_why, change, sentence) => {
    const problems = await problemsOf({ ...base, ...logins, ...(typeof change === 'function' ? change() : change) })
    expect(problems).toEqual([expect.stringContaining(sentence)]) // and nothing else is wrong
  })

  test.each([
    ['alter role k_app bypassrls', 'alter role k_app nobypassrls', 'DATABASE_URL logs in with BYPASSRLS'],
    [
      'alter role k_stats createrole',
      'alter role k_stats nocreaterole',
      'DATABASE_URL_STATS logs in as k_stats, which may make roles',
    ],
    ['grant k_owner to k_clock', 'revoke k_owner from k_clock', 'DATABASE_URL_CLOCK logs in as an owner'],
    [
      'alter role k_app set synchronous_commit = off',
      'alter role k_app reset synchronous_commit',
      'synchronous_commit is off for DATABASE_URL',
    ],
    ['alter system set full_page_writes = off', 'alter system reset full_page_writes', 'full_page_writes = off'],
    [
      'set role k_owner; insert into test_clock (offset_ms) values (1); reset role',
      'set role k_owner; delete from test_clock; reset role',
      'The clock of this database was moved',
    ],
  ])('it does not start after "%s"', async (doIt, undo, sentence) => {
    const set = async (text: string) => {
      for (const one of text.split('; ')) await superuser.query(one)
      await superuser.query('select pg_reload_conf()')
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    await set(doIt)
    const problems = await problemsOf({ ...base, ...logins })
    await set(undo)
    expect(problems).toEqual([expect.stringContaining(sentence)])
  })

  test('it does not start when others can look into its folder', async () => {
    chmodSync(folder, 0o750)
    const problems = await problemsOf({ ...base, ...logins })
    const made = await runToEnd(kembali('make-keys'), { KEMBALI_DATA: folder }, [PASSPHRASE])
    chmodSync(folder, 0o700)
    expect(problems).toEqual([expect.stringContaining('Other people of this computer can look into the data folder')])
    expect(made.err).toContain('Other people of this computer can look into')
  })

  test('a database that was begun as production is not opened as a demo', async () => {
    const ended = await runToEnd(SERVER, { PORT: '0', KEMBALI_DATA: aFolder(), DATABASE_URL: cluster.url('kembali') })
    expect(oneSentence(ended)).toBe('This database was begun as production; it cannot be opened as demo.')
    // A superuser's start outside production gave the logins new passwords; production gets its own back.
    const made = await runToEnd(kembali('prepare-database'), {}, [cluster.url('kembali')])
    logins = Object.fromEntries(
      made.out
        .trim()
        .split('\n')
        .map((line) => splitOnce(line)),
    ) as Settings
  })

  test('it starts sealed: it lives and lists, and opens no file before "kembali unseal"', async () => {
    const server = await aServer({ ...base, ...logins, KEMBALI_LOG: 'debug' })
    expect(server.heard.out()).toContain('This is a pilot, and every page says so. Not there yet: ')
    expect(server.heard.out()).toContain('Accepted by Somebody Fictional on ')
    expect(server.heard.out()).toContain('The keys are sealed')
    expect(server.heard.out()).toMatch(
      /The first administrator enrols here within the hour: https:\/\/kembali\.example\.org\/enrol#[\w-]{43}\n/,
    )
    expect(statSync(join(folder, 'operator.sock')).mode & 0o777).toBe(0o600)
    expect(await get(server, '/livez')).toMatchObject({ status: 200 })
    expect(await get(server, '/readyz')).toMatchObject({ status: 503 })
    expect(JSON.parse((await get(server, '/api/start')).body)).toMatchObject({
      mode: 'production',
      pilot: true,
      serverKey: null,
    })

    const { cookie, orgId, teamId } = await aWorker(superuser)
    const openCase = { operations: [openCaseOp(orgId, teamId)] }
    expect(await get(server, '/api/cases', cookie)).toMatchObject({ status: 200 })
    const sealed = await post(server, '/api/operations', openCase, cookie)
    expect(JSON.parse(sealed.body)).toMatchObject({ answers: [{ answer: 'retry', why: 'keys_unavailable' }] })
    expect(await post(server, '/api/pull', { device: newId(), cursor: null }, cookie)).toMatchObject({ status: 200 })
    const status = await runToEnd(kembali('status'), { KEMBALI_DATA: folder })
    expect(status).toMatchObject({ code: 1, out: expect.stringContaining('keys: sealed\ndatabase: ok') })

    expect(await runToEnd(kembali('unseal'), { KEMBALI_DATA: folder }, ['a wrong passphrase'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('That does not open the keys.'),
    })
    expect(await runToEnd(kembali('unseal'), { KEMBALI_DATA: folder }, [PASSPHRASE])).toMatchObject({
      code: 0,
      out: 'Unsealed. Files can be opened now.\n',
    })
    await new Promise((resolve) => setTimeout(resolve, 2100)) // readiness is asked at most every two seconds
    expect(await get(server, '/readyz')).toMatchObject({ status: 200 })
    expect(JSON.parse((await post(server, '/api/operations', openCase, cookie)).body)).toMatchObject({
      answers: [{ answer: 'accepted' }],
    })
    const start = JSON.parse((await get(server, '/api/start')).body) as { serverKey: unknown }
    expect(start.serverKey).toMatch(/^[\w-]{87}$/)

    // Nobody is connected as an owner while it runs.
    const { rows } = await superuser.query<{ usename: string }>(
      `select distinct usename from pg_stat_activity where datname = 'kembali' and pid <> pg_backend_pid()`,
    )
    expect(rows.map((row) => row.usename).filter((name) => !['k_app', 'k_clock', 'k_stats'].includes(name))).toEqual([])

    const locked = await runToEnd(kembali('lockdown'), { KEMBALI_DATA: folder })
    expect(locked).toMatchObject({ code: 0, out: 'Sealed. 1 sessions have ended.\n' })
    expect(await get(server, '/api/cases', cookie)).toMatchObject({ status: 401 })
    expect(await server.stop()).toBe(0)
    expect(server.heard.out() + server.heard.err()).not.toContain(PASSPHRASE)

    const ledger = await superuser.query<{ action: string; outcome: string; actor: unknown; commitment: unknown }>(
      `select action, outcome, actor, commitment from audit_entry where actor is null order by id`,
    )
    expect(ledger.rows.map((row) => `${row.action} ${row.outcome}`)).toEqual([
      'pilot_accepted done',
      'keys_unsealed done', // the start whose sheet was not confirmed
      'pilot_accepted done',
      'unseal_refused denied',
      'keys_unsealed done',
      'lockdown done',
    ])
    const accepted = await superuser.query<{ accepted_by: string; missing: string[] }>(
      'select accepted_by, missing from pilot_acceptance',
    )
    expect(accepted.rows).toHaveLength(1)
    expect(accepted.rows[0]).toMatchObject({
      accepted_by: 'Somebody Fictional',
      missing: expect.arrayContaining(['backup and restore drill']),
    })
  })

  test('it is sealed again after every start; the sheet opens it and sets a new passphrase', async () => {
    const server = await aServer({ ...base, ...logins })
    const start = JSON.parse((await get(server, '/api/start')).body) as { serverKey: unknown }
    expect(start.serverKey).toMatch(/^[\w-]{87}$/) // the same pair, also while sealed
    const wrong = await runToEnd(kembali('unseal', '--sheet'), { KEMBALI_DATA: folder }, [
      sheet.with(2, '00000').join('-'),
      'eight white egrets at the weir',
    ])
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('Group 3 of the sheet is mistyped.') })
    const opened = await runToEnd(kembali('unseal', '--sheet'), { KEMBALI_DATA: folder }, [
      sheet.join(' '),
      'eight white egrets at the weir',
    ])
    expect(opened).toMatchObject({ code: 0 })
    expect(await server.stop()).toBe(0)

    const again = await aServer({ ...base, ...logins })
    expect(await runToEnd(kembali('unseal'), { KEMBALI_DATA: folder }, [PASSPHRASE])).toMatchObject({ code: 1 })
    expect(
      await runToEnd(kembali('unseal'), { KEMBALI_DATA: folder }, ['eight white egrets at the weir']),
    ).toMatchObject({ code: 0 })
    await again.stop()
  })

  test('no statement, lock or forgotten transaction of a running login lasts', async () => {
    for (const name of ['DATABASE_URL', 'DATABASE_URL_CLOCK', 'DATABASE_URL_STATS']) {
      const client = await connect(logins[name] ?? '')
      const found =
        await client.query(`select current_setting('statement_timeout') as s, current_setting('lock_timeout') as l,
        current_setting('idle_in_transaction_session_timeout') as i, current_setting('log_parameter_max_length') as p`)
      await client.end()
      expect(found.rows[0]).toEqual({ s: '5s', l: '2s', i: '10s', p: '0' })
    }
  })

  test('a damaged key file is named, not replaced', async () => {
    const path = join(folder, 'keys.sealed')
    const whole = readFileSync(path)
    writeFileSync(path, whole.subarray(0, 100))
    const ended = await runToEnd(SERVER, { ...base, ...logins })
    expect(oneSentence(ended)).toContain('The key file keys.sealed is damaged')
    expect(readFileSync(path)).toHaveLength(100)
    writeFileSync(path, whole)
  })

  test('"kembali" says so when no server runs, and what its commands are', async () => {
    const folder = aFolder()
    mkdirSync(join(folder, 'data'), { mode: 0o700 })
    expect(await runToEnd(kembali('lockdown'), { KEMBALI_DATA: folder })).toMatchObject({
      code: 1,
      err: expect.stringContaining('No server runs'),
    })
    expect(await runToEnd(kembali('open-everything'), {})).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no command'),
    })
    expect(await runToEnd(kembali(), {})).toMatchObject({ code: 0, out: expect.stringContaining('make-keys') })
  })
})

/** What the gate says to these settings, asked of the real database; empty when it lets them pass. */
async function problemsOf(settings: Settings): Promise<string[]> {
  try {
    await passProductionGate(readConfig(settings), now())
    return []
  } catch (error) {
    if (error instanceof StartError) return error.message.split('\n  - ').slice(1)
    throw error
  }
}

function oneSentence({ code, err, out }: Ended): string {
  expect(code).toBe(1)
  expect(out).toBe('')
  expect(err.trim().split('\n')).toHaveLength(1)
  return err.trim()
}

async function get(server: Running, path: string, cookie = ''): Promise<{ status: number; body: string }> {
  const answer = await fetch(`${server.base}${path}`, { headers: { cookie } })
  return { status: answer.status, body: await answer.text() }
}

async function post(
  server: Running,
  path: string,
  body: unknown,
  cookie = '',
): Promise<{ status: number; body: string }> {
  const answer = await fetch(`${server.base}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-kembali': '1', cookie },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: await answer.text() }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}

/** A fictional worker with a session, put there by the owner of a deployment whose set-up is over. */
async function aWorker(superuser: pg.Client) {
  const [orgId, teamId, id, token] = [newId(), newId(), newId(), `${newId()}${newId()}`]
  await superuser.query(`insert into organisation (id, name, sector) values ('${orgId}', 'An office', 'child_protection');
    insert into team (id, org_id, name) values ('${teamId}', '${orgId}', 'A team');
    insert into app_user (id, org_id, sector, name, login, role) values ('${id}', '${orgId}', 'child_protection', 'Somebody', '${id}', 'case_worker');
    insert into team_member (team_id, person_id) values ('${teamId}', '${id}');
    insert into session (token_hash, person_id, strength) values ('\\x${sha256Hex(token)}', '${id}', 'passkey');
    update deployment set set_up_ended_at = now()`)
  return { orgId, teamId, cookie: `__Host-kembali=${token}` }
}

function openCaseOp(orgId: string, teamId: string) {
  return {
    opId: newOpId(),
    device: newId(),
    seq: 1,
    type: 'cases.open_case',
    baseVersion: null,
    payload: {
      id: newId(),
      alias: `Test ${newId().replace(/[^a-f]/g, '')}x`,
      orgId,
      teamId,
      region: 'NC-TL',
      sex: 'not_known',
      ageBand: 'not_known',
      threatened: false,
    },
    claimedAt: new Date().toISOString(),
  }
}

function splitOnce(line: string): [string, string] {
  const at = line.indexOf('=')
  return [line.slice(0, at), line.slice(at + 1)]
}
