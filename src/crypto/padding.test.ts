import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EnvelopeError } from './errors.ts'
import { pad, padRecord, unpad, unpadRecord } from './padding.ts'

describe('padding', () => {
  test.each([
    // bytes, padded to
    [0, 32],
    [31, 32],
    [32, 128],
    [127, 128],
    [128, 512],
    [511, 512],
    [512, 2048],
    [2048, 8192],
    [8192, 32_768],
  ])('makes %i bytes %i bytes long', (length, padded) => {
    expect(pad(new Uint8Array(length)).length).toBe(padded)
  })

  test.each([
    [0, 256],
    [255, 256],
    [256, 512],
    [1000, 1024],
  ])('makes a record of %i bytes %i bytes long', (length, padded) => {
    expect(padRecord(new Uint8Array(length)).length).toBe(padded)
  })

  test.each([
    ['an envelope', pad, unpad],
    ['a record', padRecord, unpadRecord],
  ] as const)('comes off %s again, also when the text itself ends like padding', (_of, on, off) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.nat(40), (data, zeros) => {
        const tail = new Uint8Array([...data, 0x80, ...new Uint8Array(zeros)])
        expect(off(on(data))).toEqual(data)
        expect(off(on(tail))).toEqual(tail)
      }),
    )
  })

  test.each([
    ['nothing', new Uint8Array(0)],
    ['only zeros', new Uint8Array(32)],
    ['no end mark', new Uint8Array(32).fill(7)],
    ['a length we never make', pad(new Uint8Array(3)).subarray(0, 20)],
    ['more zeros than needed', new Uint8Array([...pad(new Uint8Array(3)), ...new Uint8Array(96)])],
  ])('refuses %s', (_what, bytes) => {
    expect(() => unpad(bytes)).toThrow(EnvelopeError)
    expect(() => unpadRecord(bytes)).toThrow(EnvelopeError)
  })
})
