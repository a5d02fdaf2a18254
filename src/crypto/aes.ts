import { createCipheriv, createDecipheriv } from 'node:crypto'
import { EnvelopeError } from './errors.ts'
import { randomBytes } from './random.ts'

const NONCE = 12
const TAG = 16

/** Seals bytes, such as a key under another key, with AES-256-GCM as `nonce 12 | ciphertext | tag 16`. */
export function sealBytes(key: Uint8Array, plain: Uint8Array, aad: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG }).setAAD(aad)
  return new Uint8Array(Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]))
}

/** Opens what `sealBytes` made; everything else is one EnvelopeError. */
export function openBytes(key: Uint8Array, blob: Uint8Array, aad: Uint8Array): Uint8Array {
  let plain: Uint8Array | null = null
  try {
    if (blob.length < NONCE + TAG) throw new EnvelopeError()
    const decipher = createDecipheriv('aes-256-gcm', key, blob.subarray(0, NONCE), { authTagLength: TAG }).setAAD(aad)
    decipher.setAuthTag(blob.subarray(blob.length - TAG))
    plain = decipher.update(blob.subarray(NONCE, blob.length - TAG))
    decipher.final()
    return new Uint8Array(plain)
  } catch {
    throw new EnvelopeError()
  } finally {
    plain?.fill(0)
  }
}
