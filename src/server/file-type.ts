import type { FileKind } from '../core/files.ts'

/** What we take, told by its first bytes and never by its name: everything else is refused (security.md 7.4). */
export const FILE_TYPES = {
  'image/jpeg': { kind: 'photo', ending: 'jpg' },
  'image/png': { kind: 'photo', ending: 'png' },
  'image/webp': { kind: 'photo', ending: 'webp' },
  'application/pdf': { kind: 'document', ending: 'pdf' },
  'audio/webm': { kind: 'voice', ending: 'webm' },
  'audio/ogg': { kind: 'voice', ending: 'ogg' },
  'audio/mp4': { kind: 'voice', ending: 'm4a' },
} as const satisfies Record<string, { kind: FileKind; ending: string }>
export type FileType = keyof typeof FILE_TYPES

/** The type of a file by its content; null for what we do not take. */
export function typeOf(bytes: Uint8Array): FileType | null {
  const at = (offset: number, text: string) => latin1(bytes.subarray(offset, offset + text.length)) === text
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg'
  if (at(0, '\x89PNG\r\n\x1a\n')) return 'image/png'
  if (at(0, 'RIFF') && at(8, 'WEBP')) return 'image/webp'
  if (at(0, '%PDF-')) return 'application/pdf'
  return soundOf(bytes, at)
}

/** Sound alone: a container with pictures in it is a film, and we take none. */
function soundOf(bytes: Uint8Array, at: (offset: number, text: string) => boolean): FileType | null {
  const head = latin1(bytes.subarray(0, 4096))
  if (at(0, '\x1a\x45\xdf\xa3'))
    return head.includes('webm') && head.includes('A_OPUS') && !/V_(VP|AV1|MPEG|THEORA|MJPEG)/.test(head)
      ? 'audio/webm'
      : null
  if (at(0, 'OggS')) return head.includes('OpusHead') && !head.includes('\x80theora') ? 'audio/ogg' : null
  if (!at(4, 'ftyp')) return null
  // What a track is stands at a fixed place behind its name; in sound itself any letters may come up.
  const tracks = [...latin1(bytes).matchAll(/hdlr[^]{8}(soun|vide)/g)].map(([, found]) => found)
  return tracks.includes('soun') && !tracks.includes('vide') ? 'audio/mp4' : null
}

export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
