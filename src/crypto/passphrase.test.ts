import { describe, expect, test } from 'vitest'
import { makePassphrase, normalise, PASSPHRASE_BITS, passphraseRefusal } from './passphrase.ts'

describe('a passphrase somebody chose', () => {
  test.each([
    // passphrase,                          refused because
    ['short enough', 'too_short'],
    ['fourteen signs'.slice(0, 14), 'too_short'],
    ['PasswordPassword', 'easy_to_guess'],
    ['P@ssw0rd-P@ssw0rd', 'easy_to_guess'],
    ['rahasia rahasia 2026', 'easy_to_guess'],
    ['qwertyuiop1234567890', 'easy_to_guess'],
    ['selamat datang 123', 'easy_to_guess'],
    ['iloveyouforever!!', 'easy_to_guess'],
    ['628123456789012345', 'easy_to_guess'],
    ['01-01-1990 31-12-2026', 'easy_to_guess'],
    ['aaaaaaaaaaaaaaaaaaa', 'easy_to_guess'],
    ['ababababababababab', 'easy_to_guess'],
    ['kembali-admin-2026', 'easy_to_guess'],
    ['x'.repeat(201), 'too_long'],
  ])('%s → %s', (text, reason) => {
    expect(passphraseRefusal(text, 15)?.reason).toBe(reason)
  })

  test.each([
    'the old ferry hums at noon',
    'wgT7#kpLq9vRz2m',
    'tiga ekor bangau terbang ke hulu',
    'ދިވެހި ބަހުގެ އަކުރުތައް',
    'correct-ladder-violin-stapler',
  ])('%s is taken', (text) => {
    expect(passphraseRefusal(text, 15)).toBeNull()
  })

  test('is counted in characters, not in bytes or spaces around it', () => {
    expect(passphraseRefusal('    ދިވެހި    ', 15)?.reason).toBe('too_short')
    expect(passphraseRefusal('wgT7   #kp      ', 15)?.reason).toBe('too_short')
  })

  test('is the same however the keyboard wrote it', () => {
    expect(normalise(' cafe\u0301\u00a0 noir ')).toBe('caf\u00e9 noir')
  })
})

describe('a made passphrase', () => {
  test('is six speakable words', () => {
    expect(makePassphrase()).toMatch(/^([bdghjklmnprstw][aeiou]){2}( ([bdghjklmnprstw][aeiou]){2}){5}$/)
  })

  test('is worth at least 64 bits, and no more is claimed than its words allow', () => {
    expect(PASSPHRASE_BITS).toBeGreaterThan(64)
    expect(PASSPHRASE_BITS).toBeLessThanOrEqual(6 * Math.log2(70 * 69))
  })

  test('is always one we take, and never the same twice', () => {
    const made = Array.from({ length: 500 }, makePassphrase)
    expect(new Set(made).size).toBe(500)
    expect(made.filter((text) => passphraseRefusal(text, 20) !== null)).toEqual([])
  })

  test('draws its words evenly: in 30,000 words none comes up suspiciously often', () => {
    const seen = new Map<string, number>()
    for (const word of Array.from({ length: 5000 }, makePassphrase).join(' ').split(' '))
      seen.set(word, (seen.get(word) ?? 0) + 1)
    // Expected 6.3 each; a word seen 30 times would be a fault with near certainty.
    expect(Math.max(...seen.values())).toBeLessThan(30)
    expect(seen.size).toBeGreaterThan(4500)
  })
})
