import { expect, test } from 'vitest'
import { hmacSha256, sha256, sha256Hex } from './hash.ts'

test('SHA-256 of "abc" is the one in FIPS 180-4', () => {
  const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  expect(sha256Hex('abc')).toBe(expected)
  expect(Buffer.from(sha256(new TextEncoder().encode('abc'))).toString('hex')).toBe(expected)
})

test('HMAC-SHA-256 is the one in RFC 4231, case 2', () => {
  const mac = hmacSha256(new TextEncoder().encode('Jefe'), new TextEncoder().encode('what do ya want for nothing?'))
  expect(Buffer.from(mac).toString('hex')).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
})
