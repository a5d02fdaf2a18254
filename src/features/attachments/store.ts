import { sql } from 'kysely'
import { chunksOf, type FileKind, type FilePart } from '../../core/files.ts'
import type { Instant } from '../../core/time.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import { EnvelopeError } from '../../crypto/errors.ts'
import { makeFileKey, openFile, sealChunk } from '../../crypto/file-chunks.ts'
import type { Tx } from '../../server/as-person.ts'
import type { FileType } from '../../server/file-type.ts'
import { Unreadable } from '../../server/key-broker.ts'
import type { FileState, NewAttachment } from './attachment.ts'

/** The numbers of `case_attachment.body` and `case_attachment.file_key` in the schema registry. */
const WORDS_FIELD = 98
const KEY_FIELD = 99

type Words = Pick<NewAttachment, 'title' | 'sha256'>

/** One file as its row says it: nothing of what it is about. */
export type FileRow = {
  id: string
  caseId: string
  part: FilePart
  kind: FileKind
  addedBy: string
  addedAt: Instant
  sentBytes: number
  type: FileType | null
  bytes: number | null
  state: FileState
  scan: 'clean' | 'not_scanned' | null
  why: string | null
  body: Uint8Array
  fileKey: Uint8Array
}

export async function insertFile(
  tx: Tx,
  file: NewAttachment,
  by: { id: string; opId: string; at: Instant },
  cipher: CaseCipher,
): Promise<void> {
  const said: Words = { title: file.title, sha256: file.sha256 }
  await sql`insert into case_attachment (id, case_id, op_id, part, kind, added_by, added_at, sent_bytes, body, file_key)
    values (${file.id}, ${file.caseId}, ${by.opId}, ${file.part}, ${file.kind}, ${by.id}, ${by.at}, ${file.bytes},
      ${cipher.seal(WORDS_FIELD, file.id, said)}, ${cipher.seal(KEY_FIELD, file.id, makeFileKey())})`.execute(tx)
}

/** How much is in the case, and how much this person added since yesterday. */
export async function bytesThere(
  tx: Tx,
  caseId: string,
  personId: string,
): Promise<{ inCase: number; mineToday: number }> {
  const found = await sql<{ inCase: number; mineToday: number }>`
    select coalesce(sum(sent_bytes) filter (where case_id = ${caseId}), 0)::int as in_case,
           coalesce(sum(sent_bytes) filter (where added_by = ${personId} and added_at > kembali.now() - interval '1 day'), 0)::int as mine_today
      from case_attachment where state <> 'refused' and (case_id = ${caseId} or added_by = ${personId})`.execute(tx)
  return found.rows[0] ?? { inCase: 0, mineToday: 0 }
}

/** A file of this case, or null for one that does not exist for this person. */
export async function findFile(tx: Tx, caseId: string, fileId: string): Promise<FileRow | null> {
  const found = await sql<FileRow>`
    select * from case_attachment where case_id = ${caseId} and id = ${fileId}`.execute(tx)
  return found.rows[0] ?? null
}

export type ListedFile = Omit<FileRow, 'caseId' | 'body' | 'fileKey' | 'sentBytes' | 'addedBy'> & {
  title: string | null
  addedByName: string | null
  isMine: boolean
}

/** The files of a case that lie in parts this person may read, newest first. */
export async function listFiles(
  tx: Tx,
  caseId: string,
  personId: string,
  open: (part: FilePart) => Promise<CaseCipher | null>,
): Promise<ListedFile[]> {
  const found = await sql<FileRow & { addedByName: string | null }>`
    select f.*, u.name as added_by_name from case_attachment f left join app_user u on u.id = f.added_by
     where f.case_id = ${caseId} order by f.added_at desc, f.id limit 200`.execute(tx)
  const files: ListedFile[] = []
  for (const { id, part, kind, addedAt, addedBy, addedByName, type, bytes, state, scan, why, body } of found.rows) {
    const cipher = await open(part)
    if (cipher === null) continue
    const { title } = cipher.open(WORDS_FIELD, id, body) as Words // sealed by insertFile
    files.push({
      id,
      part,
      kind,
      addedAt,
      type,
      bytes,
      state,
      scan,
      why,
      title,
      addedByName,
      isMine: addedBy === personId,
    })
  }
  return files
}

