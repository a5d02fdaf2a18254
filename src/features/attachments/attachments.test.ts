import { sql } from 'kysely'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { addFileOp, aVoice, fileAt, pieceOf, readFile, sendPiece, sendWhole } from '../../../test/files.ts'
import { closeCase } from '../../../test/closure.ts'
import { consentOp, withdrawOp } from '../../../test/consent.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, aPerson, asOwner, now, ownerRows, send, type Somebody } from '../../../test/people.ts'
import { appOf, ask } from '../../../test/running-app.ts'
import { LARGEST_FILE } from '../../core/files.ts'
import { addMillis } from '../../core/time.ts'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
import { ScannerDown } from '../../server/clamd.ts'
import type { Machine } from '../../server/machine.ts'

const machine = await testMachine()
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const colleague = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const { app } = appOf(machine)

/** The same server with a scanner, or as one of real cases. */
function serverWith(scanner: Machine['scanner'], mode: 'demo' | 'production' = 'demo') {
  return appOf({ ...machine, scanner, config: { ...machine.config, mode } })
}

/** Announces a file and answers where it is. */
async function announced(
  bytes: Uint8Array,
  o: Parameters<typeof addFileOp>[3],
  by: Somebody = worker,
  caseId?: string,
) {
  const of = caseId ?? (await aCase(machine, by))
  const op = addFileOp(by, of, bytes, o)
  const [answer] = await send(machine, by, op)
  return { caseId: of, fileId: String(op.payload.id), answer, at: fileAt(of, String(op.payload.id)) }
}

const listOf = async (by: Somebody, caseId: string) =>
  (await ask(app, by, 'GET', `/api/cases/${caseId}/files`)).json as {
    files: Record<string, unknown>[]
    isTaken: boolean
    isScanned: boolean
  } // the route's own shape

