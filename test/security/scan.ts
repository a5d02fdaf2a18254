import { gunzipSync } from 'node:zlib'

/** Where a text was found, and how it was written there. */
export type Hit = { at: number; how: string }

/**
 * Looks for a text in bytes, in every dress it could have slipped out in: UTF-8, UTF-16 both ways, hexadecimal, base64 and
 * base64url at each of three offsets, percent-encoded, and all of these inside gzip.
 */
export function scan(places: readonly Uint8Array[], text: string): Hit[] {
  const dresses = dressesOf(text)
  return places.flatMap((bytes, at) => {
    const place = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return [
      ...hitsIn(place, dresses, at, ''),
      ...unzipped(place).flatMap((inner) => hitsIn(inner, dresses, at, 'gzip, ')),
    ]
  })
}

function hitsIn(place: Buffer, dresses: Map<string, Buffer>, at: number, before: string): Hit[] {
  return [...dresses].filter(([, bytes]) => place.includes(bytes)).map(([how]) => ({ at, how: before + how }))
}

/** Every encoding of a text that can be found in the middle of something longer. */
export function dressesOf(text: string): Map<string, Buffer> {
  const plain = Buffer.from(text, 'utf8')
  const wide = Buffer.from(text, 'utf16le')
  const hex = plain.toString('hex')
  const percent = [...plain].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const dresses = new Map<string, Buffer>([
    ['utf-8', plain],
    ['utf-16le', wide],
    ['utf-16be', Buffer.from(wide).swap16()],
    ['hex', Buffer.from(hex)],
    ['HEX', Buffer.from(hex.toUpperCase())],
    ['percent', Buffer.from(percent)],
    ['PERCENT', Buffer.from(percent.toUpperCase())],
    ['url', Buffer.from(encodeURIComponent(text))],
  ])
  for (const encoding of ['base64', 'base64url'] as const)
    for (const offset of [0, 1, 2]) dresses.set(`${encoding}+${offset}`, Buffer.from(inner64(plain, encoding, offset)))
  return dresses
}

/** The letters of base64 that depend on the text alone, when `offset` bytes stand before it. */
function inner64(plain: Buffer, encoding: 'base64' | 'base64url', offset: number): string {
  const whole = Buffer.concat([Buffer.alloc(offset), plain])
  const first = Math.ceil((offset * 8) / 6)
  return whole.toString(encoding).slice(first, Math.floor((whole.length * 8) / 6))
}

const GZIP = Buffer.from([0x1f, 0x8b, 0x08])

function unzipped(place: Buffer): Buffer[] {
  const found: Buffer[] = []
  for (let at = place.indexOf(GZIP); at !== -1; at = place.indexOf(GZIP, at + 1))
    try {
      found.push(gunzipSync(place.subarray(at), { maxOutputLength: 64 * 1024 * 1024 }))
    } catch {
      // three bytes that only look like the beginning of something zipped
    }
  return found
}
