/**
 * The security harness (docs/security-harness.md; the interface is security.md's, section 10): starts the *built* program as
 * a process of its own, on PGlite or on a throw-away PostgreSQL, and lets a test do to it what an attacker, an operator or
 * an accident could. Nothing inside the program is replaced. What the product does not have yet throws `NotThereYet`.
 *
 *   const h = securityHarness()
 *   await h.start({ db: 'postgres' })
 *   const { cases, canaries } = await h.seed('small', true)
 *   const worker = await h.as('worker')                    // a real session over HTTP
 *   await worker.get(`/api/cases/${cases.worker[0]}`)
 *   await h.sql('k_app', 'select * from child_case', [], worker.token)
 *   scan(await h.atRest(), canaries)                       // test/security/scan.ts
 *   await h.stop()
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { readConfig } from '../../src/server/config.ts'
import { openDatabase } from '../../src/server/database.ts'
import { fromDatabase } from '../../src/server/database-types.ts'
import { type Cluster, freePort, startCluster } from '../postgres.ts'
import { Client, heard } from './client.ts'
import { faultOf, type FaultKind, NotThereYet } from './faults.ts'
import { idsOf, type Persona, peopleSql } from './personas.ts'
import { buildProgram, type Program, ROOT, type Row, startProgram } from './program.ts'
import { type SeedIds, seedProgram, type SeedSize } from './seed.ts'

export type { Persona, Row, SeedIds, SeedSize }
export { Client, NotThereYet }
export { NotStarted } from './program.ts'

export type StartOptions = {
  db?: 'pglite' | 'postgres'
  seal?: 'keyfile' | 'sealed-keyfile' | 'split-seal'
  /** How far the program's clock stands from ours, from its first moment on. */
  clock?: { offsetMs: number }
  mode?: 'demo' | 'production'
  /** Further settings of the program, e.g. `{ KEMBALI_BUDGET_DAY: '1' }`. */
  env?: Record<string, string>
}

export type App = { url: string; engine: 'pglite' | 'postgres'; folder: string; log: () => string }

export type Role = 'k_app' | 'k_owner' | 'k_clock' | 'k_stats' | 'k_backup'

export type AuditEntry = Row & { actor: string | null; action: string; outcome: string; part: string | null }

export type PublishedTable = { code: string; period: string; released: unknown }

export type SecurityHarness = {
  start: (o?: StartOptions) => Promise<App>
  /** Through the API, as the personas: the same size gives the same ids. `canaries` puts a string of its own in every typed field. */
  seed: (size: SeedSize, canaries?: boolean) => Promise<SeedIds>
  /** Signs in over HTTP; a person has at most three sessions, the fourth ends the oldest. `authAge`: seconds since she proved who she is. */
  as: (persona: Persona, o?: { device?: boolean; authAge?: number }) => Promise<Client>
  /** One statement as a database role. With a session's raw token the statement runs in that session, for the purpose of its role. */
  sql: (role: Role, text: string, params?: unknown[], token?: string) => Promise<Row[]>
  /** Everything the program and its database left on disk: tables, write-ahead log, keys, logs, temporary files. */
  atRest: () => Promise<Uint8Array[]>
  deviceBytes: (client: Client) => Promise<Uint8Array[]>
  kill: (what: 'app' | 'db', signal: 'SIGKILL' | 'SIGTERM') => Promise<void>
  /** Starts whatever was killed, on the same data and port. */
  restart: () => Promise<App>
  fault: (kind: FaultKind, arg?: unknown) => Promise<AsyncDisposable>
  audit: () => Promise<AuditEntry[]>
  checkpoint: () => Promise<string>
  backup: () => Promise<string>
  restore: (backup: string) => Promise<App>
  /** Prepares the release of a quarter as if it had just ended, signs it as both who must, and answers what was published. */
  publish: (period: string) => Promise<PublishedTable[]>
  /** Ends everything that was started and removes its files. */
  stop: () => Promise<void>
}

type Running = { app: App; program: Program; cluster: Cluster | null; env: Record<string, string>; port: number }

