/** Bytes as base64url without padding, on phone and server. */
export function toBase64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** The same of a piece of a file: in steps, since a call takes only so many arguments; each is whole letters long. */
export function longBase64url(bytes: Uint8Array): string {
  const STEP = 3 * 8192
  let text = ''
  for (let at = 0; at < bytes.length; at += STEP) text += toBase64url(bytes.subarray(at, at + STEP))
  return text
}

/** The bytes of base64url text; null when it is none. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return null
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
}
