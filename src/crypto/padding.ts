import { EnvelopeError } from './errors.ts'

/** Pads to 32, 128, 512, 2048 … bytes (four times each), so that a length says little (security.md 2.4). */
export function pad(data: Uint8Array): Uint8Array<ArrayBuffer> {
  return padTo(bucketFor(data.length), data)
}

/** Takes the padding of `pad` off again; anything that `pad` would not have made is refused. */
export function unpad(padded: Uint8Array): Uint8Array {
  return unpadFrom(bucketFor, padded)
}

/** Pads to the next multiple of 256 bytes: for the many small records on a phone, where four times would cost its storage. */
export function padRecord(data: Uint8Array): Uint8Array<ArrayBuffer> {
  return padTo(recordSizeFor(data.length), data)
}

/** Takes the padding of `padRecord` off again, as strictly as `unpad`. */
export function unpadRecord(padded: Uint8Array): Uint8Array {
  return unpadFrom(recordSizeFor, padded)
}

function bucketFor(length: number): number {
  let size = 32
  while (size < length + 1) size *= 4
  return size
}

function recordSizeFor(length: number): number {
  return Math.ceil((length + 1) / 256) * 256
}

/** The data, one 0x80, then zeros: the last 0x80 marks the end whatever the data holds. */
function padTo(size: number, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(size)
  padded.set(data)
  padded[data.length] = 0x80
  return padded
}

function unpadFrom(sizeFor: (length: number) => number, padded: Uint8Array): Uint8Array {
  let end = padded.length - 1
  while (end >= 0 && padded[end] === 0) end -= 1
  // One text has one padded form: a longer tail of zeros would be a second one, so it is refused.
  if (end < 0 || padded[end] !== 0x80 || padded.length !== sizeFor(end)) throw new EnvelopeError()
  return padded.subarray(0, end)
}
