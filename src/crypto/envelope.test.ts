import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type EnvelopeAad, encodeAad } from './aad.ts'
import { makeCaseKey } from './case-cipher.ts'
import { openEnvelope, sealEnvelope } from './envelope.ts'
import { EnvelopeError } from './errors.ts'

const key = makeCaseKey()
const place: EnvelopeAad = {
  deploymentId: 'd1',
  fieldId: 7,
  caseId: 'case-1',
  rowId: 'row-1',
  part: 'justice',
  keyVersion: 1,
}

const value = { heldAt: 'a room without a window', since: null }
const sealed = sealEnvelope(key, place, value)

/** What a refused opening says: it must be the same for every reason. */
function refusal(open: () => unknown): string {
  try {
    open()
  } catch (error) {
    if (error instanceof EnvelopeError) return `${error.name}: ${error.message} ${String(error.cause)}`
    throw error
  }
  return 'it opened'
}
const THE_ONE = 'EnvelopeError: the envelope cannot be opened undefined'

describe('an envelope', () => {
  test('gives back whatever JSON can say', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (any) => {
        const text = JSON.stringify(any)
        expect(JSON.stringify(openEnvelope(key, place, sealEnvelope(key, place, any)))).toBe(text)
      }),
    )
  })

  test('is laid out as ver, alg, keyId, nonce, ciphertext, tag', () => {
    expect([sealed[0], sealed[1]]).toEqual([1, 1])
    expect(sealed.slice(2, 18)).toEqual(key.keyId)
    expect(sealed.length).toBe(2 + 16 + 12 + 128 + 16)
  })

  test('stays shut when any one bit is changed', () => {
    for (let at = 0; at < sealed.length; at++) {
      const changed = sealed.slice()
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
      expect(
        refusal(() => openEnvelope(key, place, changed)),
        `byte ${at}`,
      ).toBe(THE_ONE)
    }
  })

  test('stays shut when it is cut short or made longer', () => {
    for (let length = 0; length < sealed.length; length++)
      expect(refusal(() => openEnvelope(key, place, sealed.subarray(0, length)))).toBe(THE_ONE)
    expect(refusal(() => openEnvelope(key, place, new Uint8Array([...sealed, 0])))).toBe(THE_ONE)
  })

  test.each([
    ['another column', { ...place, fieldId: 8 }],
    ['another row', { ...place, rowId: 'row-2' }],
    ['another case', { ...place, caseId: 'case-2' }],
    ['another part', { ...place, part: 'services' }],
    ['another version of its key', { ...place, keyVersion: 2 }],
    ['another deployment', { ...place, deploymentId: 'd2' }],
  ])('stays shut when moved to %s', (_where, elsewhere) => {
    expect(openEnvelope(key, place, sealed)).toEqual(value)
    expect(refusal(() => openEnvelope(key, elsewhere, sealed))).toBe(THE_ONE)
  })

  test('stays shut for another key, also one that claims the same id', () => {
    const other = makeCaseKey()
    expect(refusal(() => openEnvelope(other, place, sealed))).toBe(THE_ONE)
    expect(refusal(() => openEnvelope({ ...other, keyId: key.keyId }, place, sealed))).toBe(THE_ONE)
    expect(refusal(() => openEnvelope({ ...other, bytes: key.bytes }, place, sealed))).toBe(THE_ONE)
  })

  test('uses a nonce once: the same words never look the same twice', () => {
    const nonces = Array.from({ length: 2000 }, () =>
      Buffer.from(sealEnvelope(key, place, value).subarray(18, 30)).toString('hex'),
    )
    expect(new Set(nonces).size).toBe(2000)
  })

  test('does not tell a short word from a longer one', () => {
    const lengths = ['', 'no', 'yes', 'her aunt in the north'].map((word) => sealEnvelope(key, place, word).length)
    expect(new Set(lengths).size).toBe(1)
  })

  test('refuses to hold nothing: an undefined value would be lost', () => {
    expect(() => sealEnvelope(key, place, undefined)).toThrow(TypeError)
    expect(() => sealEnvelope({ ...key, keyId: new Uint8Array(15) }, place, value)).toThrow(TypeError)
  })
})

describe('the binding of an envelope', () => {
  test('reads differently for any two places, also when letters move over a border', () => {
    const text = fc.string({ maxLength: 6 })
    const someplace = fc.record({
      deploymentId: text,
      fieldId: fc.nat(12),
      caseId: text,
      rowId: text,
      part: text,
      keyVersion: fc.nat(12),
    })
    fc.assert(
      fc.property(someplace, someplace, (a, b) => {
        expect(Buffer.compare(encodeAad(a), encodeAad(b)) === 0).toBe(JSON.stringify(a) === JSON.stringify(b))
      }),
    )
    expect(encodeAad({ ...place, caseId: 'ab', rowId: 'c' })).not.toEqual(
      encodeAad({ ...place, caseId: 'a', rowId: 'bc' }),
    )
  })
})