/** A harness for one program at a time; `stop` it in an `afterAll`. */
export function securityHarness(): SecurityHarness {
  let now: Running | null = null

  function running(): Running {
    if (now === null) throw new Error('start the program first')
    return now
  }

  async function start(o: StartOptions = {}): Promise<App> {
    if (now !== null) await stop()
    if (o.seal !== undefined && o.seal !== 'keyfile') throw new NotThereYet(`a program on ${o.seal} keys`)
    buildProgram()
    const folder = mkdtempSync(join(tmpdir(), 'kembali-harness-'))
    const [data, temporary] = [join(folder, 'data'), join(folder, 'tmp')]
    mkdirSync(data)
    mkdirSync(temporary)
    const cluster = o.db === 'postgres' ? await startCluster({ fsync: true, log: true }) : null
    const env: Record<string, string> = {
      KEMBALI_DATA: data,
      KEMBALI_LOG: 'debug',
      KEMBALI_MODE: o.mode ?? 'demo',
      TMPDIR: temporary,
      HOME: folder,
      ...(cluster === null ? {} : { DATABASE_URL: cluster.url() }),
      ...o.env,
    }
    try {
      // In production nobody is there before the operator; in the demo the personas stand in for its people.
      if (env.KEMBALI_MODE === 'demo') await prepare(env, o.clock?.offsetMs ?? null)
      const port = await freePort()
      const logFile = join(folder, 'program.log')
      const program = await startProgram(env, port, logFile)
      const app: App = {
        url: `http://127.0.0.1:${port}`,
        engine: cluster === null ? 'pglite' : 'postgres',
        folder,
        log: () => readFileSync(logFile, 'utf8'),
      }
      now = { app, program, cluster, env, port }
      return app
    } catch (error) {
      await cluster?.stop()
      rmSync(folder, { recursive: true, force: true })
      throw error
    }
  }

  async function stop(): Promise<void> {
    if (now === null) return
    const { app, program, cluster } = now
    now = null
    await program.kill('SIGKILL')
    await cluster?.stop()
    rmSync(app.folder, { recursive: true, force: true })
  }

  async function as(persona: Persona, o: { device?: boolean; authAge?: number } = {}): Promise<Client> {
    if (o.device === true) throw new NotThereYet('a device key that signs requests')
    const { app } = running()
    const person = idsOf(persona)
    const answer = await fetch(`${app.url}/api/sign-in/demo`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-kembali': '1', origin: app.url },
      body: JSON.stringify({ personId: person.id }),
    })
    const { status, text } = await heard(answer)
    const token = /kembali=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1]
    if (token === undefined) throw new Error(`${persona} cannot sign in: ${status} ${text}`)
    if (o.authAge !== undefined)
      await sql(
        'k_owner',
        `update session set proved_at = kembali.now() - $1::integer * interval '1 second' where token_hash = sha256(convert_to($2, 'UTF8'))`,
        [o.authAge, token],
      )
    return new Client(app.url, person, token)
  }

  async function sql(role: Role, text: string, params: unknown[] = [], token?: string): Promise<Row[]> {
    const { program, cluster } = running()
    if (cluster === null) return program.ask({ role, text, params, token: token ?? null })
    return askPostgres(cluster, role, text, params, token)
  }

  async function script(text: string): Promise<void> {
    const { program, cluster } = running()
    if (cluster === null) await program.ask({ script: text })
    else await withClient(cluster.url(), (client) => client.query(text))
  }

  async function atRest(): Promise<Uint8Array[]> {
    const { app, cluster, program } = running()
    // Pages that are still in memory only would be found at rest a moment later.
    if (cluster !== null || program.running()) await script('checkpoint')
    return [app.folder, ...(cluster === null ? [] : [cluster.folder])].flatMap((folder) => bytesIn(folder))
  }

  async function kill(what: 'app' | 'db', signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { program, cluster } = running()
    if (what === 'app') return program.kill(signal)
    if (cluster === null) throw new Error('on PGlite the database dies with the app: kill that')
    // A killed server process takes its shared memory with it: PostgreSQL's own children notice and go.
    await cluster.kill(signal)
  }

  async function restart(): Promise<App> {
    const before = running()
    if (before.cluster !== null && !before.cluster.running()) await before.cluster.start()
    if (!before.program.running())
      before.program = await startProgram(before.env, before.port, join(before.app.folder, 'program.log'))
    return before.app
  }

  async function publish(period: string): Promise<PublishedTable[]> {
    const { program } = running()
    const [before] = await sql('k_owner', 'select offset_ms from test_clock')
    const setClock = (ms: number) =>
      script(
        `begin; set local role k_owner; delete from test_clock; insert into test_clock (offset_ms) values (${ms}); commit`,
      )
    // A quarter is prepared once it has ended, by the job that runs at a start and then hourly.
    await setClock(dayAfter(period) - Date.now())
    await program.kill('SIGTERM')
    await restart()
    for (const persona of ['national_officer', 'dpo'] as const) {
      const signer = await as(persona)
      const { json } = await signer.get('/api/reports/held')
      const waiting = (json as { waiting?: { id: string; hash: string } | null }).waiting ?? null // the route's own shape
      if (waiting !== null)
        await signer.post('/api/reports/held/signatures', { releaseId: waiting.id, hash: waiting.hash })
    }
    await setClock(Number(before?.offset_ms ?? 0))
    const found = await sql(
      'k_owner',
      `select code, period, released from release r where period = $1
          and (select count(*) from release_signature s where s.release_id = r.id) = 2`,
      [period],
    )
    return found as PublishedTable[] // the columns just asked for
  }

  return {
    start,
    stop,
    as,
    sql,
    atRest,
    kill,
    restart,
    publish,
    seed: (size, canaries = false) => seedProgram(size, canaries, as),
    audit: async () => (await sql('k_owner', 'select * from audit_entry order by id')) as AuditEntry[], // the table's columns
    fault: (kind, arg) => faultOf(kind, arg, { script, cluster: running().cluster }),
    deviceBytes: async () => {
      throw new NotThereYet('a phone whose stores can be read from outside; test/browser has its own')
    },
    checkpoint: async () => {
      throw new NotThereYet('the tree over the audit ledger, and its checkpoints')
    },
    backup: async () => {
      throw new NotThereYet('backup')
    },
    restore: async () => {
      throw new NotThereYet('restore')
    },
  }
}

