import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { makeBuilt, makeReady } from './ready.mjs'

// Everything we promise, checked: rules, gate, policies and journeys on PGlite and on a PostgreSQL of its own, the app in a
// real browser, and a program that is killed while it writes. `--without=browser,crash` leaves those two out.
const without = (process.argv.find((word) => word.startsWith('--without='))?.slice(10) ?? '').split(',')

makeReady()
// Imported only now: it needs a package, which may have been installed a moment ago.
const { writeWordIds } = await import('./word-ids.mjs')
writeWordIds()

const postgres = hasPostgres()
const browser = findBrowser()
const missing = []
if (!postgres) missing.push('PostgreSQL (policies, gate, journeys and kills were tested on PGlite only)')
if (browser === null && !without.includes('browser')) missing.push('Chromium (the journeys in a browser)')
if (process.env.CI === 'true' && missing.length > 0) {
  console.error(`Missing here, and needed in CI: ${missing.join('; ')}.`)
  process.exit(1)
}

const vitest = (...args) => ['npx', ['vitest', 'run', ...args]]
const RUNS = [
  { name: 'everything on PGlite', command: vitest('--exclude', 'test/browser/**'), env: {} },
  {
    name: 'gate, policies, journeys and attacks on PostgreSQL',
    command: vitest('src/server', 'src/features', 'test/journeys', 'test/security'),
    env: { KEMBALI_TEST_ENGINE: 'postgres' },
    when: postgres,
  },
  {
    name: 'journeys in Chromium',
    command: vitest('test/browser'),
    env: { CHROMIUM: browser ?? '' },
    when: browser !== null && existsSync('test/browser') && !without.includes('browser'),
    built: true,
  },
  {
    name: 'killed ten times while it writes, on each engine',
    command: ['node', ['scripts/crash.mjs', '10']],
    env: {},
    when: !without.includes('crash'),
  },
]

const told = []
for (const { name, command, env, when = true, built = false } of RUNS) {
  if (!when) continue
  console.log(`\n== ${name} (Node ${process.versions.node})`)
  if (built) makeBuilt()
  const started = Date.now()
  const { status } = spawnSync(...command, { stdio: 'inherit', env: { ...process.env, ...env } })
  told.push({ ok: status === 0, line: `${name}, ${Math.round((Date.now() - started) / 1000)} s` })
}

console.log('')
for (const { ok, line } of told) console.log(`${ok ? 'passed' : 'FAILED'}  ${line}`)
for (const what of missing) console.log(`not run, because it is not on this computer: ${what}`)
const failed = told.filter(({ ok }) => !ok).length
console.log(failed === 0 ? '\nEverything that was run holds.' : `\n${failed} of ${told.length} runs failed.`)
process.exit(failed === 0 ? 0 : 1)

function hasPostgres() {
  const base = '/usr/lib/postgresql'
  const installed = existsSync(base) ? readdirSync(base).map((version) => join(base, version, 'bin')) : []
  return [...installed, ...onPath()].some(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  )
}

/** The system's Chromium or Chrome; `CHROMIUM` names another one. */
function findBrowser() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const places = [process.env.CHROMIUM ?? '', ...onPath().flatMap((folder) => names.map((name) => join(folder, name)))]
  return places.find((place) => place !== '' && canRun(place)) ?? null
}

function canRun(place) {
  try {
    accessSync(place, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function onPath() {
  return (process.env.PATH ?? '').split(':')
}
