import { CHUNK, chunksOf, type FileKind, type FilePart } from '../core/files.ts'
import type { Instant } from '../core/time.ts'
import { fromBase64url, toBase64url } from '../crypto/base64url.ts'
import { type Api, NoConnection, ServerSaysNo } from './api.ts'
import type { Replica } from './replica.ts'
import type { Cell } from './storage.ts'
import type { SyncResult } from './sync.ts'
import type { Vault } from './vault.ts'

/** A file that was added here: kept sealed beside the outbox until the server has all of it. */
export type KeptFile = {
  id: string
  caseId: string
  part: FilePart
  kind: FileKind
  type: string
  title: string | null
  bytes: number
  at: Instant
  /** How many of its pieces the server has, as far as this device knows. */
  sent: number
  /** Why the server did not take it; it stays here until a person has dealt with it. */
  problem: string | null
}

/** What the server has of a file. */
type Arrival = { state: 'coming' | 'waiting' | 'ready' | 'refused'; why: string | null; missing: number[] }

export type FileOutbox = {
  list: () => readonly KeptFile[]
  /**
   * Keeps the file on this device, sealed, then has it announced; what stands in the way is answered, and then nothing of it
   * stays. Only after that may a screen say that it is kept.
   */
  keep: <Wrong>(
    file: Omit<KeptFile, 'sent' | 'problem' | 'bytes'>,
    bytes: Uint8Array,
    announce: () => Promise<Wrong | null>,
  ) => Promise<Wrong | null>
  read: (id: string) => Promise<Uint8Array<ArrayBuffer> | null>
  drop: (id: string) => Promise<void>
  /** Sends what is missing of every file whose announcement was accepted, piece by piece; a broken line costs one piece. */
  send: (api: Api, replica: Pick<Replica, 'waiting' | 'attention'>) => Promise<SyncResult>
  /** Everything as it lies here, to move into a vault that lasts. */
  cells: () => Promise<Cell<unknown>[]>
}

const place = (id: string, index: number) => `${id}.${index}`

/** The files of one vault. Heads are in memory, where they are listed; pieces are read one at a time. */
export async function openFiles(vault: Vault, changed: () => void): Promise<FileOutbox> {
  const heads = new Map<string, KeptFile>()
  /** Kept, and not announced yet: the server does not know of them, which must not be taken for "not yours any more". */
  const adding = new Set<string>()
  for (const [id, head] of (await vault.all('file')) as [string, KeptFile][]) heads.set(id, head) // written below only

  async function put(head: KeptFile): Promise<void> {
    await vault.write([{ store: 'file', key: head.id, value: head }])
    heads.set(head.id, head)
    changed()
  }

  async function drop(id: string): Promise<void> {
    const head = heads.get(id)
    if (head === undefined) return
    const pieces = Array.from({ length: chunksOf(head.bytes) }, (_, index) => index)
    await vault.write([
      { store: 'file', key: id, value: null },
      ...pieces.map((index) => ({ store: 'piece' as const, key: place(id, index), value: null })),
    ])
    heads.delete(id)
    changed()
  }

  async function sendOne(api: Api, head: KeptFile): Promise<void> {
    const at = `/api/cases/${head.caseId}/files/${head.id}`
    // Our own server of our own release answers in its own schema, here and below.
    let { state, why, missing } = (await api.post(`${at}/whole`, {})) as Arrival
    const count = chunksOf(head.bytes)
    for (const index of missing) {
      const data = await vault.get('piece', place(head.id, index))
      ;({ state, why, missing } = (await api.post(`${at}/pieces`, { index, data })) as Arrival)
      await put({ ...head, sent: count - missing.length })
    }
    if (state === 'coming' && missing.length === 0) ({ state, why } = (await api.post(`${at}/whole`, {})) as Arrival)
    if (state === 'refused') await put({ ...head, sent: count, problem: why ?? 'damaged' })
    // Whole there, and no more to be done here: it is read from the server, where it may still wait to be looked at.
    else if (state !== 'coming') await drop(head.id)
  }

  return {
    list: () => [...heads.values()],
    async keep(file, bytes, announce) {
      const head = { ...file, bytes: bytes.length, sent: 0, problem: null }
      const pieces = Array.from({ length: chunksOf(bytes.length) }, (_, index): Cell<unknown> => {
        const piece = bytes.subarray(index * CHUNK, (index + 1) * CHUNK)
        return { store: 'piece', key: place(file.id, index), value: toBase64url(piece) }
      })
      adding.add(file.id)
      try {
        await vault.write([...pieces, { store: 'file', key: file.id, value: head }])
        heads.set(file.id, head)
        const wrong = await announce()
        if (wrong === null) changed()
        else await drop(file.id)
        return wrong
      } finally {
        adding.delete(file.id)
      }
    },
    async read(id) {
      const head = heads.get(id)
      if (head === undefined) return null
      const whole = new Uint8Array(head.bytes)
      for (let index = 0; index < chunksOf(head.bytes); index += 1) {
        const piece = fromBase64url(String(await vault.get('piece', place(id, index))))
        if (piece === null) return null
        whole.set(piece, index * CHUNK)
      }
      return whole
    },
    drop,
    async send(api, replica) {
      for (const head of heads.values()) {
        if (head.problem !== null || adding.has(head.id) || isUnsettled(head, replica)) continue
        try {
          await sendOne(api, head)
        } catch (error) {
          if (error instanceof NoConnection) return 'no_connection'
          if (!(error instanceof ServerSaysNo)) throw error
          if (error.status === 401) return 'signed_out'
          // The case is not this person's any more: what belongs to it leaves the device with it.
          if (error.status === 404) await drop(head.id)
          else if (error.code === 'case_closed') await put({ ...head, problem: error.code })
          else return 'later'
        }
      }
      return 'done'
    },
    async cells() {
      const of = async (store: 'file' | 'piece') =>
        (await vault.all(store)).map(([key, value]): Cell<unknown> => ({ store, key, value }))
      return [...(await of('file')), ...(await of('piece'))]
    },
  }
}

/** Its announcement has not been accepted yet, or was not: then a person deals with that first. */
function isUnsettled(head: KeptFile, replica: Pick<Replica, 'waiting' | 'attention'>): boolean {
  return (
    replica.waiting().some(({ op, answer }) => answer === null && op.payload.id === head.id) ||
    replica.attention().some(({ op }) => op.payload.id === head.id)
  )
}
