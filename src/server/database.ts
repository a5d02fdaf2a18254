import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import {
  CamelCasePlugin,
  Kysely,
  type PluginTransformResultArgs,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  type QueryResult,
  type UnknownRow,
} from 'kysely'
import pg from 'pg'
import { sha256Hex } from '../crypto/hash.ts'
import { newToken } from '../crypto/random.ts'
import { type Config, StartError } from './config.ts'
import { fromDatabase } from './database-types.ts'
import { migrate, type MigrationConnection } from './migrate.ts'
import { Count, pglitePool, Turns } from './pglite-pool.ts'
import { LIMITS_SQL, ROLES_SQL, RUNNING_ROLES, type RunningRole } from './roles.ts'

/** No tables are known here: each store declares its own, so that a query against a neighbour's does not compile. */
export type NoTables = Record<never, never>

export type Database = {
  engine: 'pglite' | 'postgres'
  app: Kysely<NoTables>
  clock: Kysely<NoTables>
  stats: Kysely<NoTables>
  /** As the owner, for the start, the tests and nothing else. */
  owner: MigrationConnection
  applied: string[]
  /** Ends the owner's connection: nobody is connected as an owner while production runs. */
  endSetUp: () => Promise<void>
  close: () => Promise<void>
}

/** Opens the database the settings name, makes roles and tables that are missing; throws a StartError with one sentence. */
export async function openDatabase(config: Config, migrations: string): Promise<Database> {
  return config.database === null
    ? openPglite(join(config.dataFolder, 'pglite'), migrations)
    : openPostgres(config, migrations)
}

/** PGlite in process: first run, training and tests. `folder` null keeps everything in memory. */
export async function openPglite(folder: string | null, migrations: string): Promise<Database> {
  if (folder !== null) mkdirSync(folder, { recursive: true })
  const lite = await PGlite.create(folder === null ? {} : { dataDir: folder })
  const owner: MigrationConnection = {
    script: async (text) => void (await lite.exec(text)),
    rows: async (text) => (await lite.query<Record<string, unknown>>(text, [], { parsers: fromDatabase })).rows,
  }
  await lite.exec(`set timezone = 'UTC'; ${ROLES_SQL}`)
  const applied = await migrate(owner, migrations)
  const [turns, count] = [new Turns(), new Count(lite)]
  const pool = (role: RunningRole) => kysely(pglitePool(lite, role, { turns, count }))
  // PGlite never checkpoints by itself: its log would grow without end.
  const timer = setInterval(() => void checkpoint(lite, turns), 5 * 60_000)
  timer.unref()
  return {
    engine: 'pglite',
    app: pool('k_app'),
    clock: pool('k_clock'),
    stats: pool('k_stats'),
    owner: {
      script: (text) => inTurn(turns, () => owner.script(text)),
      rows: (text) => inTurn(turns, () => owner.rows(text)),
    },
    applied,
    endSetUp: async () => undefined,
    close: async () => {
      clearInterval(timer)
      await checkpoint(lite, turns)
      await lite.close()
    },
  }
}

async function openPostgres(config: Config, migrations: string): Promise<Database> {
  const urls = config.database
  if (urls === null) throw new Error('openPostgres needs a database URL')
  const asSuperuser = config.mode !== 'production'
  const client = await connect(urls.migrate ?? urls.app)
  const owner: MigrationConnection = {
    script: async (text) => void (await client.query(text)),
    rows: async (text) => (await client.query<Record<string, unknown>>(text)).rows,
  }
  // One migrator at a time, also when two servers start together.
  await client.query('select pg_advisory_lock(7046270421)')
  let logins: Record<RunningRole, string>
  let applied: string[]
  try {
    logins = asSuperuser ? await makeLogins(client, urls.app, config.dataFolder) : namedLogins(urls)
    applied = await migrate(owner, migrations)
  } finally {
    await client.query('select pg_advisory_unlock(7046270421)')
  }
  const pools = RUNNING_ROLES.map((role) => postgresPool(logins[role], role === 'k_app' ? 12 : 2))
  const [app, clock, stats] = pools.map((pool) => kysely(withPreparedStatements(pool)))
  if (app === undefined || clock === undefined || stats === undefined) throw new Error('three pools are opened')
  return {
    engine: 'postgres',
    app,
    clock,
    stats,
    owner,
    applied,
    endSetUp: () => client.end(),
    close: async () => {
      await Promise.all(pools.map((pool) => pool.end()))
      await client.end()
    },
  }
}

function namedLogins(urls: NonNullable<Config['database']>): Record<RunningRole, string> {
  if (urls.clock === null || urls.stats === null || urls.migrate === null)
    throw new StartError(
      'Production needs DATABASE_URL, DATABASE_URL_CLOCK, DATABASE_URL_STATS and DATABASE_URL_MIGRATE.',
    )
  return { k_app: urls.app, k_clock: urls.clock, k_stats: urls.stats }
}

