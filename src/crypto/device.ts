import { argon2id } from 'hash-wasm'
import { accept, type Decision, refuse } from '../core/decision.ts'
import { EnvelopeError } from './errors.ts'
import { KDF, type KdfParams, kdfText, mustBeStrong } from './kdf.ts'
import { padRecord, unpadRecord } from './padding.ts'
import { normalise, type PassphraseRefusal, passphraseRefusal } from './passphrase.ts'
import { joinPieces } from './pieces.ts'
import { randomBytes } from './random.ts'

/** What the key of this device does: seals bytes for one place (`store/key`), and opens them there only. */
export type DeviceKey = {
  seal: (place: string, plain: Uint8Array) => Promise<Uint8Array>
  open: (place: string, sealed: Uint8Array) => Promise<Uint8Array>
}

/** The device key wrapped by a passphrase: may lie on the disk, says nothing about its owner. */
export type PassphraseWrap = {
  version: 1
  device: string
  kdf: KdfParams
  salt: Uint8Array
  nonce: Uint8Array
  wrapped: Uint8Array
}

/** The same key wrapped by the secret of a passkey (WebAuthn PRF): a second way in, never the only one (offline.md, "Keys"). */
export type PasskeyWrap = {
  version: 1
  device: string
  credential: Uint8Array
  salt: Uint8Array
  nonce: Uint8Array
  wrapped: Uint8Array
}

type SubtleKey = Awaited<ReturnType<typeof globalThis.crypto.subtle.importKey>>

/** Long enough that a PIN, a date or a single word cannot pass; a made passphrase has 29 (security.md 5). */
const LEAST = 20
const { subtle } = globalThis.crypto
const AES = { name: 'AES-GCM', length: 256 }

/** Makes the key of a device, wrapped by a passphrase; the key itself cannot be read out by any program. */
export async function makeDeviceKey(
  device: string,
  passphrase: string,
): Promise<Decision<{ wrap: PassphraseWrap; key: DeviceKey }, PassphraseRefusal>> {
  const refusal = passphraseRefusal(passphrase, LEAST)
  if (refusal !== null) return refuse(refusal)
  const made = await subtle.generateKey(AES, true, ['encrypt', 'decrypt'])
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const aad = passphraseAad(device, KDF, salt)
  const by = await passphraseKey(passphrase, salt, KDF)
  const wrap: PassphraseWrap = {
    version: 1,
    device,
    kdf: KDF,
    salt,
    nonce,
    wrapped: await wrapKey(made, by, nonce, aad),
  }
  // Opened again from its wrap: only now is it a key that no program can read out.
  const key = await unwrapKey(wrap, by, aad, false)
  if (key === null) throw new Error('the wrap was just made')
  return accept({ wrap, key: deviceKey(key) })
}

/** Unlocks with the passphrase; null when it is not the one. Throws KdfRefused when the stored wrap was made cheap to guess. */
export async function openWithPassphrase(wrap: PassphraseWrap, passphrase: string): Promise<DeviceKey | null> {
  const key = await unwrapByPassphrase(wrap, passphrase, false)
  return key === null ? null : deviceKey(key)
}

/** Adds a passkey as a second way in; null when the passphrase is not the one. */
export async function addPasskey(
  wrap: PassphraseWrap,
  passphrase: string,
  credential: Uint8Array,
  prfOutput: Uint8Array,
): Promise<PasskeyWrap | null> {
  const key = await unwrapByPassphrase(wrap, passphrase, true)
  if (key === null) return null
  const salt = randomBytes(32)
  const nonce = randomBytes(12)
  const wrapped = await wrapKey(key, await passkeyKey(prfOutput, salt), nonce, passkeyAad(wrap.device, credential))
  return { version: 1, device: wrap.device, credential, salt, nonce, wrapped }
}

