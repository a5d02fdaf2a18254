import pg from 'pg'
import { newToken } from '../crypto/random.ts'
import { StartError } from './config.ts'
import { FENCE_SQL, LIMITS_SQL, ROLES_SQL, RUNNING_ROLES } from './roles.ts'

const SETTING_OF = {
  k_app: 'DATABASE_URL',
  k_clock: 'DATABASE_URL_CLOCK',
  k_stats: 'DATABASE_URL_STATS',
  k_migrator: 'DATABASE_URL_MIGRATE',
} as const

/**
 * Makes roles, logins and grants once, by a superuser whom Kembali never sees again; answers the settings of the four
 * logins. Run again it gives them new passwords.
 */
export async function prepareDatabase(superuserUrl: string): Promise<string[]> {
  const client = await connectAsSuperuser(superuserUrl)
  try {
    await client.query('begin')
    await client.query(`${ROLES_SQL} ${LIMITS_SQL} ${FENCE_SQL}`)
    const settings: string[] = []
    for (const role of [...RUNNING_ROLES, 'k_migrator'] as const) {
      const password = newToken()
      await client.query(
        `alter role ${role} with login nosuperuser nobypassrls nocreaterole nocreatedb noreplication password '${password}'`,
      )
      const url = new URL(superuserUrl)
      url.username = role
      url.password = password
      settings.push(`${SETTING_OF[role]}=${url.toString()}`)
    }
    await client.query('commit')
    return settings
  } finally {
    await client.end()
  }
}

async function connectAsSuperuser(url: string): Promise<pg.Client> {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url))
    throw new StartError('That is not an address of a database: it begins with postgres:// and ends with its name.')
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  try {
    await client.connect()
  } catch (error) {
    throw new StartError(`The database cannot be reached: ${error instanceof Error ? error.message : String(error)}.`)
  }
  const { rows } = await client.query<{ isSuper: boolean; version: number }>(
    `select rolsuper as "isSuper", current_setting('server_version_num')::integer as version from pg_roles where rolname = current_user`,
  )
  const [who] = rows
  if (who?.isSuper === true && who.version >= 150_000) return client
  await client.end()
  throw new StartError(
    who?.isSuper === true
      ? 'Kembali needs PostgreSQL 15 or newer.'
      : 'Roles are made by a superuser of the database: log in as one for this once.',
  )
}
