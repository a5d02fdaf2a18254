import { describe, expect, test } from 'vitest'
import { instant } from '../../core/time.ts'
import { wordsIn } from '../../server/catalogues.ts'
import { byWhen, leavesAt, type Said, sayNotice, SENTENCES, STAGES, together, waitAfter } from './notice.ts'

const LANGUAGES = ['en', 'id', 'ms', 'fil', 'dv']
const ZONE = 'Asia/Makassar'
const at = (text: string) => instant(text)
const DUE = at('2026-03-03T06:30:00Z')

describe('a notice says how urgent and by when', () => {
  test('in English', () => {
    expect(sayNotice({ stage: 'due_soon', dueAt: DUE }, wordsIn('en'), 'en', ZONE)).toBe(
      'A time limit comes near: Tuesday 3 March at 14:30 GMT+8. Open Kembali.',
    )
    expect(sayNotice({ stage: 'waits', dueAt: null }, wordsIn('en'), 'en', ZONE)).toBe(
      'Something waits for you. Open Kembali.',
    )
  })

  test.each(LANGUAGES)('in %s, in the time of the country, and nothing is left open', (language) => {
    const own = wordsIn(language)
    const texts = STAGES.map((stage) => sayNotice({ stage, dueAt: DUE }, own, language, ZONE))
    for (const text of texts) {
      expect(text).toMatch(/14[:.]30/)
      expect(text).not.toMatch(/[{}]/)
    }
    expect(new Set(texts).size).toBe(STAGES.length)
    if (language !== 'en') for (const id of SENTENCES) expect(own(id)).not.toBe(wordsIn('en')(id))
  })

  test.each(LANGUAGES)('in %s it takes no other value than the moment', (language) => {
    const words = wordsIn(language)
    for (const id of SENTENCES) expect(words(id).match(/\{\w+\}/g) ?? []).toEqual(id.endsWith('waits') ? [] : ['{by}'])
    for (const id of ['notices.subject', 'notices.mail_foot']) expect(words(id)).not.toMatch(/[{}]/)
  })

  test('a Dhivehi sentence keeps its moment in one piece', () => {
    expect(byWhen(DUE, 'dv', ZONE)).toMatch(/^\u2066.+\u2069$/)
  })
})

test('what comes at once is one notice: the most urgent, and the first moment of those', () => {
  const all: Said[] = [
    { stage: 'waits', dueAt: null },
    { stage: 'due_soon', dueAt: at('2026-03-05T00:00:00Z') },
    { stage: 'due_soon', dueAt: DUE },
    { stage: 'waits', dueAt: at('2026-01-01T00:00:00Z') },
  ]
  expect(together(all)).toEqual({ stage: 'due_soon', dueAt: DUE })
  expect(together(all.slice(0, 1))).toEqual({ stage: 'waits', dueAt: null })
})

describe('at night only what is urgent leaves (Makassar: eight hours ahead)', () => {
  test.each([
    // now                 stage       due                       leaves
    ['2026-03-03T04:00Z', 'waits', null, '2026-03-03T04:00Z'],
    ['2026-03-03T12:59Z', 'waits', null, '2026-03-03T12:59Z'],
    ['2026-03-03T13:00Z', 'waits', null, '2026-03-03T22:00Z'],
    ['2026-03-03T21:59Z', 'due_soon', '2026-03-04T03:00Z', '2026-03-03T22:00Z'],
    ['2026-03-03T22:00Z', 'due_soon', '2026-03-04T03:00Z', '2026-03-03T22:00Z'],
    ['2026-03-03T16:00Z', 'due_soon', '2026-03-03T22:00Z', '2026-03-03T16:00Z'],
    ['2026-03-03T16:00Z', 'passed', '2026-03-03T15:00Z', '2026-03-03T16:00Z'],
  ] as const)('at %s, %s until %s → %s', (now, stage, due, expected) => {
    const said = { stage, dueAt: due === null ? null : at(due) }
    expect(leavesAt(said, at(now), ZONE)).toBe(at(expected))
  })
})

test('failed attempts are repeated ever more seldom', () => {
  expect([1, 2, 3, 8].map((tries) => waitAfter(tries) / 60_000)).toEqual([1, 2, 4, 128])
})
