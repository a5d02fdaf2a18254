import { makeReady, makeTools, run } from './ready.mjs'

makeReady()
await makeTools()
run('node', ['dist/tools/test/bench/bench.js', ...process.argv.slice(2)])
