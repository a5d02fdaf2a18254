import { uuidv7 } from 'uuidv7'
import { toBase64url } from './base64url.ts'

/** A random UUIDv4: for anything about a child, so that an id carries no date. */
export function newId(): string {
  return globalThis.crypto.randomUUID()
}

/** A UUIDv7: for operations, which sort by the moment they were made. */
export function newOpId(): string {
  return uuidv7()
}

/** Bytes from the system's own generator. */
export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return globalThis.crypto.getRandomValues(new Uint8Array(length))
}

/** A whole number from 0 to below `limit` (at most 65,536), each equally likely. */
export function randomBelow(limit: number): number {
  // Numbers at the ragged end are drawn again: taking the remainder would favour the small ones.
  const fair = 65_536 - (65_536 % limit)
  for (;;) {
    const [high = 0, low = 0] = randomBytes(2)
    const drawn = high * 256 + low
    if (drawn < fair) return drawn % limit
  }
}

/** A 256-bit token as base64url, for sessions and one-time links. */
export function newToken(): string {
  return toBase64url(randomBytes(32))
}
