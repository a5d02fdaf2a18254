import pg from 'pg'
import { type Config, DATABASE_URLS } from './config.ts'
import { fromDatabase } from './database-types.ts'

/** What one login may do and how it reaches the server. */
export type LoginFacts = {
  setting: (typeof DATABASE_URLS)[number]
  login: string
  isSuperuser: boolean
  bypassesPolicies: boolean
  makesRoles: boolean
  owns: boolean
  mayBecomeOwner: boolean
  synchronousCommit: string
  isNear: boolean
  isEncrypted: boolean
}

/** What the database server says about itself, asked before anything is written to it. */
export type DatabaseFacts = {
  missingSettings: string[]
  /** Why a login could not get in, by setting. */
  unreached: { setting: string; why: string }[]
  logins: LoginFacts[]
  server: {
    version: number
    fsync: string
    fullPageWrites: string
    dataChecksums: string
    isReplica: boolean
    hasRoles: boolean
  } | null
  clockIsMoved: boolean
  begunAs: string | null
}

/** Asks with each of the four logins; null when the settings name no PostgreSQL. */
export async function readDatabaseFacts(config: Config): Promise<DatabaseFacts | null> {
  if (config.database === null) return null
  const urls = [config.database.app, config.database.clock, config.database.stats, config.database.migrate]
  const facts: DatabaseFacts = {
    missingSettings: [],
    unreached: [],
    logins: [],
    server: null,
    clockIsMoved: false,
    begunAs: null,
  }
  for (const [at, setting] of DATABASE_URLS.entries()) {
    const url = urls[at] ?? null
    if (url === null) facts.missingSettings.push(setting)
    else await askWith(setting, url, facts)
  }
  return facts
}

async function askWith(setting: LoginFacts['setting'], url: string, facts: DatabaseFacts): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5000,
    types: { getTypeParser: (oid: number) => fromDatabase[oid] ?? pg.types.getTypeParser(oid) },
  })
  try {
    await client.connect()
    facts.logins.push({ setting, ...(await one<Omit<LoginFacts, 'setting'>>(client, LOGIN_SQL)) })
    facts.server ??= await one<NonNullable<DatabaseFacts['server']>>(client, SERVER_SQL)
    if (setting === 'DATABASE_URL_MIGRATE') await askTables(client, facts)
  } catch (error) {
    facts.unreached.push({ setting, why: error instanceof Error ? error.message : String(error) })
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** The tables may not be there yet, and a login that may not read them has been named already. */
async function askTables(client: pg.Client, facts: DatabaseFacts): Promise<void> {
  const tables = await one<{ there: boolean }>(
    client,
    `select coalesce(has_table_privilege(to_regclass('public.test_clock'), 'select')
       and has_table_privilege(to_regclass('public.deployment'), 'select'), false) as there`,
  )
  if (!tables.there) return
  const found = await one<{ moved: boolean; mode: string | null }>(
    client,
    'select exists (select from test_clock) as moved, (select mode from deployment) as mode',
  )
  facts.clockIsMoved = found.moved
  facts.begunAs = found.mode
}

async function one<Row extends object>(client: pg.Client, text: string): Promise<Row> {
  const { rows } = await client.query<Row>(text)
  const [row] = rows
  if (row === undefined) throw new Error('the server did not answer about itself')
  return row
}

const LOGIN_SQL = `
  select current_user as login, r.rolsuper as "isSuperuser", r.rolbypassrls as "bypassesPolicies",
         r.rolcreaterole or r.rolcreatedb or r.rolreplication as "makesRoles",
         exists (select from pg_class c where c.relowner = r.oid) as owns,
         exists (select from pg_roles o where o.rolname in ('k_owner', 'k_migrator') and o.rolname <> current_user
           and pg_has_role(current_user, o.oid, 'member')) as "mayBecomeOwner",
         current_setting('synchronous_commit') as "synchronousCommit",
         inet_server_addr() is null or inet_server_addr() <<= '127.0.0.0/8' or inet_server_addr() = '::1' as "isNear",
         coalesce((select s.ssl from pg_stat_ssl s where s.pid = pg_backend_pid()), false) as "isEncrypted"
    from pg_roles r where r.rolname = current_user`

const SERVER_SQL = `
  select current_setting('server_version_num')::integer as version, current_setting('fsync') as fsync,
         current_setting('full_page_writes') as "fullPageWrites", current_setting('data_checksums') as "dataChecksums",
         pg_is_in_recovery() as "isReplica",
         (select count(*) = 5 from pg_roles where rolname in ('k_owner', 'k_migrator', 'k_app', 'k_clock', 'k_stats')) as "hasRoles"`
