import { describe, expect, test } from 'vitest'
import { caseCipher, makeCaseKey } from './case-cipher.ts'
import { EnvelopeError } from './errors.ts'

const scope = { deploymentId: 'd1', caseId: 'case-1', part: 'justice', keyVersion: 1 }

/** The same key twice: a cipher takes over the one it is given. */
function twice() {
  const key = makeCaseKey()
  return [key, { keyId: key.keyId.slice(), bytes: key.bytes.slice() }] as const
}

describe('a case cipher', () => {
  test('opens what another cipher over the same key has sealed', () => {
    const [one, other] = twice()
    const sealed = caseCipher(scope, one).seal(3, 'row', { note: 'told to her aunt' })
    expect(caseCipher(scope, other).open(3, 'row', sealed)).toEqual({ note: 'told to her aunt' })
  })

  test('cannot be used for another case or part, even with the same key', () => {
    const [one, other] = twice()
    const sealed = caseCipher(scope, one).seal(3, 'row', 'words')
    expect(() => caseCipher({ ...scope, part: 'handover' }, other).open(3, 'row', sealed)).toThrow(EnvelopeError)
  })

  test('takes the key over: the bytes it was given are overwritten', () => {
    const key = makeCaseKey()
    caseCipher(scope, key)
    expect(key.bytes).toEqual(new Uint8Array(32))
  })

  test('neither seals nor opens after its end', () => {
    const cipher = caseCipher(scope, makeCaseKey())
    const sealed = cipher.seal(3, 'row', 'words')
    expect(cipher.open(3, 'row', sealed)).toBe('words')
    cipher.end()
    expect(() => cipher.open(3, 'row', sealed)).toThrow(EnvelopeError)
    expect(() => cipher.seal(3, 'row', 'words')).toThrow(EnvelopeError)
  })
})
