import * as z from 'zod'
import { chunkSize, chunksOf, type FilePart } from '../../core/files.ts'
import { fromBase64url } from '../../crypto/base64url.ts'
import { FILE_TYPES } from '../../server/file-type.ts'
import { type App, BadRequest, bodyOf, idParam, Nothing, Refused, requestIdOf } from '../../server/http.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import { takesFiles, type Machine } from '../../server/machine.ts'
import { readingCase } from '../cases/opening-store.ts'
import { arrivalOf, mustBeOpen, takeOn, withFile } from './arrival-store.ts'
import { findFile, listFiles, putPiece, readWhole } from './store.ts'

const Piece = z.strictObject({ index: z.int().min(0).max(63), data: z.string().max(400_000) })

/** What a browser may do with a file it was given: keep it, and nothing else. */
const INERT = "sandbox; default-src 'none'"

/** Files of a case: which there are, how they come in pieces, and one of them read whole. */
export function routes(app: App, machine: Machine): void {
  app.get('/api/cases/:id/files', async (c) => {
    const files = await readingCase(c, machine, async (tx, me, { id: caseId }) => {
      const request = { me, caseId, purpose: me.purpose, requestId: requestIdOf(c) }
      const file = await machine.broker.openCase(tx, request, true)
      const open = async (part: FilePart) => (file.holds(part) ? file.part(part, 'read') : null)
      try {
        return await listFiles(tx, caseId, me.id, open)
      } finally {
        file.end()
      }
    })
    return c.json({ files, isTaken: takesFiles(machine), isScanned: machine.scanner !== null })
  })

  app.post('/api/cases/:id/files/:fileId/pieces', async (c) => {
    const asked = { caseId: idParam(c, 'id'), fileId: idParam(c, 'fileId') }
    const { index, data } = await bodyOf(c, Piece)
    const arrival = await withFile(c, machine, asked, 'write', async (tx, file, cipher) => {
      await mustBeOpen(tx, asked.caseId)
      if (file.state !== 'coming') return arrivalOf(tx, file)
      const plain = fromBase64url(data)
      if (index >= chunksOf(file.sentBytes)) throw new BadRequest(['index'])
      if (plain === null || plain.length !== chunkSize(file.sentBytes, index)) throw new BadRequest(['data'])
      await putPiece(tx, file, await cipher(), index, plain)
      return arrivalOf(tx, file)
    })
    return c.json(arrival)
  })

  // Also how a phone asks what is still missing.
  app.post('/api/cases/:id/files/:fileId/whole', async (c) => {
    const asked = { caseId: idParam(c, 'id'), fileId: idParam(c, 'fileId') }
    await bodyOf(c, Nothing)
    return c.json(await takeOn(c, machine, asked))
  })

  // Asked by POST, so that the profile proves the request: a stolen cookie alone reads no file.
  app.post('/api/cases/:id/files/:fileId/read', async (c) => {
    const fileId = idParam(c, 'fileId')
    idParam(c, 'id')
    await bodyOf(c, Nothing)
    const { type, bytes } = await readingCase(c, machine, async (tx, me, { id: caseId }) => {
      const file = await findFile(tx, caseId, fileId)
      if (file === null) throw new NotAllowed(caseId, 'case')
      if (file.type === null || file.state !== 'ready') throw new Refused(409, 'file_not_ready')
      // Begun without a scanner and moved to real cases: it was never looked at.
      if (machine.config.mode === 'production' && file.scan !== 'clean') throw new Refused(409, 'file_not_ready')
      const opened = await machine.broker.openCase(
        tx,
        { me, caseId, purpose: me.purpose, requestId: requestIdOf(c) },
        true,
      )
      try {
        return { type: file.type, bytes: await readWhole(tx, file, await opened.part(file.part, 'read'), 'kept') }
      } finally {
        opened.end()
      }
    })
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': type,
      'content-disposition': `attachment; filename="file.${FILE_TYPES[type].ending}"`,
      'content-security-policy': INERT,
    })
  })
}