/** Unlocks with what the passkey answered; null when it is not the one. */
export async function openWithPasskey(wrap: PasskeyWrap, prfOutput: Uint8Array): Promise<DeviceKey | null> {
  const key = await unwrapKey(
    wrap,
    await passkeyKey(prfOutput, wrap.salt),
    passkeyAad(wrap.device, wrap.credential),
    false,
  )
  return key === null ? null : deviceKey(key)
}

function deviceKey(key: SubtleKey): DeviceKey {
  return {
    async seal(place, plain) {
      const nonce = randomBytes(12)
      const padded = padRecord(plain)
      const sealed = await subtle.encrypt(gcm(nonce, placeAad(place)), key, padded)
      padded.fill(0)
      return new Uint8Array([...nonce, ...new Uint8Array(sealed)])
    },
    async open(place, sealed) {
      try {
        const padded = await subtle.decrypt(
          gcm(sealed.subarray(0, 12), placeAad(place)),
          key,
          new Uint8Array(sealed.subarray(12)),
        )
        return unpadRecord(new Uint8Array(padded))
      } catch {
        throw new EnvelopeError()
      }
    },
  }
}

async function unwrapByPassphrase(
  wrap: PassphraseWrap,
  passphrase: string,
  extractable: boolean,
): Promise<SubtleKey | null> {
  mustBeStrong(wrap.kdf)
  if (normalise(passphrase) === '') return null // hash-wasm throws on an empty one
  const aad = passphraseAad(wrap.device, wrap.kdf, wrap.salt)
  return unwrapKey(wrap, await passphraseKey(passphrase, wrap.salt, wrap.kdf), aad, extractable)
}

async function wrapKey(key: SubtleKey, by: SubtleKey, nonce: Uint8Array, aad: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await subtle.wrapKey('raw', key, by, gcm(nonce, aad)))
}

async function unwrapKey(
  { nonce, wrapped }: { nonce: Uint8Array; wrapped: Uint8Array },
  by: SubtleKey,
  aad: Uint8Array,
  extractable: boolean,
): Promise<SubtleKey | null> {
  try {
    return await subtle.unwrapKey('raw', new Uint8Array(wrapped), by, gcm(nonce, aad), AES, extractable, [
      'encrypt',
      'decrypt',
    ])
  } catch {
    return null
  }
}

async function passphraseKey(passphrase: string, salt: Uint8Array, kdf: KdfParams): Promise<SubtleKey> {
  const raw = await argon2id({
    password: normalise(passphrase),
    salt,
    memorySize: kdf.memory,
    iterations: kdf.passes,
    parallelism: kdf.lanes,
    hashLength: 32,
    outputType: 'binary',
  })
  const bytes = new Uint8Array(raw)
  raw.fill(0)
  const key = await subtle.importKey('raw', bytes, AES, false, ['wrapKey', 'unwrapKey'])
  bytes.fill(0)
  return key
}

async function passkeyKey(prfOutput: Uint8Array, salt: Uint8Array): Promise<SubtleKey> {
  if (prfOutput.length < 32) throw new TypeError('a passkey answers with 32 bytes')
  const secret = await subtle.importKey('raw', new Uint8Array(prfOutput), 'HKDF', false, ['deriveKey'])
  const info = joinPieces(['kembali/device-by-passkey/1'])
  return subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(salt), info }, secret, AES, false, [
    'wrapKey',
    'unwrapKey',
  ])
}

function gcm(nonce: Uint8Array, additionalData: Uint8Array) {
  return { name: 'AES-GCM', iv: new Uint8Array(nonce), additionalData: new Uint8Array(additionalData) }
}

function placeAad(place: string): Uint8Array {
  return joinPieces(['kembali/record/1', place])
}

/** The cost of a guess is bound in: a wrap that claims another cost opens nothing. */
function passphraseAad(device: string, kdf: KdfParams, salt: Uint8Array): Uint8Array {
  return joinPieces(['kembali/device-by-passphrase/1', device, kdfText(kdf), salt])
}

function passkeyAad(device: string, credential: Uint8Array): Uint8Array {
  return joinPieces(['kembali/device-by-passkey/1', device, credential])
}