describe('a voice note', () => {
  const bytes = aVoice(600_000, 'canary-of-a-voice')

  test('comes in pieces, in any order, and is read as it was recorded', async () => {
    const { at, caseId, fileId } = await announced(bytes, { kind: 'voice', title: 'What he told me' })
    expect((await sendPiece(app, worker, at, 2, pieceOf(bytes, 2))).json).toEqual({
      state: 'coming',
      why: null,
      missing: [0, 1],
    })
    await sendPiece(app, worker, at, 0, pieceOf(bytes, 0))
    await sendPiece(app, worker, at, 0, pieceOf(bytes, 0)) // the answer was lost, and the phone sends it again
    await sendPiece(app, worker, at, 1, pieceOf(bytes, 1))
    const { json } = await ask(app, worker, 'POST', `${at}/whole`, { body: '{}' })
    expect(json).toEqual({ state: 'ready', why: null, missing: [] })
    const read = await readFile(app, worker, at)
    expect(read.bytes.equals(bytes)).toBe(true)
    const { files, isScanned } = await listOf(supervisor, caseId)
    expect(files).toMatchObject([{ id: fileId, title: 'What he told me', type: 'audio/webm', state: 'ready' }])
    // The demo looks for nothing, and says so.
    expect({ isScanned, scan: files[0]?.scan }).toEqual({ isScanned: false, scan: 'not_scanned' })
  })

  test('is handed out so that a browser can only keep it, and who read it is in the ledger', async () => {
    const { at, caseId } = await announced(bytes, { kind: 'voice' })
    await sendWhole(app, worker, at, bytes)
    const before = await opened()
    const { headers } = await readFile(app, supervisor, at)
    expect(headers.get('content-type')).toBe('audio/webm')
    expect(headers.get('content-disposition')).toBe('attachment; filename="file.webm"')
    expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
    expect((await opened()) - before).toBe(1)
    expect(
      await ownerRows(
        machine,
        `select person_id from case_opened where case_id = '${caseId}' and person_id = '${supervisor.id}'`,
      ),
    ).toHaveLength(1)

    async function opened(): Promise<number> {
      const [row] = await ownerRows(
        machine,
        `select count(*)::int as n from audit_entry where action = 'open_read' and part = 'narrative' and actor = '${supervisor.id}'`,
      )
      return Number(row?.n)
    }
  })

  test('that broke off in the middle is listed, loses nothing, and is read by nobody until the rest has come', async () => {
    const { at, caseId } = await announced(bytes, { kind: 'voice' })
    await sendPiece(app, worker, at, 0, pieceOf(bytes, 0))
    expect(await readFile(app, worker, at)).toMatchObject({ status: 409 })
    expect((await listOf(supervisor, caseId)).files).toMatchObject([{ state: 'coming' }])
    // Days later the phone asks what is missing and goes on there.
    const { json } = await ask(app, worker, 'POST', `${at}/whole`, { body: '{}' })
    expect(json.missing).toEqual([1, 2])
    for (const index of [1, 2]) await sendPiece(app, worker, at, index, pieceOf(bytes, index))
    await ask(app, worker, 'POST', `${at}/whole`, { body: '{}' })
    expect((await readFile(app, worker, at)).bytes.equals(bytes)).toBe(true)
  })

  test('with a piece sent in another’s place is not kept, and asked for again from the beginning', async () => {
    const { at } = await announced(bytes, { kind: 'voice' })
    await sendPiece(app, worker, at, 0, pieceOf(bytes, 0))
    await sendPiece(app, worker, at, 1, pieceOf(bytes, 0))
    await sendPiece(app, worker, at, 2, pieceOf(bytes, 2))
    const { status, json } = await ask(app, worker, 'POST', `${at}/whole`, { body: '{}' })
    expect({ status, error: json.error }).toEqual({ status: 409, error: 'file_damaged' })
    expect((await ask(app, worker, 'POST', `${at}/whole`, { body: '{}' })).json).toMatchObject({ missing: [0, 1, 2] })
    expect((await sendPiece(app, worker, at, 2, pieceOf(bytes, 0))).json).toMatchObject({
      error: 'malformed',
      fields: ['data'],
    })
    expect((await sendPiece(app, worker, at, 3, pieceOf(bytes, 0))).json).toMatchObject({
      error: 'malformed',
      fields: ['index'],
    })
  })

  test.each([
    ['loses its last piece', `delete from attachment_chunk where attachment_id = '$1' and place = 2`],
    [
      'has two pieces exchanged',
      `update attachment_chunk set place = 60 where attachment_id = '$1' and place = 0;
       update attachment_chunk set place = 0 where attachment_id = '$1' and place = 1;
       update attachment_chunk set place = 1 where attachment_id = '$1' and place = 60`,
    ],
    [
      'has one piece twice',
      `update attachment_chunk a set body = (select b.body from attachment_chunk b where b.attachment_id = a.attachment_id and b.place = 0)
        where attachment_id = '$1' and place = 1`,
    ],
    [
      'is said to be shorter',
      `update case_attachment set bytes = 300000 where id = '$1'; delete from attachment_chunk where attachment_id = '$1' and place = 2`,
    ],
  ])('that %s on the disk is refused whole, and the ledger says so', async (_what, tamper) => {
    const { at, fileId } = await announced(bytes, { kind: 'voice' })
    await sendWhole(app, worker, at, bytes)
    await asOwner(machine, tamper.replaceAll('$1', fileId))
    const read = await readFile(app, worker, at)
    expect(read.status).toBe(500)
    expect(JSON.parse(read.bytes.toString())).toMatchObject({ error: 'unreadable' })
  })

  test('lies in the clear nowhere: not its words, not its bytes, not its key', async () => {
    const { at, fileId } = await announced(bytes, { kind: 'voice', title: 'canary-of-a-title' })
    await sendPiece(app, worker, at, 0, pieceOf(bytes, 0))
    const looked = async () => {
      const rows = await ownerRows(
        machine,
        `select f::text || coalesce((select string_agg(encode(c.body, 'escape'), '') from attachment_chunk c where c.attachment_id = f.id), '')
             || (select string_agg(l::text, '') from op_log l where l.case_id = f.case_id) as text from case_attachment f where id = '${fileId}'`,
      )
      return String(rows[0]?.text)
    }
    expect(await looked()).not.toMatch(/canary-of-a-(voice|title)/)
    for (const index of [1, 2]) await sendPiece(app, worker, at, index, pieceOf(bytes, index))
    await ask(app, worker, 'POST', `${at}/whole`, { body: '{}' })
    const kept = await looked()
    expect(kept.length).toBeGreaterThan(bytes.length)
    expect(kept).not.toMatch(/canary-of-a-(voice|title)/)
  })
})

