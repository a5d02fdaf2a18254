import { makeBuilt, makeReady, run } from './ready.mjs'

makeReady()
makeBuilt()
run('npx', ['tsc', '-p', 'tsconfig.tools.json'])
run('node', ['dist/tools/test/crash/crash.js', ...(process.argv.length > 2 ? process.argv.slice(2) : ['200'])])
