/** A padded text that was not padded by us. */
export class PaddingError extends Error {}

/** Pads to 32, 128, 512, 2048 … bytes (four times each), so that a length says little (security.md 2.4). */
export function pad(data: Uint8Array): Uint8Array {
  let size = 32
  while (size < data.length + 1) size *= 4
  const padded = new Uint8Array(size)
  padded.set(data)
  padded[data.length] = 0x80
  return padded
}

/** Takes the padding off again; throws on anything that was not padded by `pad`. */
export function unpad(padded: Uint8Array): Uint8Array {
  let end = padded.length - 1
  while (end >= 0 && padded[end] === 0) end -= 1
  if (end < 0 || padded[end] !== 0x80) throw new PaddingError('not padded')
  return padded.subarray(0, end)
}
