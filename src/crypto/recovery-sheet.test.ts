import { describe, expect, test } from 'vitest'
import { makeSheet, readSheet } from './recovery-sheet.ts'

const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const { secret, groups } = makeSheet()

function withSign(at: number, sign: string): string {
  const whole = groups.join('')
  return whole.slice(0, at) + sign + whole.slice(at + 1)
}

describe('a recovery sheet', () => {
  test('is eight groups of five signs that are not misread', () => {
    expect(groups).toHaveLength(8)
    for (const group of groups) expect(group).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}$/)
    expect(secret).toHaveLength(20)
    expect(makeSheet().secret).not.toEqual(secret)
  })

  test.each([
    ['with hyphens', groups.join('-')],
    ['with spaces and small letters', ` ${groups.join(' ').toLowerCase()}\n`],
    ['with O for 0 and l for 1', groups.join('-').replaceAll('0', 'O').replaceAll('1', 'l')],
  ])('is read back %s', (_how, typed) => {
    expect(readSheet(typed)).toEqual({ ok: true, secret })
  })

  test('any one wrong sign is noticed, and its group named', () => {
    const whole = groups.join('')
    for (let at = 0; at < whole.length; at++) {
      for (const sign of `${SIGNS}U?`) {
        if (sign === whole[at]) continue
        expect(readSheet(withSign(at, sign)), `${sign} at ${at}`).toEqual({
          ok: false,
          mistyped: [Math.floor(at / 5) + 1],
        })
      }
    }
  })

  test('two neighbouring signs exchanged are noticed', () => {
    const whole = groups.join('')
    for (let at = 0; at + 1 < whole.length; at++) {
      const [a = '', b = ''] = [whole[at], whole[at + 1]]
      if (a === b || at % 5 === 4) continue
      expect(readSheet(whole.slice(0, at) + b + a + whole.slice(at + 2)).ok, `at ${at}`).toBe(false)
    }
  })

  test('two groups exchanged are noticed', () => {
    const [first = '', second = '', ...rest] = groups
    expect(readSheet([second, first, ...rest].join('-'))).toEqual({ ok: false, mistyped: [1, 2] })
  })

  test.each([
    ['nothing', ''],
    ['one group too few', groups.slice(1).join('-')],
    ['one sign too many', `${groups.join('-')}0`],
  ])('%s is not a sheet', (_what, typed) => {
    expect(readSheet(typed)).toEqual({ ok: false, mistyped: [1, 2, 3, 4, 5, 6, 7, 8] })
  })
})
