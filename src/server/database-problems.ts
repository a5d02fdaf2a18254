import type { DatabaseFacts, LoginFacts } from './database-facts.ts'

const OLDEST = 150_000

const LOGIN_OF: Record<LoginFacts['setting'], string> = {
  DATABASE_URL: 'k_app',
  DATABASE_URL_CLOCK: 'k_clock',
  DATABASE_URL_STATS: 'k_stats',
  DATABASE_URL_MIGRATE: 'k_migrator',
}

/** Why real cases may not be kept on this database: one sentence each (security.md 3.2, 9.2). */
export function databaseProblems(facts: DatabaseFacts): string[] {
  return [
    ...facts.missingSettings.map((setting) => `${setting} is not set: "kembali prepare-database" prints it.`),
    ...facts.unreached.map(({ setting, why }) => `The database at ${setting} cannot be reached: ${why}.`),
    ...facts.logins.flatMap(loginProblems),
    ...serverProblems(facts),
  ]
}

function loginProblems(facts: LoginFacts): string[] {
  const { setting, login } = facts
  const problems: string[] = []
  const migrates = setting === 'DATABASE_URL_MIGRATE'
  if (facts.isSuperuser) problems.push(`${setting} logs in as a superuser (${login}): no policy binds it.`)
  else {
    if (facts.bypassesPolicies) problems.push(`${setting} logs in with BYPASSRLS (${login}): no policy binds it.`)
    if (facts.makesRoles) problems.push(`${setting} logs in as ${login}, which may make roles, databases or copies.`)
    if (facts.owns || (facts.mayBecomeOwner && !migrates))
      problems.push(`${setting} logs in as an owner (${login}): whoever owns a table can undo its policies.`)
    else if (login !== LOGIN_OF[setting])
      problems.push(`${setting} logs in as ${login}: it must be ${LOGIN_OF[setting]}.`)
  }
  if (!['on', 'remote_apply'].includes(facts.synchronousCommit))
    problems.push(
      `synchronous_commit is ${facts.synchronousCommit} for ${setting}: it must be on, or acknowledged work can be lost.`,
    )
  if (!facts.isNear && !facts.isEncrypted)
    problems.push(`${setting} reaches another computer without TLS: add sslmode=verify-full.`)
  return problems
}

function serverProblems({ server, clockIsMoved, begunAs }: DatabaseFacts): string[] {
  if (server === null) return []
  const problems: string[] = []
  if (server.version < OLDEST)
    problems.push(`PostgreSQL ${Math.floor(server.version / 10_000)} is not supported: use 15 or newer.`)
  for (const [name, value] of [
    ['fsync', server.fsync],
    ['full_page_writes', server.fullPageWrites],
    ['data_checksums', server.dataChecksums],
  ] as const)
    if (value !== 'on')
      problems.push(`The database runs with ${name} = ${value}: it must be on, or work can be lost unseen.`)
  if (server.isReplica) problems.push('The database is a replica: nobody is authorised from a copy.')
  if (!server.hasRoles) problems.push('The database is not prepared: run "kembali prepare-database" once.')
  if (clockIsMoved)
    problems.push('The clock of this database was moved for a test (table test_clock): it cannot hold real cases.')
  if (begunAs !== null && begunAs !== 'production')
    problems.push(`This database was begun as ${begunAs}; it cannot be opened as production.`)
  return problems
}
