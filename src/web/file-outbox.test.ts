import { beforeEach, describe, expect, test } from 'vitest'
import { addFileOp, aVoice, fileAt, readFile } from '../../test/files.ts'
import { closeCase } from '../../test/closure.ts'
import { testMachine } from '../../test/db.ts'
import { aCase, anOffice, aPerson, asOwner, send } from '../../test/people.ts'
import { appOf } from '../../test/running-app.ts'
import type { DeviceKey } from '../crypto/device.ts'
import { newId } from '../crypto/random.ts'
import { makeApi } from './api.ts'
import { makeClock } from './clock.ts'
import { type FileOutbox, openFiles } from './file-outbox.ts'
import { memoryStorage, type Storage } from './storage.ts'
import { sealedVault } from './vault.ts'

// A phone with files on it, talking to the whole server in this process over a line that can be cut.
const machine = await testMachine()
const { app } = appOf(machine)
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')

/** How many more requests the line carries. */
let line = Infinity
const api = makeApi(makeClock(Date.now), { publicHalf: async () => '', prove: async () => '' }, async (path, init) => {
  if (line <= 0) throw new TypeError('no line')
  line -= 1
  const headers = { ...(init?.headers as Record<string, string>), cookie: `kembali=${worker.sid}` } // as `makeApi` writes them
  return app.request(path as string, { ...init, headers } as RequestInit) // `makeApi` asks for addresses as texts
})

/** Not a cipher: only shows that everything passes through one and is bound to its place. */
const key: DeviceKey = {
  seal: async (place, plain) => Buffer.from(`${place}|${Buffer.from(plain).toString('base64')}`),
  async open(place, sealed) {
    const [at = '', text = ''] = Buffer.from(sealed).toString().split('|')
    if (at !== place) throw new Error('sealed for another place')
    return new Uint8Array(Buffer.from(text, 'base64'))
  },
}
const nothingWaits = { waiting: () => [], attention: () => [] }
const bytes = aVoice(900_000)

let storage: Storage
let files: FileOutbox
const reopen = async () => (files = await openFiles(sealedVault(storage, key), () => undefined))

beforeEach(async () => {
  line = Infinity
  storage = memoryStorage()
  await reopen()
})

/** Keeps a file as the form does, with the server's word on its announcement. */
async function keep(): Promise<{ caseId: string; id: string; at: string }> {
  const caseId = await aCase(machine, worker)
  const op = addFileOp(worker, caseId, bytes, { kind: 'voice' })
  const id = String(op.payload.id)
  const file = {
    id,
    caseId,
    part: 'narrative',
    kind: 'voice',
    type: 'audio/webm',
    title: null,
    at: op.claimedAt,
  } as const
  const wrong = await files.keep(file, bytes, async () => {
    const [answer] = await send(machine, worker, op)
    return answer?.answer === 'accepted' ? null : answer?.answer
  })
  expect(wrong).toBe(null)
  return { caseId, id, at: fileAt(caseId, id) }
}

describe('a file that was added without a line', () => {
  test('lies on the device, is heard there, and is there again after a restart', async () => {
    line = 0
    const { id } = await keep()
    expect(await files.send(api, nothingWaits)).toBe('no_connection')
    await reopen()
    expect(files.list()).toMatchObject([{ id, sent: 0, problem: null }])
    expect(Buffer.from((await files.read(id)) ?? []).equals(bytes)).toBe(true)
  })

  test('goes out piece by piece; a line that breaks costs one piece, and nothing is left behind at the end', async () => {
    const { at } = await keep()
    line = 3 // the question what is missing, and two pieces
    expect(await files.send(api, nothingWaits)).toBe('no_connection')
    expect(files.list()).toMatchObject([{ sent: 2 }])
    expect((await readFile(app, worker, at)).status).toBe(409)
    await reopen()
    line = 1 + 2 + 1 // the question, the two pieces that are missing, and that it is whole
    expect(await files.send(api, nothingWaits)).toBe('done')
    expect(files.list()).toEqual([])
    expect([await storage.all('file'), await storage.all('piece')]).toEqual([[], []])
    expect((await readFile(app, supervisor, at)).bytes.equals(bytes)).toBe(true)
  })

  test('waits until its announcement was accepted, and goes when that was not', async () => {
    const { id } = await keep()
    const op = { payload: { id } } as never // only its payload is looked at
    await files.send(api, { waiting: () => [{ op, answer: null }], attention: () => [] })
    expect(files.list()).toMatchObject([{ sent: 0 }])
    const other = {
      id: newId(),
      caseId: newId(),
      part: 'narrative',
      kind: 'voice',
      type: '',
      title: null,
      at: '',
    } as never // never looked at
    expect(await files.keep(other, bytes, async () => 'refused')).toBe('refused')
    expect(files.list()).toHaveLength(1)
    expect((await storage.all('piece')).length).toBe(4)
  })

  test('stays here with the reason when its case was closed meanwhile, until somebody takes it away', async () => {
    const { caseId, id } = await keep()
    await closeCase(machine, worker, supervisor, caseId)
    expect(await files.send(api, nothingWaits)).toBe('done')
    expect(files.list()).toMatchObject([{ problem: 'case_closed' }])
    expect(Buffer.from((await files.read(id)) ?? []).equals(bytes)).toBe(true)
    await files.drop(id)
    expect([await storage.all('file'), await storage.all('piece')]).toEqual([[], []])
  })

  test('leaves the device when the case is not this person’s any more', async () => {
    const { caseId } = await keep()
    await asOwner(machine, `update case_team set ends_at = now() where case_id = '${caseId}'`)
    await files.send(api, nothingWaits)
    expect([files.list(), await storage.all('piece')]).toEqual([[], []])
  })
})
