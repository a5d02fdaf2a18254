import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeBuilt, makeReady, makeTools } from './ready.mjs'
import { sideBySide } from './side-by-side.mjs'

// Everything we promise, checked: rules, gate, policies and journeys on PGlite and on a PostgreSQL of its own, the app in a
// real browser, and a program that is killed while it writes. `--kills=200` kills more often; `--node-24=path/to/node` does the
// first two on that Node as well (the browser and the kills prove the program, not the Node it runs on: once is enough).

/** The same on either engine, since they ask no test database: the first starts programs on both, the second reads files. */
const NO_ENGINE = ['src/server/start.test.ts', 'src/server/countries.test.ts']
const kills = asked('kills') ?? '10'
const node24 = asked('node-24')

makeReady()
// Imported only now: it needs a package, which may have been installed a moment ago.
const { writeWordIds } = await import('./word-ids.mjs')
writeWordIds()

const postgres = hasPostgres()
const browser = findBrowser()
const missing = []
if (!postgres) missing.push('PostgreSQL (policies, gate, journeys and kills were tested on PGlite only)')
if (browser === null) missing.push('Chromium (the journeys in a browser)')
if (process.env.CI === 'true' && missing.length > 0) {
  console.error(`Missing here, and needed in CI: ${missing.join('; ')}.`)
  process.exit(1)
}
makeBuilt()
await makeTools()

const runs = [
  ...bothEngines(process.execPath, ''),
  { when: browser !== null, name: 'Chromium', command: vitest('test/browser'), env: { CHROMIUM: browser ?? '' } },
  { name: 'kills, PGlite', command: killing('pglite') },
  { when: postgres, name: 'kills, PostgreSQL', command: killing('postgres') },
  ...(node24 === null ? [] : bothEngines(node24, ', Node 24')),
].filter(({ when = true }) => when)

console.log(`Node ${process.versions.node}; what is named here is tested side by side: ${namesOf(runs)}\n`)
// What was built stays as it is while programs run from it.
const told = await sideBySide(runs.map((run) => ({ ...run, env: { ...run.env, KEMBALI_BUILT: 'yes' } })))

const failed = told.filter(({ ok }) => !ok)
for (const { name, lines } of failed) console.log(`\n== ${name} FAILED; the end of what it said:\n${lines.join('\n')}`)
console.log('')
for (const { ok, name, seconds } of told) console.log(`${ok ? 'passed' : 'FAILED'}  ${name}, ${seconds} s`)
for (const what of missing) console.log(`not run, because it is not on this computer: ${what}`)
console.log(
  failed.length === 0 ? '\nEverything that was run holds.' : `\n${failed.length} of ${told.length} runs failed.`,
)
process.exit(failed.length === 0 ? 0 : 1)

/** Everything on PGlite; and the gate, policies, journeys and attacks again on PostgreSQL. */
function bothEngines(node, beside) {
  const env = { PATH: `${dirname(node)}:${process.env.PATH}` }
  return [
    { name: `PGlite${beside}`, command: vitest('--exclude', 'test/browser/**'), env },
    {
      when: postgres,
      name: `PostgreSQL${beside}`,
      command: vitest('src/server', 'src/features', 'test/journeys', 'test/security', ...without(NO_ENGINE)),
      env: { ...env, KEMBALI_TEST_ENGINE: 'postgres' },
    },
  ]
}

function vitest(...args) {
  return ['npx', ['vitest', 'run', ...args]]
}

function without(files) {
  return files.flatMap((file) => ['--exclude', file])
}

function killing(engine) {
  return ['node', ['dist/tools/test/crash/crash.js', kills, engine]]
}

function asked(name) {
  return process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? null
}

function namesOf(some) {
  return some.map(({ name }) => name).join('; ')
}

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
