import type { Context } from 'hono'
import { chunksOf, CHUNK, missingOf } from '../../core/files.ts'
import type { Level } from '../../core/part.ts'
import { sha256Hex } from '../../crypto/hash.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import { ScannerDown } from '../../server/clamd.ts'
import { reading, Refused, requestIdOf } from '../../server/http.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import { lookAtFile } from '../../server/look-at-file.ts'
import type { Machine } from '../../server/machine.ts'
import { findCase } from '../cases/store.ts'
import * as store from './store.ts'
import type { FileRow } from './store.ts'

type Asked = { caseId: string; fileId: string }

/** How far a file has come, as whoever sends it must know. */
export type Arrival = { state: FileRow['state']; why: string | null; missing: number[] }

/** One transaction of the person who asks, with the file and the opened key of its part. */
export function withFile<T>(
  c: Context,
  machine: Machine,
  { caseId, fileId }: Asked,
  level: Level,
  work: (tx: Tx, file: FileRow, cipher: () => Promise<CaseCipher>) => Promise<T>,
): Promise<T> {
  return reading(c, machine, null, async (tx, me) => {
    const file = await store.findFile(tx, caseId, fileId)
    if (file === null) throw new NotAllowed(caseId, 'case')
    const request = { me, caseId, purpose: me.purpose, requestId: requestIdOf(c) }
    const opened = await machine.broker.openCase(tx, request, false)
    try {
      return await work(tx, file, () => opened.part(file.part, level))
    } finally {
      opened.end()
    }
  })
}

export async function arrivalOf(tx: Tx, file: FileRow): Promise<Arrival> {
  const missing = file.state === 'coming' ? missingOf(chunksOf(file.sentBytes), await store.placesThere(tx, file)) : []
  return { state: file.state, why: file.why, missing }
}

/** Nothing is added to a case that was closed meanwhile: what is on its way stays where it is, with this sentence. */
export async function mustBeOpen(tx: Tx, caseId: string): Promise<void> {
  if ((await findCase(tx, caseId))?.state !== 'open') throw new Refused(409, 'case_closed')
}

/**
 * Looks at a file that has come whole: is it what was announced, of a kind we take, and free of what does harm? Reading and
 * keeping are transactions of their own; nothing is drawn, unpacked or scanned inside one. Asked again it goes on where it
 * stopped: a scanner that was down is asked anew by whoever comes next and may write here.
 */
export async function takeOn(c: Context, machine: Machine, asked: Asked): Promise<Arrival> {
  const found = await withFile(c, machine, asked, 'write', async (tx, file, cipher) => {
    await mustBeOpen(tx, asked.caseId)
    const arrival = await arrivalOf(tx, file)
    if (file.state === 'coming' && arrival.missing.length === 0) {
      const key = await cipher()
      const bytes = await store.readWhole(tx, file, key, 'sent')
      if (sha256Hex(bytes) === store.fingerprintOf(file, key)) return { file, bytes }
      await store.dropSent(tx, file)
      return 'damaged' as const
    }
    if (file.state === 'waiting') return { file, bytes: await store.readWhole(tx, file, await cipher(), 'kept') }
    return { arrival }
  })
  if (found === 'damaged') throw new Refused(409, 'file_damaged')
  if ('arrival' in found) return found.arrival
  const { file, bytes } = found
  const looked =
    file.state === 'waiting' && file.type !== null ? { type: file.type, bytes } : await lookAtFile(bytes, file.kind)
  const verdict = 'why' in looked ? looked.why : await scanned(machine, looked.bytes)
  return withFile(c, machine, asked, 'write', async (tx, current, cipher) => {
    if (current.state !== file.state) return arrivalOf(tx, current)
    if (!('why' in looked) && current.state === 'coming' && verdict !== 'infected')
      await store.keepWhole(tx, current, await cipher(), { ...looked, pieces: piecesOf(looked.bytes) })
    if (verdict === 'clean' || verdict === 'not_scanned') await store.makeReadable(tx, file.id, verdict)
    else if (verdict !== 'waiting') await store.refuseFile(tx, file.id, verdict)
    return arrivalOf(tx, (await store.findFile(tx, asked.caseId, asked.fileId)) ?? current)
  })
}

/** The demo looks for nothing and says so; anywhere else a file waits until somebody could look. */
async function scanned(
  { scanner, config }: Machine,
  bytes: Uint8Array,
): Promise<'clean' | 'not_scanned' | 'waiting' | 'infected'> {
  if (scanner === null) return config.mode === 'demo' ? 'not_scanned' : 'waiting'
  try {
    return await scanner(bytes)
  } catch (error) {
    if (error instanceof ScannerDown) return 'waiting'
    throw error
  }
}

function piecesOf(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: chunksOf(bytes.length) }, (_, index) =>
    bytes.subarray(index * CHUNK, (index + 1) * CHUNK),
  )
}
