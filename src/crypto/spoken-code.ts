import { joinPieces } from './pieces.ts'

const { subtle } = globalThis.crypto

/**
 * Eight digits somebody can say on the telephone: only who holds the secret can tell which belong to a number. It guards no
 * file: whoever can type it in has unlocked the phone already.
 */
export async function spokenCode(secret: Uint8Array, number: string): Promise<string> {
  const key = await subtle.importKey('raw', new Uint8Array(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const mac = await subtle.sign('HMAC', key, joinPieces(['kembali/spoken-code/1', number]))
  return String(new DataView(mac).getBigUint64(0) % 100_000_000n).padStart(8, '0')
}
