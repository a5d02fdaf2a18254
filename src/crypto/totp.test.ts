import { describe, expect, test } from 'vitest'
import { checkTotp, makeTotpSecret, totpUri } from './totp.ts'

/** The secret and codes of RFC 6238, appendix B, for SHA-1; ours are their last six digits. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

describe('a code of an authenticator app', () => {
  test.each([
    // second,       code
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at second %i is %s', (second, code) => {
    expect(checkTotp(SECRET, code, second * 1000, null)).toBe(Math.floor(second / 30))
  })

  test.each([
    // the code of step 37037037 (second 1111111110) asked at step …, taken?
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ])('is taken up to one step early or late (%i steps: %s)', (steps, taken) => {
    const now = (1_111_111_110 + steps * 30) * 1000
    expect(checkTotp(SECRET, '050471', now, null)).toBe(taken ? 37_037_037 : null)
  })

  test('counts once: neither it nor an older one is taken after it', () => {
    const now = 1_111_111_110_000
    const step = checkTotp(SECRET, '050471', now, null)
    expect(step).toBe(37_037_037)
    expect(checkTotp(SECRET, '050471', now, step)).toBeNull()
    expect(checkTotp(SECRET, '081804', now, step)).toBeNull() // the step before, still inside the window
    expect(checkTotp(SECRET, '081804', now, 37_037_035)).toBe(37_037_036)
  })

  test.each(['', '05047', '0504711', '050472', 'abcdef', '٠٥٠٤٧١', '050471; drop'])('is not %j', (code) => {
    expect(checkTotp(SECRET, code, 1_111_111_110_000, null)).toBeNull()
  })

  test('may be typed with a space in the middle', () => {
    expect(checkTotp(SECRET, ' 050 471', 1_111_111_110_000, null)).toBe(37_037_037)
  })

  test('comes from a new 160-bit secret, and its link names issuer and account', () => {
    const secret = makeTotpSecret()
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(makeTotpSecret()).not.toBe(secret)
    const uri = new URL(totpUri(secret, 'Kembali', 'w-17'))
    expect(uri.protocol).toBe('otpauth:')
    expect(uri.searchParams.get('secret')).toBe(secret)
    expect(decodeURIComponent(uri.pathname)).toContain('Kembali:w-17')
  })
})