/** The fingerprint a file must have. */
export function fingerprintOf(file: FileRow, cipher: CaseCipher): string {
  return (cipher.open(WORDS_FIELD, file.id, file.body) as Words).sha256 // sealed by insertFile
}

function keyOf(file: FileRow, cipher: CaseCipher): string {
  return String(cipher.open(KEY_FIELD, file.id, file.fileKey))
}

/** Keeps a piece as it came; one that is there already stays as it is. */
export async function putPiece(
  tx: Tx,
  file: FileRow,
  cipher: CaseCipher,
  index: number,
  plain: Uint8Array,
): Promise<void> {
  const count = chunksOf(file.sentBytes)
  const body = sealChunk(keyOf(file, cipher), { fileId: file.id, stage: 'sent', index, count }, plain)
  await sql`insert into attachment_chunk (attachment_id, case_id, part, stage, place, body)
    values (${file.id}, ${file.caseId}, ${file.part}, 'sent', ${index}, ${body}) on conflict do nothing`.execute(tx)
}

/** Which pieces have come. */
export async function placesThere(tx: Tx, file: FileRow): Promise<number[]> {
  const found = await sql<{ place: number }>`
    select place from attachment_chunk where attachment_id = ${file.id} and stage = 'sent' order by place`.execute(tx)
  return found.rows.map(({ place }) => place)
}

/** The whole file; pieces that are missing, moved, doubled or changed are `Unreadable`, and nothing of it is given. */
export async function readWhole(
  tx: Tx,
  file: FileRow,
  cipher: CaseCipher,
  stage: 'sent' | 'kept',
): Promise<Uint8Array> {
  const found = await sql<{ place: number; body: Uint8Array }>`
    select place, body from attachment_chunk where attachment_id = ${file.id} and stage = ${stage} order by place`.execute(
    tx,
  )
  const count = chunksOf(stage === 'sent' ? file.sentBytes : (file.bytes ?? 0))
  try {
    return openFile(keyOf(file, cipher), { fileId: file.id, stage, count }, found.rows)
  } catch (error) {
    throw error instanceof EnvelopeError ? new Unreadable(file.caseId, file.part) : error
  }
}

/** Throws the pieces away that were sent: they were not what was announced, and come again. */
export async function dropSent(tx: Tx, file: FileRow): Promise<void> {
  await sql`delete from attachment_chunk where attachment_id = ${file.id} and stage = 'sent'`.execute(tx)
}

/** Puts the cleaned file in the place of what was sent; false where somebody else has done so meanwhile. */
export async function keepWhole(
  tx: Tx,
  file: FileRow,
  cipher: CaseCipher,
  kept: { type: FileType; bytes: Uint8Array; pieces: readonly Uint8Array[] },
): Promise<boolean> {
  const moved = await sql`
    update case_attachment set type = ${kept.type}, bytes = ${kept.bytes.length}, state = 'waiting'
     where id = ${file.id} and state = 'coming'`.execute(tx)
  if (moved.numAffectedRows !== 1n) return false
  const key = keyOf(file, cipher)
  const count = kept.pieces.length
  for (const [index, piece] of kept.pieces.entries()) {
    const body = sealChunk(key, { fileId: file.id, stage: 'kept', index, count }, piece)
    await sql`insert into attachment_chunk (attachment_id, case_id, part, stage, place, body)
      values (${file.id}, ${file.caseId}, ${file.part}, 'kept', ${index}, ${body})`.execute(tx)
  }
  await dropSent(tx, file)
  return true
}

/** Nothing was found in it, or this is a demo that does not look: it can be read. */
export async function makeReadable(tx: Tx, fileId: string, scan: 'clean' | 'not_scanned'): Promise<void> {
  await sql`update case_attachment set state = 'ready', scan = ${scan} where id = ${fileId} and state = 'waiting'`.execute(
    tx,
  )
}

/** Not kept: only that it came, and why it was not taken, still stands. */
export async function refuseFile(tx: Tx, fileId: string, why: string): Promise<void> {
  await sql`update case_attachment set state = 'refused', why = ${why}
     where id = ${fileId} and state in ('coming', 'waiting')`.execute(tx)
  await sql`delete from attachment_chunk where attachment_id = ${fileId}`.execute(tx)
}
