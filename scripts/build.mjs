import { rmSync, writeFileSync } from 'node:fs'
import { run } from './ready.mjs'
import { writeWordIds } from './word-ids.mjs'

writeWordIds()
rmSync('dist', { recursive: true, force: true })
run('npx', ['tsc', '-p', 'tsconfig.server.json'])
run('npx', ['vite', 'build', '--logLevel', 'warn'])
writeFileSync('dist/built', new Date().toISOString())
