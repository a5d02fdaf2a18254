import { deflateSync, inflateSync } from 'node:zlib'
import { latin1 } from './file-type.ts'

export type PdfRefusal = 'locked_pdf' | 'active_pdf' | 'stubborn_pdf'

/** What a paper may not do: run a program, carry other files, send itself somewhere (security.md 7.4). */
const ACTIVE = /\/(JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)\b/
/** Unpacked lists of objects are text; all of them together more than this, and it is a flood. */
const UNPACKED = 64 * 1024 * 1024
/** A paper says who made it once, or once a version. */
const INFOS = 20

/** One stream of a PDF: what stands before it, and where its data lies. */
type Stream = { dict: string; from: number; to: number }

/**
 * The same paper without what it says about who made it, when and with what: its information, its XMP, and the EXIF and XMP of
 * the photos in it. All of it is overwritten in place, so that every page stays as it is. A paper that is locked, or that
 * would do something when it is opened, is refused.
 */
export function cleanPdf(original: Uint8Array): Uint8Array | PdfRefusal {
  const bytes = withoutTail(original)
  const text = latin1(bytes)
  const streams = streamsOf(text)
  const lists = streams.filter(({ dict }) => /\/ObjStm\b/.test(plainNames(dict)))
  let left = UNPACKED
  const unpacked = lists.map((one) => {
    const list = left > 0 ? unpack(bytes, one, left) : null
    left -= list?.length ?? left
    return list
  })
  const all = [text, ...unpacked.map((list) => (list === null ? '' : latin1(list)))].map(plainNames).join('\n')
  if (/\/Encrypt\b/.test(all)) return 'locked_pdf'
  // A list of objects packed in a way we cannot look into may hold anything.
  if (ACTIVE.test(all) || unpacked.includes(null)) return 'active_pdf'
  const infos = [
    ...new Set([...plainNames(text).matchAll(/\/Info\s+(\d{1,10})\s+\d{1,5}\s+R\b/g)].map((found) => found[1])),
  ]
  if (infos.length > INFOS) return 'stubborn_pdf'
  for (const info of infos) if (info !== undefined) blankObject(bytes, text, info)
  blankAll(bytes, text, /\/Info\s+\d{1,10}\s+\d{1,5}\s+R\b/g)
  for (const stream of streams) {
    if (/\/Metadata\b/.test(stream.dict) && /\/XML\b/.test(stream.dict)) emptyStream(bytes, stream)
    if (/\/DCTDecode\b/.test(stream.dict)) blankExif(bytes, stream)
  }
  for (const [at, list] of unpacked.entries()) {
    const stream = lists[at]
    if (list === null || stream === undefined) continue
    const changed = blankInList(list, infos)
    if (changed !== null && !packInto(bytes, stream, changed)) return 'stubborn_pdf'
  }
  return stillSays(bytes) ? 'stubborn_pdf' : bytes
}

