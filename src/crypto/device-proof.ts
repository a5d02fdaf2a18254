import { fromBase64url, toBase64url } from './base64url.ts'
import { joinPieces } from './pieces.ts'
import { randomBytes } from './random.ts'

/** What a proof is bound to; `body` is the text as it is sent. */
export type Asked = { method: string; path: string; body: string }

/** The key pair of a browser profile: the browser keeps it, and gives its private half to no program. */
export type ProfileKey = Awaited<ReturnType<typeof makeProfileKey>>

const { subtle } = globalThis.crypto
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' }
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' }
/** An uncompressed point of P-256. */
const PUBLIC_BYTES = 65

/** Makes the key of a browser profile (security.md 4, device binding): P-256, not extractable. */
export function makeProfileKey() {
  return subtle.generateKey(CURVE, false, ['sign', 'verify'])
}

/** The public half as text, for the session that begins here. */
export async function publicHalf(key: ProfileKey): Promise<string> {
  return toBase64url(new Uint8Array(await subtle.exportKey('raw', key.publicKey)))
}

/** Reads a public half; null for anything that is no point of the curve. */
export async function readPublicHalf(text: string): Promise<Uint8Array | null> {
  const bytes = fromBase64url(text)
  if (bytes?.length !== PUBLIC_BYTES) return null
  return importPublic(bytes).then(
    () => bytes,
    () => null,
  )
}

/** The proof that this profile asks this, at this moment (milliseconds since 1970): `at.nonce.signature`, good for one use. */
export async function proveRequest(key: ProfileKey, asked: Asked, at: number): Promise<string> {
  const nonce = toBase64url(randomBytes(16))
  const signature = await subtle.sign(SIGNATURE, key.privateKey, await signedBytes(asked, String(at), nonce))
  return `${at}.${nonce}.${toBase64url(new Uint8Array(signature))}`
}

/**
 * When and with which nonce the profile with this public half asked this; null when it did not. Whether the moment is near
 * and the nonce new is for the caller to judge.
 */
export async function readProof(
  publicKey: Uint8Array,
  asked: Asked,
  proof: string,
): Promise<{ at: number; nonce: string } | null> {
  const [, at = '', nonce = '', signed = ''] = /^(\d{13})\.([\w-]{22})\.([\w-]{86})$/.exec(proof) ?? []
  const signature = fromBase64url(signed)
  if (signature === null || signature.length === 0) return null
  const key = await importPublic(new Uint8Array(publicKey))
  const holds = await subtle.verify(SIGNATURE, key, signature, await signedBytes(asked, at, nonce))
  return holds ? { at: Number(at), nonce } : null
}

function importPublic(bytes: Uint8Array<ArrayBuffer>) {
  return subtle.importKey('raw', bytes, CURVE, false, ['verify'])
}

async function signedBytes({ method, path, body }: Asked, at: string, nonce: string): Promise<Uint8Array<ArrayBuffer>> {
  const hash = new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(body)))
  return joinPieces(['kembali/device/1', method, path, hash, at, nonce])
}
