import { inflateRawSync } from 'node:zlib'

/** The file is no archive we read, or unfolds into more than it may. */
export class NotAnArchive extends Error {}

/** More than a list of 20,000 rows ever is: a small file that unfolds into more is no list. */
const MOST = 64 * 1024 * 1024
/** A workbook of one sheet has a dozen files. */
const MOST_FILES = 2000

const END = Buffer.from('504b0506', 'hex')
const ENTRY = 0x02014b50

/**
 * The files of a zip, each unpacked only when it is asked for; all that is asked for together may not be more than a list
 * holds, whatever the archive says of its sizes.
 */
export function unzip(bytes: Uint8Array): (name: string) => Buffer | null {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const files = entriesOf(zip)
  let left = MOST
  return (name) => {
    const file = files.get(name)
    if (file === undefined) return null
    const unpacked = unpack(zip, file, left)
    left -= unpacked.length
    return unpacked
  }
}

type Entry = { at: number; method: number; size: number }

function entriesOf(zip: Buffer): Map<string, Entry> {
  const end = zip.lastIndexOf(END)
  const files = new Map<string, Entry>()
  try {
    const count = end < 0 ? MOST_FILES + 1 : zip.readUInt16LE(end + 10)
    if (count > MOST_FILES) throw new NotAnArchive()
    let at = zip.readUInt32LE(end + 16)
    for (let left = count; left > 0; left -= 1) {
      if (zip.readUInt32LE(at) !== ENTRY) throw new NotAnArchive()
      const [name, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)]
      const entry = {
        at: zip.readUInt32LE(at + 42),
        method: zip.readUInt16LE(at + 10),
        size: zip.readUInt32LE(at + 20),
      }
      files.set(zip.toString('utf8', at + 46, at + 46 + name), entry)
      at += 46 + name + extra + comment
    }
  } catch (error) {
    throw error instanceof RangeError ? new NotAnArchive() : error
  }
  return files
}

function unpack(zip: Buffer, { at, method, size }: Entry, left: number): Buffer {
  try {
    const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28)
    const packed = zip.subarray(start, start + size)
    if (method === 0 && packed.length <= left) return packed
    if (method === 8 && left > 0) return inflateRawSync(packed, { maxOutputLength: left })
  } catch {
    // Cut off, or more than it says.
  }
  throw new NotAnArchive()
}
