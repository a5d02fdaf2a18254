import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('every test the README names is there', () => {
  const readme = readFileSync('README.md', 'utf8')
  const named = [...readme.matchAll(/\| `([^`]+\.ts)` \|/g)].map((found) => found[1] ?? '')
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter((path) => !existsSync(path))).toEqual([])
})

test('every direct dependency has its line in docs/dependencies.md', () => {
  const wanted = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string> | undefined> // npm's own form
  const named = readFileSync('docs/dependencies.md', 'utf8')
  const direct = Object.keys({ ...wanted.dependencies, ...wanted.devDependencies }).filter(
    (name) => !name.startsWith('@types/'),
  )
  expect(direct.filter((name) => !named.includes(`\`${name}\``))).toEqual([])
})