/** Outside production a superuser's URL suffices: the start makes the roles and a login for each (architecture.md, "Two engines"). */
async function makeLogins(client: pg.Client, url: string, dataFolder: string): Promise<Record<RunningRole, string>> {
  const [who] = (
    await client.query<{ super: boolean }>('select rolsuper as super from pg_roles where rolname = current_user')
  ).rows
  if (who?.super !== true)
    throw new StartError('DATABASE_URL must be a superuser outside production, so that the start can make roles.')
  await client.query(ROLES_SQL)
  await client.query(LIMITS_SQL)
  await client.query('alter role k_backup bypassrls')
  const kept = join(dataFolder, 'database-logins.json')
  mkdirSync(dataFolder, { recursive: true })
  const passwords: Record<string, string> = existsSync(kept)
    ? (JSON.parse(readFileSync(kept, 'utf8')) as Record<string, string>)
    : {} // our own file
  const logins: Record<string, string> = {}
  for (const role of RUNNING_ROLES) {
    const password = (passwords[role] ??= newToken())
    await client.query(`alter role ${role} with login nosuperuser nobypassrls password '${password}'`)
    const login = new URL(url)
    login.username = role
    login.password = password
    logins[role] = login.toString()
  }
  writeFileSync(kept, JSON.stringify(passwords), { mode: 0o600 })
  return logins // every running role was just given one
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, types: typesOfOurs })
  try {
    await client.connect()
  } catch (error) {
    await client.end().catch(() => undefined)
    const why = error instanceof Error ? error.message : String(error)
    throw new StartError(`The database at DATABASE_URL cannot be reached: ${why}.`)
  }
  client.on('error', () => undefined) // a lost server is reported by the next query
  return client
}

function postgresPool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 5000,
    types: typesOfOurs,
    pipeline: true,
  })
  pool.on('error', () => undefined) // an idle connection was cut; the pool opens another
  // One that is at work hears of it itself: unheard, the death of the database would take this process with it.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

const typesOfOurs = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    fromDatabase[oid] ?? pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser, // two overloads, one body
}

/**
 * Gives each parameterised statement a name, so that the server plans it once: policies make planning the dearer half. And `begin`
 * is not waited for before the first statement follows it over the line, only before the commit: nothing counts outside a transaction.
 */
function withPreparedStatements(pool: pg.Pool): PostgresPool {
  // One for each connection, kept as long as it: Kysely remembers each it was given, and what it remembers grows old in memory.
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return {
    async connect() {
      const client = await pool.connect()
      const before = known.get(client)
      if (before !== undefined) return before
      const made = preparing(client)
      known.set(client, made)
      return made
    },
    end: () => pool.end(),
  }
}

function preparing(client: pg.PoolClient): PostgresPoolClient {
  let begun: Promise<unknown> = Promise.resolve()
  let failed = false
  return {
    query: (text: string, values?: readonly unknown[]) => {
      if (text === 'begin') {
        failed = false
        begun = asked(client, { text })
        begun.catch(() => (failed = true)) // told where it is waited for
        return Promise.resolve({ command: 'BEGIN', rowCount: 0, rows: [] })
      }
      if (text === 'commit' || failed) return begun.then(() => asked(client, { text }))
      return values === undefined || values.length === 0
        ? asked(client, { text })
        : asked(client, { name: nameOf(text), text, values: [...values] })
    },
    // A connection that is still in a transaction is closed, and never another person's.
    release: () => client.release(client.getTransactionStatus() !== 'I'),
  } as unknown as PostgresPoolClient // Kysely calls query(text, values); its cursor form is for streams, which we do not use
}

/** Our statements are as many as places that ask one: each is hashed once. */
const names = new Map<string, string>()

function nameOf(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const made = sha256Hex(text).slice(0, 40)
  names.set(text, made)
  return made
}

/**
 * What the driver answers. Its own promise ties each answer to the one before it, so that rows nobody holds any more are carried
 * from one collection of young memory to the next; a promise of ours around its callback does not (docs/performance.md).
 */
function asked(client: pg.PoolClient, statement: pg.QueryConfig): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) =>
    client.query(statement, (error: Error | null, result) => (error === null ? resolve(result) : reject(error))),
  )
}

function kysely(pool: PostgresPool): Kysely<NoTables> {
  return new Kysely<NoTables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new OurNames({ maintainNestedObjectKeys: true })],
  })
}

/** Columns by our names for them; the rows of one answer have the same columns, so that each is named once and not once a row. */
class OurNames extends CamelCasePlugin {
  override async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    const [first] = result.rows
    const names = Object.keys(first ?? {}).map((column) => [column, this.camelCase(column)] as const)
    if (names.every(([column, name]) => column === name)) return result
    const rows = result.rows.map((row) => {
      const named: UnknownRow = {}
      for (const [column, name] of names) named[name] = row[column]
      return named
    })
    return { ...result, rows }
  }
}

async function checkpoint(lite: PGlite, turns: Turns): Promise<void> {
  await inTurn(turns, () => lite.exec('checkpoint'))
}

async function inTurn<T>(turns: Turns, work: () => Promise<T>): Promise<T> {
  const done = await turns.take()
  try {
    return await work()
  } finally {
    done()
  }
}
