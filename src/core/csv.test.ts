import { describe, expect, test } from 'vitest'
import { csvText } from './csv.ts'

describe('a cell a spreadsheet would run is written as text', () => {
  test.each([
    ['a formula', '=1+1'],
    ['a plus', '+62811'],
    ['a minus', '-2'],
    ['an at sign', '@SUM(A1)'],
    ['a tab before it', '\t=1'],
    ['a carriage return before it', '\r=1'],
    ['a line feed before it', '\n=1'],
    ['a full-width equals sign', '＝1+1'],
    ['a full-width plus', '＋1'],
    ['a full-width minus', '－1'],
    ['a full-width at sign', '＠A1'],
    ['something unseen before it', '\u200B=1'],
    ['a mark of direction before it', '\u202E=1'],
    ['a blank before it', '  =1'],
  ])('%s', (_what, text) => {
    expect(
      csvText([[text]])
        .replace(/^"/, '')
        .startsWith("'"),
    ).toBe(true)
  })
  test('and plain words stay as they are', () => {
    expect(csvText([['Blue Heron', 'a, "b"', '2026-03-01']])).toBe('Blue Heron,"a, ""b""",2026-03-01\r\n')
  })
})
