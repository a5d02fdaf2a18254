import { createCipheriv, createDecipheriv } from 'node:crypto'
import { EnvelopeError } from './envelope.ts'
import { hmacSha256 } from './hash.ts'
import type { KeyProvider, KeyRef } from './provider.ts'
import { randomBytes } from './random.ts'

/** What a key file holds, as text: epoch keys by domain and epoch, and the three keys that only make MACs. */
export type KeyringContent = {
  version: 1
  epochs: Record<string, string>
  macs: { IK: string; MK: string; PK: string }
}

export function newKeyringContent(): KeyringContent {
  return {
    version: 1,
    epochs: {},
    macs: { IK: encode(randomBytes(32)), MK: encode(randomBytes(32)), PK: encode(randomBytes(32)) },
  }
}

/** A provider over keys held in memory; `keep` writes a changed content away before a new key is used. */
export function keyringProvider(
  content: () => KeyringContent,
  keep: (changed: KeyringContent) => Promise<void>,
): KeyProvider {
  return {
    async createEpochKey(domain, epoch) {
      const ref = { domain, epoch }
      const now = content()
      if (now.epochs[nameOf(ref)] === undefined)
        await keep({ ...now, epochs: { ...now.epochs, [nameOf(ref)]: encode(randomBytes(32)) } })
      return ref
    },
    escrowConfirmed: async (ref) => content().epochs[nameOf(ref)] !== undefined,
    wrap: async (ref, key, aad) => seal(epochKey(ref), key, bound(ref, aad)),
    unwrap: async (ref, blob, aad) => open(epochKey(ref), blob, bound(ref, aad)),
    mac: async (name, domain, data) =>
      hmacSha256(hmacSha256(decode(content().macs[name]), new TextEncoder().encode(domain)), data),
    async destroy(ref, at) {
      const { [nameOf(ref)]: _gone, ...rest } = content().epochs
      await keep({ ...content(), epochs: rest })
      return { ref, at }
    },
    status: async () => 'ok',
  }

  function epochKey(ref: KeyRef): Uint8Array {
    const kept = content().epochs[nameOf(ref)]
    if (kept === undefined) throw new EnvelopeError()
    return decode(kept)
  }
}

function nameOf({ domain, epoch }: KeyRef): string {
  return `${domain}|${epoch}`
}

/** The epoch is part of what a wrapped key is bound to. */
function bound(ref: KeyRef, aad: Uint8Array): Uint8Array {
  return Buffer.concat([new TextEncoder().encode(`kembali/wrap/1|${nameOf(ref)}|`), aad])
}

/** AES-256-GCM as `nonce | ciphertext | tag`. */
export function seal(key: Uint8Array, plain: Uint8Array, aad: Uint8Array): Uint8Array {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad)
  return new Uint8Array(Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]))
}

/** Opens what `seal` made; throws EnvelopeError on anything else. */
export function open(key: Uint8Array, blob: Uint8Array, aad: Uint8Array): Uint8Array {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, blob.subarray(0, 12)).setAAD(aad)
    decipher.setAuthTag(blob.subarray(blob.length - 16))
    return new Uint8Array(Buffer.concat([decipher.update(blob.subarray(12, blob.length - 16)), decipher.final()]))
  } catch {
    throw new EnvelopeError()
  }
}

export function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}

export function decode(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64url'))
}
