import type { Part } from './part.ts'

/** Files travel and lie in pieces of this size: small enough for a weak line, and one of them is all a broken line costs. */
export const CHUNK = 256 * 1024

/** The largest file anybody may add (security.md 7.4). */
export const LARGEST_FILE = 15 * 1024 * 1024

/** What a file is to whoever adds it. */
export const FILE_KINDS = ['photo', 'document', 'voice'] as const
export type FileKind = (typeof FILE_KINDS)[number]

/** The parts a file may belong to: those a device may hold while it waits to be sent, and never a place. */
export const FILE_PARTS = ['identity', 'family', 'narrative', 'services', 'justice', 'legal'] as const satisfies Part[]
export type FilePart = (typeof FILE_PARTS)[number]

/** How many pieces a file has. */
export function chunksOf(bytes: number): number {
  return Math.ceil(bytes / CHUNK)
}

/** The size of one of its pieces, counted from 0: all are whole but the last. */
export function chunkSize(bytes: number, index: number): number {
  return Math.min(CHUNK, bytes - index * CHUNK)
}

/** The places that are still empty, in order. */
export function missingOf(count: number, there: readonly number[]): number[] {
  return Array.from({ length: count }, (_, index) => index).filter((index) => !there.includes(index))
}