/** Makes the tables and the personas before the program's first start; it then finds people and does not tell its own story. */
async function prepare(env: Record<string, string>, offsetMs: number | null): Promise<void> {
  const db = await openDatabase(readConfig(env), join(ROOT, 'migrations'))
  const clock = offsetMs === null ? '' : `insert into test_clock (offset_ms) values (${offsetMs});`
  await db.owner.script(`begin; set local role k_owner; ${peopleSql()} ${clock} commit`)
  await db.close()
}

async function askPostgres(
  cluster: Cluster,
  role: Role,
  text: string,
  params: unknown[],
  token?: string,
): Promise<Row[]> {
  // The three running roles log in as themselves; owner and backup have no login, so the superuser becomes them.
  const logsIn = role !== 'k_owner' && role !== 'k_backup'
  const url = new URL(cluster.url())
  if (logsIn) url.username = role
  return withClient(url.toString(), async (client) => {
    await client.query('begin')
    try {
      if (!logsIn) await client.query(`set local role ${role}`)
      if (token !== undefined) await client.query('select * from kembali.begin_request($1, null)', [token])
      const { rows } = await client.query<Row>(text, params)
      await client.query('commit')
      return rows
    } catch (error) {
      await client.query('rollback')
      throw error
    }
  })
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const types = { getTypeParser: (oid: number) => fromDatabase[oid] ?? pg.types.getTypeParser(oid) }
  const client = new pg.Client({ connectionString: url, types: types as pg.CustomTypesConfig }) // one of two overloads
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** A moment on the day after a quarter `2026-Q3` has ended. */
function dayAfter(period: string): number {
  const [, year, quarter] = /^(\d{4})-Q([1-4])$/.exec(period) ?? []
  if (year === undefined || quarter === undefined) throw new Error('a period is a quarter: 2026-Q3')
  return Date.UTC(Number(year), Number(quarter) * 3, 2)
}

function bytesIn(folder: string): Uint8Array[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => new Uint8Array(readFileSync(join(entry.parentPath, entry.name))))
}
