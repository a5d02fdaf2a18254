import { openBytes, sealBytes } from './aes.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { EnvelopeError } from './errors.ts'
import { joinPieces } from './pieces.ts'
import { randomBytes } from './random.ts'

/**
 * What one piece of a file is bound to: the file, whether it is as it was sent or as it is kept, its place, and how many
 * there are. A piece that was moved, doubled or exchanged does not open, and neither does a file that lost its end.
 */
export type ChunkPlace = { fileId: string; stage: 'sent' | 'kept'; index: number; count: number }

/** A new random key for one file, as text: it is kept in an envelope under the key of its case's part. */
export function makeFileKey(): string {
  return toBase64url(randomBytes(32))
}

export function sealChunk(key: string, place: ChunkPlace, plain: Uint8Array): Uint8Array {
  return withKey(key, (bytes) => sealBytes(bytes, plain, boundTo(place)))
}

/** Opens one piece; everything that is not this piece of this file is one EnvelopeError. */
export function openChunk(key: string, place: ChunkPlace, sealed: Uint8Array): Uint8Array {
  return withKey(key, (bytes) => openBytes(bytes, sealed, boundTo(place)))
}

/** Opens all pieces of a file, which must be there, each once and in order. */
export function openFile(
  key: string,
  of: Omit<ChunkPlace, 'index'>,
  pieces: readonly { place: number; body: Uint8Array }[],
): Uint8Array {
  if (of.count < 1 || pieces.length !== of.count) throw new EnvelopeError()
  const opened = pieces.map(({ place, body }, index) => {
    if (place !== index) throw new EnvelopeError()
    return openChunk(key, { ...of, index }, body)
  })
  return new Uint8Array(Buffer.concat(opened))
}

function boundTo({ fileId, stage, index, count }: ChunkPlace): Uint8Array {
  return joinPieces(['kembali/file/1', fileId, stage, String(index), String(count)])
}

function withKey<Result>(text: string, work: (key: Uint8Array) => Result): Result {
  const key = fromBase64url(text)
  if (key === null || key.length !== 32) throw new EnvelopeError()
  try {
    return work(key)
  } finally {
    key.fill(0)
  }
}