/** Whether it still says something about whoever made it. */
function stillSays(bytes: Uint8Array): boolean {
  const text = latin1(bytes)
  const lists = streamsOf(text).filter(({ dict }) => /\/ObjStm\b/.test(plainNames(dict)))
  const all = [text, ...lists.map((one) => latin1(unpack(bytes, one) ?? new Uint8Array()))]
  return all.some((one) => /\/Info\b|<x:xmpmeta|Exif\0\0|\/(Author|Creator|Producer)\s*[(<]/.test(plainNames(one)))
}

/** What hangs behind the end of a paper belongs to something else. */
function withoutTail(bytes: Uint8Array): Uint8Array {
  const end = latin1(bytes).lastIndexOf('%%EOF')
  return end === -1 ? bytes.slice() : bytes.slice(0, end + 5)
}

/** Names may be written with any letter as its number: `/J#61vaScript` is the same name. */
function plainNames(text: string): string {
  return text.replaceAll(/#([0-9a-fA-F]{2})/g, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16)))
}

function streamsOf(text: string): Stream[] {
  const found: Stream[] = []
  let at = 0
  for (;;) {
    const start = text.indexOf('stream', at)
    if (start === -1) return found
    const from = text.startsWith('\r\n', start + 6) ? start + 8 : start + 7
    const end = text.indexOf('endstream', from)
    if (end === -1) return found
    const head = text.slice(Math.max(at, start - 4096), start)
    found.push({ dict: head.slice(Math.max(0, head.lastIndexOf('obj'))), from, to: end })
    at = end + 9
  }
}

/** The objects packed into a stream; null when they are packed in another way than all programs do. */
function unpack(bytes: Uint8Array, { dict, from, to }: Stream, most = UNPACKED): Uint8Array | null {
  const filters = [...plainNames(dict).matchAll(/\/(\w+Decode)\b/g)].map((found) => found[1])
  if (filters.length === 0) return bytes.slice(from, to)
  if (filters.length > 1 || filters[0] !== 'FlateDecode' || /\/Predictor\b/.test(dict)) return null
  try {
    return new Uint8Array(inflateSync(bytes.subarray(from, to), { maxOutputLength: most }))
  } catch {
    return null
  }
}

function blankAll(bytes: Uint8Array, text: string, wanted: RegExp): void {
  for (const { index, 0: whole } of text.matchAll(wanted)) bytes.fill(0x20, index, index + whole.length)
}

/** An object that stands by itself keeps its number and says nothing. */
function blankObject(bytes: Uint8Array, text: string, number: string): void {
  for (const { index, 0: whole } of text.matchAll(new RegExp(`(?<!\\d)${number}\\s+\\d{1,5}\\s+obj\\b`, 'g'))) {
    const end = text.indexOf('endobj', index)
    if (end !== -1) writeNothing(bytes, index + whole.length, end)
  }
}

/** `<< >>` and spaces. */
function writeNothing(bytes: Uint8Array, from: number, to: number): void {
  bytes.fill(0x20, from, to)
  if (to - from >= 5) bytes.set([0x3c, 0x3c, 0x3e, 0x3e], from + 1)
}

/** A stream that is there and empty, whether its data was packed or not. */
function emptyStream(bytes: Uint8Array, { dict, from, to }: Stream): void {
  if (!/\/FlateDecode\b/.test(dict)) return void bytes.fill(0x20, from, to)
  const nothing = deflateSync(new Uint8Array())
  bytes.fill(0, from, to)
  if (to - from >= nothing.length) bytes.set(nothing, from)
}

/** The segments of a JPEG that speak of it: EXIF and XMP (APP1), IPTC (APP13) and remarks. */
function blankExif(bytes: Uint8Array, { from, to }: Stream): void {
  if (bytes[from] !== 0xff || bytes[from + 1] !== 0xd8) return
  let at = from + 2
  while (at + 4 <= to && bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    const size = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
    if (size < 2) return
    if ([0xe1, 0xed, 0xfe].includes(bytes[at + 1] ?? 0)) bytes.fill(0, at + 4, Math.min(to, at + 2 + size))
    at += 2 + size
  }
}

/** The list without what these objects say; null when none of them is in it. */
function blankInList(list: Uint8Array, numbers: readonly (string | undefined)[]): Uint8Array | null {
  const head = /^\s*(?:\d{1,10}\s+\d{1,10}\s+)+/.exec(latin1(list.subarray(0, 65_536)))?.[0] ?? ''
  const pairs = [...head.matchAll(/(\d+)\s+(\d+)/g)].map(([, number, offset]) => ({ number, offset: Number(offset) }))
  const first = head.length
  let changed: Uint8Array | null = null
  for (const [at, { number, offset }] of pairs.entries()) {
    if (!numbers.includes(number)) continue
    changed ??= list.slice()
    writeNothing(changed, first + offset, first + (pairs[at + 1]?.offset ?? list.length - first))
  }
  return changed
}

/** Packs a list into the room it had: what is left over after the end of packed data is nobody's. */
function packInto(bytes: Uint8Array, { dict, from, to }: Stream, list: Uint8Array): boolean {
  const packed = /\/FlateDecode\b/.test(plainNames(dict)) ? deflateSync(list, { level: 9 }) : list
  if (packed.length > to - from) return false
  bytes.fill(0, from, to)
  bytes.set(packed, from)
  return true
}
