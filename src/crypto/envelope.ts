import { createCipheriv, createDecipheriv } from 'node:crypto'
import { type EnvelopeAad, encodeAad } from './aad.ts'
import { EnvelopeError } from './errors.ts'
import { pad, unpad } from './padding.ts'
import { randomBytes } from './random.ts'

/** The key of one part of one case; `keyId` is random and stands in the clear in every envelope. */
export type CaseKey = { keyId: Uint8Array; bytes: Uint8Array }

const VERSION = 1
const AES_256_GCM = 1
const NAMED = 2 + 16
const HEADER = NAMED + 12
const TAG = 16

/** Seals a value as `ver u8 | alg u8 | keyId 16 | nonce 12 | ciphertext | tag 16` with a new random nonce (security.md 2.4). */
export function sealEnvelope(key: CaseKey, aad: EnvelopeAad, value: unknown): Uint8Array {
  const text = JSON.stringify(value)
  // TypeScript says string; of undefined or a function JSON makes undefined, and then nothing would be kept.
  if (typeof text !== 'string' || key.keyId.length !== 16)
    throw new TypeError('not a value and key an envelope can hold')
  const nonce = randomBytes(12)
  const header = new Uint8Array([VERSION, AES_256_GCM, ...key.keyId])
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: TAG }).setAAD(boundTo(header, aad))
  const plain = pad(new TextEncoder().encode(text))
  const sealed = Buffer.concat([header, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  plain.fill(0)
  return new Uint8Array(sealed)
}

/** Opens an envelope made by `sealEnvelope` for the same key and binding; everything else is one EnvelopeError. */
export function openEnvelope(key: CaseKey, aad: EnvelopeAad, envelope: Uint8Array): unknown {
  let plain: Uint8Array | null = null
  try {
    if (envelope.length < HEADER + TAG || envelope[0] !== VERSION || envelope[1] !== AES_256_GCM)
      throw new EnvelopeError()
    const header = envelope.subarray(0, NAMED)
    if (Buffer.compare(header.subarray(2), key.keyId) !== 0) throw new EnvelopeError()
    const nonce = envelope.subarray(NAMED, HEADER)
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: TAG }).setAAD(
      boundTo(header, aad),
    )
    decipher.setAuthTag(envelope.subarray(envelope.length - TAG))
    plain = decipher.update(envelope.subarray(HEADER, envelope.length - TAG))
    decipher.final() // checks the tag; until here `plain` is nobody's
    return JSON.parse(new TextDecoder().decode(unpad(plain)))
  } catch {
    throw new EnvelopeError()
  } finally {
    plain?.fill(0)
  }
}

/** Version, algorithm and key id are bound too: none of them can be exchanged unnoticed. */
function boundTo(header: Uint8Array, aad: EnvelopeAad): Uint8Array {
  return Buffer.concat([header, encodeAad(aad)])
}
