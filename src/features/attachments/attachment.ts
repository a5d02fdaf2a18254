import * as z from 'zod'
import { FILE_KINDS, FILE_PARTS, type FileKind, type FilePart } from '../../core/files.ts'
import { CaseId } from '../../core/ids.ts'
import { words } from '../../core/schema.ts'

export const AttachmentId = z.uuid().brand<'AttachmentId'>()

/**
 * A photo, a paper or a voice note that somebody adds to one part of a case. The file itself follows in pieces; here stands how
 * large it is and the fingerprint it must have when it is whole.
 */
export const NewAttachment = z.strictObject({
  id: AttachmentId,
  caseId: CaseId,
  part: z.enum(FILE_PARTS),
  kind: z.enum(FILE_KINDS),
  bytes: z.int().min(1).max(2_147_483_647),
  /** A fingerprint tells whoever has the same file that it is here: sealed like its words. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({ class: 'C2' }),
  /** What it is, in the worker's words. */
  title: words(200).nullable(),
})
export type NewAttachment = {
  id: string
  caseId: string
  part: FilePart
  kind: FileKind
  bytes: number
  sha256: string
  title: string | null
}

/** How far a file has come. `waiting`: it is whole, and nobody has looked yet whether it does harm. */
export const FILE_STATES = ['coming', 'waiting', 'ready', 'refused'] as const
export type FileState = (typeof FILE_STATES)[number]

/** All files of one case together, and what one person adds in a day (security.md 7.4). */
export const CASE_LIMIT = 300 * 1024 * 1024
export const DAY_LIMIT = 150 * 1024 * 1024
