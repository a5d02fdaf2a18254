import type { FileKind } from '../core/files.ts'
import { cleanImage, type ImageRefusal } from './clean-image.ts'
import { cleanPdf, type PdfRefusal } from './clean-pdf.ts'
import { FILE_TYPES, type FileType, typeOf } from './file-type.ts'

/** Why a file that has arrived is not kept. */
export type FileRefusal = 'unknown_type' | 'other_type' | ImageRefusal | PdfRefusal

export type LookedAt = { type: FileType; bytes: Uint8Array } | { why: FileRefusal }

/** What a file is by its content, without what it says about who made it, where and with what; or why it is not taken. */
export async function lookAtFile(bytes: Uint8Array, kind: FileKind): Promise<LookedAt> {
  const type = typeOf(bytes)
  if (type === null) return { why: 'unknown_type' }
  const made = FILE_TYPES[type].kind
  // A paper comes as a file of its own, or photographed.
  if (made !== kind && !(kind === 'document' && made === 'photo')) return { why: 'other_type' }
  // A voice note is as the browser made it: its container names the browser and nobody else.
  const clean = made === 'photo' ? await cleanImage(bytes, type) : made === 'document' ? cleanPdf(bytes) : bytes
  return typeof clean === 'string' ? { why: clean } : { type, bytes: clean }
}
