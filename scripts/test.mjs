import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { makeReady } from './ready.mjs'

makeReady()
// Imported only now: it needs a package, which may have been installed a moment ago.
const { writeWordIds } = await import('./word-ids.mjs')
writeWordIds()

const inCi = process.env.CI === 'true'
const missing = []
if (!hasPostgres()) missing.push('PostgreSQL (the policies and the gate were tested on PGlite only)')
if (inCi && missing.length > 0) {
  console.error(`Missing here, and needed in CI: ${missing.join(', ')}.`)
  process.exit(1)
}

const runs = [['everything on PGlite', [], {}]]
if (hasPostgres())
  runs.push([
    'database tests on PostgreSQL',
    ['src/server', 'src/features', 'test/journeys', 'test/security'],
    { KEMBALI_TEST_ENGINE: 'postgres' },
  ])

let failed = false
for (const [name, paths, env] of runs) {
  console.log(`\n== ${name}`)
  const { status } = spawnSync('npx', ['vitest', 'run', ...paths], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  if (status !== 0) failed = true
}
for (const what of missing) console.log(`\nNot run, because it is not on this computer: ${what}.`)
process.exit(failed ? 1 : 0)

function hasPostgres() {
  const base = '/usr/lib/postgresql'
  const folders = existsSync(base) ? readdirSync(base).map((version) => join(base, version, 'bin')) : []
  return [...folders, ...(process.env.PATH ?? '').split(':')].some(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  )
}
