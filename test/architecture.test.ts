import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

// The arrows of the house hold because a machine looks. Here each of its rules is broken in a copy, and must say so.
const ROOT = process.cwd()
const { forbidden } = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')) as {
  forbidden: { name: string }[]
} // our own file

const COPIED = [
  'src',
  'package.json',
  '.dependency-cruiser.cjs',
  '.oxlintrc.json',
  'tsconfig.json',
  'tsconfig.rules.json',
]

/** For each rule, files that break it. */
const BROKEN: Record<string, Record<string, string>> = {
  'core-imports-nobody': { 'src/core/planted-core.ts': `export * from '../server/canonical-json.ts'` },
  'rules-are-pure': { 'src/features/justice/planted-rule.ts': `export * from './store.ts'` },
  'server-and-web-never-meet': { 'src/server/planted-server.ts': `export * from '../web/clock.ts'` },
  'web-and-server-never-meet': { 'src/web/planted-web.ts': `export * from '../server/canonical-json.ts'` },
  'only-main-knows-features': { 'src/server/planted-feature.ts': `export * from '../features/cases/ops.ts'` },
  'only-main-knows-screens': { 'src/web/planted-screen.ts': `export * from '../features/cases/screens/screens.ts'` },
  'features-do-not-know-each-other': { 'src/features/cases/planted-neighbour.ts': `export * from '../justice/ops.ts'` },
  'only-crypto-imports-ciphers': { 'src/server/planted-cipher.ts': `export { createHash } from 'node:crypto'` },
  'no-shell': { 'src/server/planted-shell.ts': `export { spawn } from 'node:child_process'` },
  'files-are-read-in-few-places': { 'src/server/planted-file.ts': `export { readFileSync } from 'node:fs'` },
  'sockets-are-opened-in-few-places': { 'src/server/planted-socket.ts': `export { request } from 'node:https'` },
  'no-cycles': {
    'src/core/planted-one.ts': `import { two } from './planted-two.ts'\nexport const one = () => two`,
    'src/core/planted-two.ts': `import { one } from './planted-one.ts'\nexport const two = () => one`,
  },
}

// Two copies: a rule that breaks an arrow would bring the types of Node with it, and hide what the compiler must refuse.
const copies: string[] = []
let [arrows, rules] = ['', '']
beforeAll(() => {
  arrows = copyWith(Object.values(BROKEN))
  rules = copyWith([IMPURE, CARELESS])
})
afterAll(() => copies.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

function copyWith(planted: Record<string, string>[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'kembali-broken-'))
  copies.push(folder)
  for (const name of COPIED) cpSync(join(ROOT, name), join(folder, name), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  for (const [path, text] of planted.flatMap((files) => Object.entries(files))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), `${text}\n`)
  }
  return folder
}

/** Things a rule must not reach for; the compiler that reads rules knows none of them. */
const IMPURE = Object.fromEntries(
  [
    ['fetch', `export const planted = () => fetch('/')`],
    ['process', `export const planted = () => process.env`],
    ['document', `export const planted = () => document.title`],
    ['window', `export const planted = () => window`],
    ['timer', `export const planted = () => setTimeout(() => undefined, 1)`],
    ['console', `export const planted = () => console.log('x')`],
    ['crypto', `export const planted = () => crypto.randomUUID()`],
    ['buffer', `export const planted = () => Buffer.from('x')`],
  ].map(([name, text]) => [`src/core/impure-${name}.ts`, text ?? '']),
)

/** What the linter must refuse in a rule, or anywhere. */
const CARELESS = {
  'src/core/careless-date.ts': `export const planted = () => new Date()`,
  'src/features/justice/careless-now.ts': `export const planted = () => Date.now()`,
  'src/server/careless-any.ts': `export const planted = (value: any) => value`,
  'src/server/careless-promise.ts': `async function later() {}\nexport function planted() {\n  later()\n}`,
  'src/features/justice/screens/careless-way.ts': `import { useGo } from '../../../web/here-context.ts'\nexport const planted = () => useGo()`,
  'src/server/careless-switch.ts': `export function planted(kind: 'a' | 'b') {\n  switch (kind) {\n    case 'a':\n      return 1\n  }\n}`,
}

describe('who imports whom', () => {
  test('has a planted violation for every rule', () => {
    expect(Object.keys(BROKEN).sort()).toEqual(forbidden.map((rule) => rule.name).sort())
  })

  test('is looked at: every planted violation is found, by the rule it breaks', () => {
    const { stdout } = run(arrows, 'depcruise', ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src'])
    const { summary } = JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } } // the tool's own report
    const found = new Set(summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`))
    const planted = Object.entries(BROKEN).map(([name, files]) => `${name}: ${Object.keys(files)[0]}`)
    expect(planted.filter((one) => !found.has(one))).toEqual([])
    // And nothing else: what stands in the house itself breaks no rule.
    expect(summary.violations.filter(({ from }) => !from.includes('planted'))).toEqual([])
  }, 240_000)
})

test('a rule that reaches for the world does not compile', () => {
  const { stdout } = run(rules, 'tsc', ['-p', 'tsconfig.rules.json'])
  const refused = new Set([...stdout.matchAll(/^(src\/core\/impure-\w+\.ts)/gm)].map((found) => found[1]))
  expect(Object.keys(IMPURE).filter((path) => !refused.has(path))).toEqual([])
}, 240_000)

test('a rule that looks at the clock, an `any`, a forgotten promise and a page that moves somebody who has left do not pass the linter', () => {
  const { stdout } = run(rules, 'oxlint', [
    '--type-aware',
    '--format',
    'json',
    'src/core',
    'src/server',
    'src/features/justice',
  ])
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { filename: string; severity: string }[] } // the tool's own report
  const refused = new Set(diagnostics.filter(({ severity }) => severity === 'error').map(({ filename }) => filename))
  expect(Object.keys(CARELESS).filter((path) => !refused.has(path))).toEqual([])
}, 240_000)

describe('what differs between countries is data:', () => {
  test('no source names a country', () => {
    const codes = readdirSync('countries', { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && /^[A-Z]{3}$/.test(entry.name))
      .map((entry) => entry.name)
    expect(codes.length).toBeGreaterThan(3)
    const naming = new RegExp(`['"\`](${codes.join('|')})['"\`]`)
    expect(naming.test(`if (country === 'IDN')`)).toBe(true)
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
      /(?<!\.test)\.tsx?$/.test(name),
    )
    expect(sources.filter((name) => naming.test(readFileSync(join('src', name), 'utf8')))).toEqual([])
  })
})

test('the server asks nobody: no source outside the app in the browser calls fetch or opens a socket of the web', () => {
  const sources = ['core', 'crypto', 'server', 'features'].flatMap((folder) =>
    readdirSync(join('src', folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.includes('.test.') && !name.includes('screens'))
      .map((name) => join('src', folder, name)),
  )
  const asking = /(?<![.\w])(fetch|WebSocket|EventSource|XMLHttpRequest)\s*\(/
  expect(asking.test('await fetch(url)')).toBe(true)
  expect(sources.filter((name) => asking.test(readFileSync(name, 'utf8')))).toEqual([])
})

function run(cwd: string, tool: string, args: string[]): { stdout: string } {
  const { stdout } = spawnSync(join(ROOT, 'node_modules', '.bin', tool), args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return { stdout }
}