describe('after a no to keeping a photograph', () => {
  const picture = () =>
    sharp({ create: { width: 20, height: 20, channels: 3, background: '#555' } })
      .jpeg()
      .toBuffer()
  const asked = (caseId: string, over: Record<string, unknown> = {}) =>
    consentOp(worker, caseId, {
      capacity: 'not_known',
      purpose: 'photo',
      text: 'photo_1',
      recipient: null,
      organisation: null,
      ...over,
    })
  const no = { child: 'refuses' }

  test('no new one of the child is kept, and a photographed paper still is', async () => {
    const caseId = await aCase(machine, worker)
    const before = await announced(await picture(), { kind: 'photo' }, worker, caseId)
    expect(before.answer?.answer).toBe('accepted')
    await send(machine, worker, asked(caseId, no))
    const photo = await announced(await picture(), { kind: 'photo' }, worker, caseId)
    expect(photo.answer).toMatchObject({ answer: 'refused', reason: 'no_photograph' })
    const bytes = await picture()
    const paper = await announced(bytes, { kind: 'document' }, worker, caseId)
    expect((await sendWhole(app, worker, paper.at, bytes)).json).toMatchObject({ state: 'ready' })
  })

  test('the last word counts: a later yes opens it again, and a yes that is taken back is a no', async () => {
    const caseId = await aCase(machine, worker)
    const before = asked(caseId, { ...no, askedAt: addMillis(now(), -60_000) })
    const yes = asked(caseId)
    expect(await send(machine, worker, before, yes)).toMatchObject([{ answer: 'accepted' }, { answer: 'accepted' }])
    expect((await announced(await picture(), { kind: 'photo' }, worker, caseId)).answer?.answer).toBe('accepted')
    await send(machine, worker, withdrawOp(worker, caseId, yes.payload.id))
    const { answer } = await announced(await picture(), { kind: 'photo' }, worker, caseId)
    expect(answer).toMatchObject({ reason: 'no_photograph' })
  })

  test('the database itself keeps none, whoever brings it', async () => {
    const caseId = await aCase(machine, worker)
    await send(machine, worker, asked(caseId, no))
    const put = (kind: string) =>
      asPerson(machine.db, worker.sid, null, (tx) =>
        sql`insert into case_attachment (id, case_id, op_id, part, kind, added_by, added_at, sent_bytes, body, file_key)
          values (${newId()}, ${caseId}, ${newId()}, 'narrative', ${kind}, ${worker.id}, now(), 10, '', '')`.execute(
          tx,
        ),
      )
    await expect(put('photo')).rejects.toThrow(/row-level security/)
    await expect(put('document')).resolves.toBeDefined()
  })
})

test('a photo reaches its reader without where and by whom it was taken', async () => {
  const taken = await sharp({ create: { width: 50, height: 50, channels: 3, background: '#333' } })
    .withExif({ IFD0: { Artist: 'Somebody-Fictional' } })
    .jpeg()
    .toBuffer()
  expect(taken.includes('Somebody-Fictional')).toBe(true)
  const { at } = await announced(taken, { kind: 'photo' })
  expect((await sendWhole(app, worker, at, taken)).json).toMatchObject({ state: 'ready' })
  const { bytes, headers } = await readFile(app, worker, at)
  expect(headers.get('content-type')).toBe('image/jpeg')
  expect(bytes.includes('Somebody-Fictional')).toBe(false)
})

