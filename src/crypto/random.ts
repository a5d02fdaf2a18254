import { uuidv7 } from 'uuidv7'

/** A random UUIDv4: for anything about a child, so that an id carries no date. */
export function newId(): string {
  return globalThis.crypto.randomUUID()
}

/** A UUIDv7: for operations, which sort by the moment they were made. */
export function newOpId(): string {
  return uuidv7()
}

export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return globalThis.crypto.getRandomValues(new Uint8Array(length))
}

/** A 256-bit token as base64url, for sessions and one-time links. */
export function newToken(): string {
  return btoa(String.fromCharCode(...randomBytes(32)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
