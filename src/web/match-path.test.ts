import { describe, expect, test } from 'vitest'
import { matchPath, plainFirst } from './match-path.ts'

test.each([
  ['the home of the app', '/', '/', {}],
  ['a plain path', '/cases', '/cases', {}],
  ['a plain path with a slash at its end', '/cases', '/cases/', {}],
  ['an id', '/cases/$caseId', '/cases/3f-a', { caseId: '3f-a' }],
  ['an id and a step', '/cases/$caseId/start/$step', '/cases/3f/start/who', { caseId: '3f', step: 'who' }],
  ['not a longer path', '/cases', '/cases/3f', null],
  ['not a shorter one', '/cases/$caseId', '/cases', null],
  ['not an empty id', '/cases/$caseId', '/cases//', null],
  ['not what would need decoding', '/cases/$caseId', '/cases/%2e%2e', null],
  ['not another path of the same length', '/cases/$caseId/who', '/cases/3f/card', null],
])('a path is %s', (_title, pattern, path, params) => {
  expect(matchPath(pattern, path)).toEqual(params)
})

describe('a plain word is looked at before a name in the same place', () => {
  const listed = [
    '/',
    '/cases',
    '/cases/$caseId',
    '/cases/$caseId/note/$noteId',
    '/more/language',
    '/cases/$caseId/note/new',
    '/figures',
    '/cases/new',
  ]
  // Features are listed in any order: whichever stands first, the answer is the same.
  test.each(listed.map((_path, first) => [...listed.slice(first), ...listed.slice(0, first)]))(
    'also where %s is listed first',
    (...paths) => {
      const sorted = paths.sort(plainFirst)
      const screenOf = (path: string) => sorted.find((pattern) => matchPath(pattern, path) !== null)
      expect(screenOf('/cases/new')).toBe('/cases/new')
      expect(screenOf('/cases/3f')).toBe('/cases/$caseId')
      expect(screenOf('/cases/3f/note/new')).toBe('/cases/$caseId/note/new')
      expect(screenOf('/cases/3f/note/7a')).toBe('/cases/$caseId/note/$noteId')
    },
  )
})
