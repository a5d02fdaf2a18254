import { CHUNK, chunksOf, type FileKind, type FilePart } from '../src/core/files.ts'
import type { Op } from '../src/core/op.ts'
import { toBase64url } from '../src/crypto/base64url.ts'
import { sha256Hex } from '../src/crypto/hash.ts'
import { newId } from '../src/crypto/random.ts'
import type { App } from '../src/server/http.ts'
import { anOp, type Somebody } from './people.ts'
import { ask } from './running-app.ts'

type Announced = { kind: FileKind; part?: FilePart; title?: string | null }

/** Announces a file: its pieces follow. */
export function addFileOp(by: Somebody, caseId: string, bytes: Uint8Array, o: Announced): Op {
  const { kind, part = 'narrative', title = null } = o
  const payload = { id: newId(), caseId, part, kind, bytes: bytes.length, sha256: sha256Hex(bytes), title }
  return anOp(by, 'attachments.add', payload)
}

export function pieceOf(bytes: Uint8Array, index: number): string {
  const piece = bytes.subarray(index * CHUNK, (index + 1) * CHUNK)
  let text = ''
  for (let at = 0; at < piece.length; at += 24_576) text += toBase64url(piece.subarray(at, at + 24_576))
  return text
}

export const fileAt = (caseId: string, fileId: string) => `/api/cases/${caseId}/files/${fileId}`

/** Sends one piece of a file that was announced. */
export function sendPiece(app: App, by: Somebody, at: string, index: number, data: string) {
  return ask(app, by, 'POST', `${at}/pieces`, { body: JSON.stringify({ index, data }) })
}

/** Sends all pieces and says that the file is whole. */
export async function sendWhole(app: App, by: Somebody, at: string, bytes: Uint8Array) {
  for (let index = 0; index < chunksOf(bytes.length); index += 1)
    await sendPiece(app, by, at, index, pieceOf(bytes, index))
  return ask(app, by, 'POST', `${at}/whole`, { body: '{}' })
}

/** Reads a file; the bytes as they came over the line. */
export async function readFile(app: App, by: Somebody, at: string, headers: Record<string, string> = {}) {
  const answer = await app.request(`${at}/read`, {
    method: 'POST',
    headers: { cookie: `kembali=${by.sid}`, 'content-type': 'application/json', 'x-kembali': '1', ...headers },
    body: '{}',
  })
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) }
}

/** Sound nobody hears: the head of a voice note, and as many bytes as a test wants. */
export function aVoice(size: number, mark = ''): Uint8Array {
  const head = Buffer.concat([
    Buffer.from([0x1a, 0x45, 0xdf, 0xa3]),
    Buffer.from(`....webm....A_OPUS....OpusHead${mark}`),
  ])
  const rest = Buffer.alloc(Math.max(0, size - head.length))
  for (let at = 0; at < rest.length; at += 1) rest[at] = (at * 31 + (at >> 8)) % 251
  return new Uint8Array(Buffer.concat([head, rest]))
}
