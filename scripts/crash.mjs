import { makeBuilt, makeReady, makeTools } from './ready.mjs'
import { sideBySide } from './side-by-side.mjs'

// `npm run test:crash` kills each engine 200 times; `npm run test:crash -- 10 postgres` one of them ten times.
const [rounds = '200', ...engines] = process.argv.slice(2)

makeReady()
makeBuilt()
await makeTools()
const told = await sideBySide(
  (engines.length > 0 ? engines : ['pglite', 'postgres']).map((engine) => ({
    name: `killed on ${engine}`,
    command: ['node', ['dist/tools/test/crash/crash.js', rounds, engine]],
  })),
)
process.exit(told.every(({ ok }) => ok) ? 0 : 1)
