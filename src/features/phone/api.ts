import * as z from 'zod'
import { DeviceId } from '../../core/ids.ts'
import { JOTTING_TERM, MOST_PIECES, type Jotting } from '../../core/jotting.ts'
import { addDuration, type Instant } from '../../core/time.ts'
import { fromBase64url } from '../../crypto/base64url.ts'
import { EnvelopeError } from '../../crypto/errors.ts'
import { sha256Hex } from '../../crypto/hash.ts'
import { jottingAad, readJotting } from '../../crypto/jotting-seal.ts'
import { addressOf } from '../../server/address.ts'
import type { Tx } from '../../server/as-person.ts'
import { proofOf } from '../../server/device-binding.ts'
import { type App, BadRequest, bodyOf, idParam, Nothing, reading, Refused, requestIdOf } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { leaseRoutes, noteAct } from './lease-api.ts'
import {
  endJotting,
  type JottingRow,
  keyOfDevice,
  putPiece,
  sealedPieces,
  takePieceTurn,
  waitingJottings,
} from './store.ts'

const Piece = z
  .strictObject({
    device: DeviceId,
    id: z.uuid(),
    place: z.int().min(0),
    count: z.int().min(1).max(MOST_PIECES),
    sealed: z.base64url().min(130).max(186_668),
  })
  .refine(({ place, count }) => place < count, { path: ['place'] })

/** What waits for its writer, as she reads it after unlocking. */
type Opened = Jotting & { id: string; arrivedAt: Instant; endsAt: Instant }

/** What is still on its way, and since when. */
type Unfinished = { id: string; kind: null; begunAt: Instant }

/** Things written without unlocking: how a locked phone hands them in, and how their writer alone reads them. */
export function routes(app: App, machine: Machine): void {
  leaseRoutes(app, machine)

  // Without a session: the phone is locked, and proves itself by the key of its browser alone.
  app.post('/api/phone/jotted', async (c) => {
    const open = machine.db.app
    const sender = sha256Hex(`kembali/jotted/1|${addressOf(c, machine)}`)
    if (!(await open.transaction().execute((tx) => takePieceTurn(tx, sender)))) throw new Refused(429, 'slow_down')
    const { sealed, ...of } = await bodyOf(c, Piece)
    const bytes = fromBase64url(sealed)
    if (bytes === null) throw new BadRequest(['sealed'])
    const key = await open.transaction().execute((tx) => keyOfDevice(tx, of.device))
    const proof = key === null ? 'none' : await proofOf(c, machine, key)
    if (proof === 'other_clock') throw new Refused(409, 'other_clock')
    if (proof === 'none') throw new Refused(403, 'unknown_phone')
    const answer = await open.transaction().execute((tx) => putPiece(tx, of, bytes))
    if (answer === 'unknown') throw new Refused(403, 'unknown_phone')
    if (answer === 'other') throw new Refused(409, 'jotting_changed')
    if (answer === 'full') throw new Refused(429, 'jottings_full')
    if (answer === 'no_room') throw new Refused(503, 'jottings_no_room')
    return c.json({ state: answer }, 202)
  })

  app.get('/api/phone/jottings', async (c) => {
    const rows = await reading(c, machine, null, (tx) => waitingJottings(tx))
    return c.json({ count: rows.filter(isWhole).length })
  })

  app.post('/api/phone/jottings/open', async (c) => {
    await bodyOf(c, Nothing)
    const found = await reading(c, machine, null, async (tx) => {
      const rows = await waitingJottings(tx)
      await noteOpening(tx, requestIdOf(c))
      const opened = await Promise.all(
        rows.map(async (row) => (isWhole(row) ? openHead(machine, tx, row) : unfinished(row))),
      )
      return { jottings: opened, coming: rows.filter((row) => !isWhole(row)).length }
    })
    return c.json(found)
  })

  app.post('/api/phone/jottings/:id/file', async (c) => {
    const id = idParam(c, 'id')
    await bodyOf(c, Nothing)
    const file = await reading(c, machine, null, async (tx) => {
      const row = (await waitingJottings(tx)).find((one) => one.id === id)
      if (row === undefined || !isWhole(row)) throw new Refused(404, 'not_found')
      await noteOpening(tx, requestIdOf(c))
      const opened = await openPieces(machine, tx, row, row.pieces)
      if (opened === null) throw new Refused(404, 'not_found')
      return opened.file
    })
    // Its writer's own bytes, looked at by nobody yet: a page keeps them, and no browser shows them as a page.
    return c.body(file, 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="file.bin"',
      'content-security-policy': "sandbox; default-src 'none'",
    })
  })

  app.post('/api/phone/jottings/:id/end', async (c) => {
    const id = idParam(c, 'id')
    const { outcome } = await bodyOf(c, z.strictObject({ outcome: z.enum(['kept', 'thrown_away']) }))
    await reading(c, machine, null, async (tx) => {
      if (!(await endJotting(tx, id, outcome))) throw new Refused(404, 'not_found')
      await noteAct(tx, `jotting_${outcome}`, requestIdOf(c))
    })
    return c.json({ done: true })
  })
}

function isWhole({ pieces, there }: JottingRow): boolean {
  return there === pieces
}

/** What has not come whole, perhaps from a phone that was lost: it can be thrown away, and not read. */
function unfinished({ id, begunAt }: JottingRow): Unfinished {
  return { id, kind: null, begunAt }
}

/** Written down before a word of it leaves (security.md I2); it is nobody's file yet, so no case stands there. */
function noteOpening(tx: Tx, requestId: string): Promise<void> {
  return noteAct(tx, 'jottings_opened', requestId)
}

/** What one says; one that no key of ours opens any more is shown as such, so that nothing vanishes in silence. */
async function openHead(machine: Machine, tx: Tx, row: JottingRow): Promise<Opened | { id: string; kind: null }> {
  const opened = await openPieces(machine, tx, row, 1)
  if (opened === null) return { id: row.id, kind: null }
  const endsAt = addDuration(row.begunAt, JOTTING_TERM, 'UTC')
  const { head } = opened
  // A phone that was never told the time may run ahead; at the latest it was written when it came.
  const at = head.at > row.begunAt ? row.begunAt : head.at
  return { ...head, at, id: row.id, arrivedAt: row.begunAt, endsAt }
}

async function openPieces({ outboxKey }: Machine, tx: Tx, { id, device, pieces }: JottingRow, most: number) {
  const sealed = await sealedPieces(tx, id, most)
  try {
    const plain: Uint8Array[] = []
    for (const [place, message] of sealed.entries())
      plain.push(await outboxKey.open(message, jottingAad({ device, id, place, count: pieces })))
    return readJotting(plain)
  } catch (error) {
    if (error instanceof EnvelopeError) return null
    throw error
  }
}
