import { spawnSync } from 'node:child_process'
import { writeWordIds } from './word-ids.mjs'

// Each line is one promise about the code itself; all run, so that one failure does not hide another.
const CHECKS = [
  ['form (oxfmt)', 'npx', ['oxfmt', '--check', 'src', 'test', 'scripts']],
  ['lint (oxlint)', 'npx', ['oxlint', '--type-aware', '--deny-warnings', 'src', 'test']],
  ['types (server)', 'npx', ['tsc', '-p', 'tsconfig.json']],
  ['types (rules, without Node or DOM)', 'npx', ['tsc', '-p', 'tsconfig.rules.json']],
  ['types (web)', 'npx', ['tsc', '-p', 'tsconfig.web.json']],
  ['types (tests of the browser)', 'npx', ['tsc', '-p', 'test/browser/tsconfig.json']],
  ['who imports whom (dependency-cruiser)', 'npx', ['depcruise', '--config', '.dependency-cruiser.cjs', 'src']],
  ['unused code (knip)', 'npx', ['knip']],
  ['build', 'npm', ['run', '--silent', 'build']],
  ['size (size-limit)', 'npx', ['size-limit']],
  ['words', 'node', ['dist/src/server/check-words.js']],
  ['country packs', 'node', ['dist/src/server/check-country.js']],
]

writeWordIds()
let failed = 0
for (const [name, command, args] of CHECKS) {
  const started = Date.now()
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  const ok = status === 0
  if (!ok) failed += 1
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  if (!ok) console.log(`${stdout}${stderr}`)
}
process.exit(failed === 0 ? 0 : 1)
