import { expect, test } from 'vitest'
import { LANGUAGES, type Language } from '../language.ts'
import { DraftMark } from './DraftMark.tsx'

test('a child’s paper says that its language is a draft, in each that waits for a native reader and in no other', () => {
  const t = (id: string) => id
  const marked = (Object.keys(LANGUAGES) as Language[]) // the keys of the record itself
    .filter((language) => DraftMark({ speech: { t, language } }) !== null)
  expect(marked).toEqual(['ms', 'fil', 'dv'])
})
