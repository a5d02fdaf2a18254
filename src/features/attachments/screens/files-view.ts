import type { FilePart } from '../../../core/files.ts'
import type { Instant } from '../../../core/time.ts'
import type { KeptFile } from '../../../web/file-outbox.ts'
import type { FileState, NewAttachment } from '../attachment.ts'

/** Who is offered which part; the gate and the database say the same (security.md 3.4). */
const WRITERS: { [role: string]: readonly FilePart[] } = {
  case_worker: ['narrative', 'identity', 'family', 'services', 'justice'],
  intake: ['narrative', 'identity', 'family', 'services', 'justice'],
  shelter_worker: ['services'],
  lawyer: ['legal', 'justice'],
}

export function partsFor(role: string): readonly FilePart[] {
  return WRITERS[role] ?? []
}

/** A file as the server lists it. */
export type ServerFile = {
  id: string
  part: FilePart
  kind: NewAttachment['kind']
  addedAt: Instant
  type: string | null
  bytes: number | null
  state: FileState
  scan: 'clean' | 'not_scanned' | null
  why: string | null
  title: string | null
  addedByName: string | null
  isMine: boolean
}

export type FilesFromServer = { files: ServerFile[]; isTaken: boolean; isScanned: boolean }

/** One file of a case, whether it lies here, there, or is on its way. */
export type Listed = {
  id: string
  kind: NewAttachment['kind']
  part: FilePart
  title: string | null
  at: Instant
  by: string | null
  type: string | null
  bytes: number | null
  /** `here`: on this device and not all sent; `stopped`: the server did not take it. */
  state: 'here' | 'stopped' | 'elsewhere' | 'waiting' | 'ready' | 'refused'
  sent: number
  why: string | null
  isUnscanned: boolean
}

/** What lies here first, then what the server has, each file once. */
export function listed(here: readonly KeptFile[], there: readonly ServerFile[]): Listed[] {
  const mine = new Set(here.map(({ id }) => id))
  return [
    ...here.map((file): Listed => {
      const { id, kind, part, title, at, type, bytes, sent, problem } = file
      const state = problem === null ? 'here' : 'stopped'
      return { id, kind, part, title, at, by: null, type, bytes, state, sent, why: problem, isUnscanned: false }
    }),
    ...there
      .filter(({ id }) => !mine.has(id))
      .map((file): Listed => {
        const { id, kind, part, title, addedAt: at, addedByName: by, type, bytes, why, scan } = file
        const state = file.state === 'coming' ? 'elsewhere' : file.state
        return { id, kind, part, title, at, by, type, bytes, state, sent: 0, why, isUnscanned: scan === 'not_scanned' }
      }),
  ]
}