test('a web page that says it is a photo is refused with a reason, and nothing of it stays', async () => {
  const page = new TextEncoder().encode('<!doctype html><script>alert(1)</script>')
  const { at, caseId, fileId } = await announced(page, { kind: 'photo' })
  expect((await sendWhole(app, worker, at, page)).json).toEqual({ state: 'refused', why: 'unknown_type', missing: [] })
  expect(await readFile(app, worker, at)).toMatchObject({ status: 409 })
  expect((await listOf(worker, caseId)).files).toMatchObject([{ state: 'refused', why: 'unknown_type' }])
  expect(await ownerRows(machine, `select place from attachment_chunk where attachment_id = '${fileId}'`)).toEqual([])
})

describe('where a scanner is set up', () => {
  const bytes = aVoice(300_000)
  test('a file is read only after it was found clean', async () => {
    const own = serverWith(async (seen) => (Buffer.from(seen).equals(bytes) ? 'clean' : 'infected'), 'demo')
    const { at, caseId } = await announced(bytes, { kind: 'voice' })
    expect((await sendWhole(own.app, worker, at, bytes)).json).toMatchObject({ state: 'ready' })
    expect((await readFile(own.app, worker, at)).status).toBe(200)
    expect((await listOf(worker, caseId)).files).toMatchObject([{ scan: 'clean' }])
  })

  test('one that does harm is refused, and nothing of it stays', async () => {
    const { at, fileId } = await announced(bytes, { kind: 'voice' })
    const { json } = await sendWhole(serverWith(async () => 'infected').app, worker, at, bytes)
    expect(json).toEqual({ state: 'refused', why: 'infected', missing: [] })
    expect(await ownerRows(machine, `select place from attachment_chunk where attachment_id = '${fileId}'`)).toEqual([])
  })

  test('and is down, the file waits whole and unread, and is looked at when somebody asks again', async () => {
    let isUp = false
    const own = serverWith(async () => {
      if (!isUp) throw new ScannerDown()
      return 'clean'
    })
    const { at, caseId } = await announced(bytes, { kind: 'voice' })
    expect((await sendWhole(own.app, worker, at, bytes)).json).toMatchObject({ state: 'waiting', missing: [] })
    expect((await readFile(own.app, worker, at)).status).toBe(409)
    expect((await listOf(supervisor, caseId)).files).toMatchObject([{ state: 'waiting' }])
    isUp = true
    expect((await ask(own.app, worker, 'POST', `${at}/whole`, { body: '{}' })).json).toMatchObject({ state: 'ready' })
    expect((await readFile(own.app, worker, at)).bytes.equals(bytes)).toBe(true)
  })
})

describe('real cases without a scanner', () => {
  const real = serverWith(null, 'production')
  const as = (by: Somebody) => ({ cookie: `__Host-kembali=${by.sid}` })

  test('take no file, and say whom to ask', async () => {
    const caseId = await aCase(machine, worker)
    const op = addFileOp(worker, caseId, aVoice(10), { kind: 'voice' })
    const { json } = await ask(real.app, worker, 'POST', '/api/operations', {
      body: JSON.stringify({ operations: [op] }),
      headers: as(worker),
    })
    expect(json.answers).toMatchObject([{ answer: 'refused', reason: 'files_not_taken_here' }])
  })

  test('show none that was never looked at', async () => {
    const bytes = aVoice(10_000)
    const { at } = await announced(bytes, { kind: 'voice' })
    await sendWhole(app, worker, at, bytes)
    expect((await readFile(app, worker, at)).status).toBe(200)
    expect((await readFile(real.app, worker, at, as(worker))).status).toBe(409)
  })
})

