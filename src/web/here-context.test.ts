import { describe, expect, test } from 'vitest'
import { goOnFrom } from './here-context.ts'

describe('a page that has saved', () => {
  test.each([
    ['goes on when it is still shown', '/cases/a/note', '/cases/a'],
    ['leaves her on the other page of the case she went to', '/cases/a/plan', '/cases/a/plan'],
    ['leaves her on the same form of another case', '/cases/b/note', '/cases/b/note'],
  ])('%s', (_title, sheIsAt, thenAt) => {
    let at = '/cases/a/note'
    const goOn = goOnFrom({ path: at, go: (to) => (at = to) }, () => at)
    at = sheIsAt
    goOn('/cases/a')
    expect(at).toBe(thenAt)
  })
})
