import { makeReady, run } from './ready.mjs'

makeReady()
run('npx', ['tsc', '-p', 'tsconfig.tools.json'])
run('node', ['dist/tools/test/bench/bench.js', ...process.argv.slice(2)])
