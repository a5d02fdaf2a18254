import { EnvelopeError } from './errors.ts'

/** Joins pieces, each with its length (u32, big-endian) before it, so that no two lists read the same. */
export function joinPieces(pieces: readonly (Uint8Array | string)[]): Uint8Array<ArrayBuffer> {
  const encoded = pieces.map((piece) => (typeof piece === 'string' ? new TextEncoder().encode(piece) : piece))
  const bytes = new Uint8Array(encoded.reduce((sum, piece) => sum + 4 + piece.length, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const piece of encoded) {
    view.setUint32(at, piece.length)
    bytes.set(piece, at + 4)
    at += 4 + piece.length
  }
  return bytes
}

/** Takes apart what `joinPieces` joined; the pieces are copies, so that each can be overwritten alone. */
export function splitPieces(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const pieces: Uint8Array[] = []
  let at = 0
  while (at < bytes.length) {
    if (bytes.length - at < 4) throw new EnvelopeError()
    const length = view.getUint32(at)
    if (bytes.length - at - 4 < length) throw new EnvelopeError()
    pieces.push(bytes.slice(at + 4, at + 4 + length))
    at += 4 + length
  }
  return pieces
}