describe('a file is refused at once', () => {
  test('on a case that is closed, and so is what is still on its way to it', async () => {
    const bytes = aVoice(300_000)
    const { at, caseId } = await announced(bytes, { kind: 'voice' })
    await sendPiece(app, worker, at, 0, pieceOf(bytes, 0))
    await closeCase(machine, worker, supervisor, caseId)
    const late = await announced(bytes, { kind: 'voice' }, worker, caseId)
    expect(late.answer).toMatchObject({ answer: 'refused', reason: 'case_closed' })
    expect((await sendPiece(app, worker, at, 1, pieceOf(bytes, 1))).json).toMatchObject({ error: 'case_closed' })
    expect((await ask(app, worker, 'POST', `${at}/whole`, { body: '{}' })).json).toMatchObject({ error: 'case_closed' })
  })

  test('when it is larger than 15 MB, when the case is full, and when one person adds without end', async () => {
    const small = aVoice(10)
    const own = await aPerson(machine, office, 'case_worker')
    const { caseId, answer } = await announced(small, { kind: 'voice' }, own)
    expect(answer).toMatchObject({ answer: 'accepted' })
    const op = addFileOp(own, caseId, small, { kind: 'voice' })
    const [large] = await send(machine, own, { ...op, payload: { ...op.payload, bytes: LARGEST_FILE + 1 } })
    expect(large).toMatchObject({ answer: 'refused', reason: 'file_too_large' })
    await fill(caseId, own, 10)
    expect((await announced(small, { kind: 'voice' }, own, caseId)).answer).toMatchObject({
      reason: 'files_of_day_full',
    })
    await asOwner(
      machine,
      `update case_attachment set added_at = added_at - interval '2 days' where case_id = '${caseId}'`,
    )
    await fill(caseId, own, 10)
    await asOwner(
      machine,
      `update case_attachment set added_at = added_at - interval '2 days' where case_id = '${caseId}'`,
    )
    expect((await announced(small, { kind: 'voice' }, own, caseId)).answer).toMatchObject({
      reason: 'files_of_case_full',
    })

    async function fill(of: string, by: Somebody, times: number): Promise<void> {
      await asOwner(
        machine,
        `insert into case_attachment (id, case_id, op_id, part, kind, added_by, added_at, sent_bytes, body, file_key)
           select gen_random_uuid(), '${of}', gen_random_uuid(), 'narrative', 'voice', '${by.id}', now(), ${LARGEST_FILE}, '', ''
             from generate_series(1, ${times})`,
      )
    }
  })
})

test('when a part is erased, its files go with it: rows, pieces and keys', async () => {
  const bytes = aVoice(10_000)
  const { at, caseId, fileId } = await announced(bytes, { kind: 'voice' })
  await sendWhole(app, worker, at, bytes)
  const other = await announced(bytes, { kind: 'voice', part: 'services' }, worker, caseId)
  await sendWhole(app, worker, other.at, bytes)
  await asOwner(machine, `select kembali.erase_parts('${caseId}', array['narrative'])`)
  for (const table of ['case_attachment where id', 'attachment_chunk where attachment_id'])
    expect(await ownerRows(machine, `select case_id from ${table} = '${fileId}'`)).toEqual([])
  expect(
    await ownerRows(machine, `select part from case_key where case_id = '${caseId}' and part = 'narrative'`),
  ).toEqual([])
  expect((await readFile(app, worker, at)).status).toBe(404)
  expect((await readFile(app, worker, other.at)).bytes.equals(bytes)).toBe(true)
})

test('a colleague who is not on the case neither sends, nor asks, nor reads', async () => {
  const bytes = aVoice(10_000)
  const { at, caseId } = await announced(bytes, { kind: 'voice' })
  await sendWhole(app, worker, at, bytes)
  for (const answer of [
    await ask(app, colleague, 'GET', `/api/cases/${caseId}/files`),
    await sendPiece(app, colleague, at, 0, pieceOf(bytes, 0)),
    await ask(app, colleague, 'POST', `${at}/whole`, { body: '{}' }),
    await readFile(app, colleague, at),
  ])
    expect(answer.status).toBe(404)
})
