import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findPostgres, startCluster } from '../../test/postgres.ts'
import { readConfig } from './config.ts'
import { readDatabaseFacts } from './database-facts.ts'
import { databaseProblems } from './database-problems.ts'

async function problemsOf(url: string): Promise<string[]> {
  const facts = await readDatabaseFacts({
    ...readConfig({}),
    database: { app: url, clock: null, stats: null, migrate: null },
  })
  if (facts === null) throw new Error('these settings name a PostgreSQL')
  return databaseProblems(facts)
}

const SAFE = ['fsync', 'full_page_writes', 'data_checksums', 'synchronous_commit', 'replica']
const of = (problems: string[]) => SAFE.filter((name) => problems.some((problem) => problem.includes(name)))

describe.runIf(findPostgres() !== null)('production asks the server itself whether it can lose work', () => {
  test('a server with safe settings is not named', { timeout: 60_000 }, async () => {
    const cluster = await startCluster({ fsync: true })
    expect(of(await problemsOf(cluster.url()))).toEqual([])
    await cluster.stop()
  })

  test(
    'one that answers before it has written, or would not notice a broken page, is',
    { timeout: 60_000 },
    async () => {
      const cluster = await startCluster({
        fsync: false,
        checksums: false,
        set: ['full_page_writes=off', 'synchronous_commit=off'],
      })
      expect(of(await problemsOf(cluster.url()))).toEqual([
        'fsync',
        'full_page_writes',
        'data_checksums',
        'synchronous_commit',
      ])
      await cluster.stop()
    },
  )

  test('and so is a replica', { timeout: 60_000 }, async () => {
    const cluster = await startCluster({ fsync: true })
    await cluster.kill('SIGINT')
    writeFileSync(join(cluster.folder, 'data', 'standby.signal'), '')
    await cluster.start()
    expect(of(await problemsOf(cluster.url()))).toEqual(['replica'])
    await cluster.stop()
  })
})
