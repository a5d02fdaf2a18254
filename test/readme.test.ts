import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('every test the README names is there', () => {
  const readme = readFileSync('README.md', 'utf8')
  const named = [...readme.matchAll(/\| `([^`]+\.ts)` \|/g)].map((found) => found[1] ?? '')
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter((path) => !existsSync(path))).toEqual([])
})
