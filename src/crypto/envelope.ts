import { createCipheriv, createDecipheriv } from 'node:crypto'
import { type EnvelopeAad, encodeAad } from './aad.ts'
import { pad, unpad } from './padding.ts'
import { randomBytes } from './random.ts'

/** Whatever was wrong with an envelope, it is this one error: which check failed is nobody's to learn. */
export class EnvelopeError extends Error {
  constructor() {
    super('the envelope cannot be opened')
  }
}

export type CaseKey = { keyId: Uint8Array; bytes: Uint8Array }

const VERSION = 1
const AES_256_GCM = 1
const HEADER = 2 + 16 + 12
const TAG = 16

/** Seals a value as `ver | alg | keyId | nonce | ciphertext | tag` with a new random nonce. */
export function sealEnvelope(key: CaseKey, aad: EnvelopeAad, value: unknown): Uint8Array {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce)
  const header = new Uint8Array([VERSION, AES_256_GCM, ...key.keyId])
  cipher.setAAD(Buffer.concat([header, encodeAad(aad)]))
  const plain = pad(new TextEncoder().encode(JSON.stringify(value)))
  const sealed = Buffer.concat([header, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  plain.fill(0)
  return new Uint8Array(sealed)
}

/** Opens an envelope made by `sealEnvelope` for the same key and binding; throws EnvelopeError otherwise. */
export function openEnvelope(key: CaseKey, aad: EnvelopeAad, envelope: Uint8Array): unknown {
  try {
    if (envelope.length < HEADER + TAG || envelope[0] !== VERSION || envelope[1] !== AES_256_GCM)
      throw new EnvelopeError()
    const header = envelope.subarray(0, 18)
    if (Buffer.compare(header.subarray(2), key.keyId) !== 0) throw new EnvelopeError()
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, envelope.subarray(18, HEADER))
    decipher.setAAD(Buffer.concat([header, encodeAad(aad)]))
    decipher.setAuthTag(envelope.subarray(envelope.length - TAG))
    const plain = Buffer.concat([decipher.update(envelope.subarray(HEADER, envelope.length - TAG)), decipher.final()])
    const value: unknown = JSON.parse(new TextDecoder().decode(unpad(plain)))
    plain.fill(0)
    return value
  } catch {
    throw new EnvelopeError()
  }
}
