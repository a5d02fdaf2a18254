import { createCipheriv, createECDH, createPrivateKey, hkdfSync, sign } from 'node:crypto'
import { toBase64url } from './base64url.ts'
import { randomBytes } from './random.ts'

/** The two keys a browser gives out with its subscription. */
export type PushKeys = { p256dh: Uint8Array; auth: Uint8Array }

/** A pair on P-256: a point of 65 bytes and a number of 32. */
export type PushPair = { publicKey: Uint8Array; privateKey: Uint8Array }

const CURVE = 'prime256v1'
/** Every message has this length before it is sealed, so that its size does not tell which sentence it is. */
const PADDED = 1024
const RECORD = 4096
/** Longer than any push service lets one stand; the least they all take. */
const HOURS_OF_A_TOKEN = 12

/** The pair by which push services know this server (RFC 8292). */
export function makePushPair(): PushPair {
  const pair = createECDH(CURVE)
  pair.generateKeys()
  const privateKey = new Uint8Array(32)
  privateKey.set(pair.getPrivateKey(), 32 - pair.getPrivateKey().length)
  return { publicKey: new Uint8Array(pair.getPublicKey()), privateKey }
}

/** Seals a message so that only the browser can read it, no push service on the way (RFC 8291, `aes128gcm`). */
export function sealPush(text: string, { p256dh, auth }: PushKeys): Uint8Array {
  const message = new TextEncoder().encode(text)
  if (message.length >= PADDED) throw new Error('a notice is one short sentence')
  const padded = new Uint8Array(PADDED)
  padded.set(message)
  padded[message.length] = 2 // the last record; what follows is padding
  return sealRecord(padded, { p256dh, auth }, makePushPair(), randomBytes(16))
}

/** One record under given keys and salt: apart, so that the example of the standard can be worked through. */
export function sealRecord(
  record: Uint8Array,
  { p256dh, auth }: PushKeys,
  { publicKey, privateKey }: PushPair,
  salt: Uint8Array,
): Uint8Array {
  const pair = createECDH(CURVE)
  pair.setPrivateKey(privateKey)
  const shared = pair.computeSecret(p256dh)
  const secret = derive(shared, auth, Buffer.concat([Buffer.from('WebPush: info\0'), p256dh, publicKey]), 32)
  const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const size = Buffer.alloc(4)
  size.writeUInt32BE(RECORD)
  return new Uint8Array(
    Buffer.concat([
      salt,
      size,
      Buffer.from([publicKey.length]),
      publicKey,
      cipher.update(record),
      cipher.final(),
      cipher.getAuthTag(),
    ]),
  )
}

function derive(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, salt, info, length))
}

/** Says to one push service who sends, for half a day; `at` is the moment in milliseconds. */
export function pushAuthorization(origin: string, contact: string, pair: PushPair, at: number): string {
  const claims = { aud: origin, exp: Math.floor(at / 1000) + HOURS_OF_A_TOKEN * 3600, sub: contact }
  const said = [{ typ: 'JWT', alg: 'ES256' }, claims].map((one) => textOf(JSON.stringify(one))).join('.')
  const key = createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      d: toBase64url(pair.privateKey),
      x: toBase64url(pair.publicKey.subarray(1, 33)),
      y: toBase64url(pair.publicKey.subarray(33)),
    },
  })
  const signature = sign('sha256', Buffer.from(said), { key, dsaEncoding: 'ieee-p1363' })
  return `vapid t=${said}.${toBase64url(new Uint8Array(signature))}, k=${toBase64url(pair.publicKey)}`
}

function textOf(json: string): string {
  return toBase64url(new TextEncoder().encode(json))
}
