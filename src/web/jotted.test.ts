import { beforeEach, describe, expect, test, vi } from 'vitest'
import { testMachine } from '../../test/db.ts'
import { anOffice, aPerson, asOwner } from '../../test/people.ts'
import { appOf } from '../../test/running-app.ts'
import type { Jotting } from '../core/jotting.ts'
import { instant } from '../core/time.ts'
import { fromBase64url } from '../crypto/base64url.ts'
import { makeProfileKey, proveRequest, publicHalf, readPublicHalf } from '../crypto/device-proof.ts'
import { sealJotting } from '../crypto/jotting-seal.ts'
import { newId } from '../crypto/random.ts'
import { makeApi } from './api.ts'
import { makeClock } from './clock.ts'
import type { DevicePlace } from './device.ts'
import { holdSheet, keepJotted, sendJotted } from './jotted.ts'
import type { Box, Jotted } from './jotter.ts'

// A phone that two people have used, talking to the whole server in this process over a line that can be cut.
const machine = await testMachine()
const { app } = appOf(machine)
const serverKey = fromBase64url(machine.outboxKey.publicKey() ?? '') ?? new Uint8Array()
const worker = await aPerson(machine, await anOffice(machine), 'case_worker')
const key = await makeProfileKey()
const half = Buffer.from((await readPublicHalf(await publicHalf(key))) ?? []).toString('hex')
await asOwner(machine, `update session set device_key = decode('${half}', 'hex') where person_id = '${worker.id}'`)
// What a browser has for all its windows: who asks for a name waits for whoever holds it.
const held = new Map<string, Promise<unknown>>()
vi.stubGlobal('navigator', {
  locks: {
    async request(name: string, work: () => Promise<unknown>) {
      while (held.has(name)) await held.get(name)
      const mine = work()
      const over = mine.then(() => void held.delete(name))
      held.set(name, over)
      await over
      return mine
    },
    query: async () => ({ held: [...held.keys()].map((name) => ({ name })) }),
  },
})

let line = true
let asked = 0
const api = makeApi(
  makeClock(Date.now),
  { publicHalf: () => publicHalf(key), prove: (what, at) => proveRequest(key, what, at) },
  async (path, init) => {
    asked += 1
    if (!line) throw new TypeError('no line')
    const headers = { ...(init?.headers as Record<string, string>), cookie: `kembali=${worker.sid}` } // as `makeApi` writes them
    return app.request(path as string, { ...init, headers } as RequestInit) // `makeApi` asks for addresses as texts
  },
)
const device = newId()
await api.post('/api/phone/known', { device })

let kept: Map<string, Jotted>
const box: Box = {
  ids: async () => [...kept.keys()],
  get: async (id) => kept.get(id) ?? null,
  put: async (id, jotted) => void kept.set(id, jotted),
  drop: async (id) => void kept.delete(id),
}

async function write(on: string, file: Uint8Array | null = null): Promise<string> {
  const id = newId()
  const at = instant(new Date().toISOString())
  const head: Jotting = { kind: file === null ? 'note' : 'photo', at, text: null, contact: null, type: null }
  kept.set(id, { device: on, pieces: await sealJotting(serverKey, { device: on, id }, head, file), sent: 0 })
  return id
}

beforeEach(() => {
  kept = new Map()
  line = true
  asked = 0
})

test('what an earlier owner left on this phone keeps nothing of hers back, and stays', async () => {
  const earlier = newId()
  const left = [await write(earlier), await write(earlier)]
  await write(device)
  expect(await sendJotted(api, box)).toEqual({ jotted: 2, jottedProblem: 'unknown_phone' })
  expect([...kept.keys()]).toEqual(left)
  expect(asked).toBe(2)
})

test('without a line nothing more is tried', async () => {
  await write(newId())
  await write(device)
  line = false
  expect(await sendJotted(api, box)).toEqual({ jotted: 2, jottedProblem: 'no_connection' })
  expect(asked).toBe(1)
})

test('what the server holds nothing of any more is sent from its beginning', async () => {
  const id = await write(device, new Uint8Array(200_000))
  const before = kept.get(id)
  if (before !== undefined) kept.set(id, { ...before, sent: 1 })
  expect(await sendJotted(api, box)).toEqual({ jotted: 0, jottedProblem: null })
  expect((await api.post('/api/phone/jottings/open')) as object).toMatchObject({ coming: 0 })
})

describe('two windows of one locked phone', () => {
  // All of a place that writing without unlocking touches.
  const place = {
    door: { get: async () => ({ start: { serverKey: machine.outboxKey.publicKey() } }) },
    box,
    deviceId: async () => device,
  } as unknown as DevicePlace
  const note: Jotting = { kind: 'note', at: instant(new Date().toISOString()), text: 'x', contact: null, type: null }

  test('together keep no more than one phone keeps', async () => {
    for (let n = 0; n < 49; n += 1) await write(device)
    let counted = 0
    const slow: Box = {
      ...box,
      ids: async () => ((counted += 1), box.ids()),
      // As a disk does: whoever does not wait for it has counted too few.
      async put(id, jotted) {
        await vi.waitFor(() => expect(counted).toBe(2), { timeout: 300 }).catch(() => null)
        await box.put(id, jotted)
      },
    }
    const window = () => keepJotted({ ...place, box: slow }, note, null)
    const both = await Promise.all([window(), window()])
    expect(both.sort()).toEqual(['full', null])
    expect(kept.size).toBe(50)
  })
  test('take what is typed further in the place of itself, however full the phone is', async () => {
    for (let n = 0; n < 49; n += 1) await write(device)
    const id = newId()
    expect(await keepJotted(place, note, null, id)).toBe(null)
    const first = kept.get(id)
    expect(await keepJotted(place, { ...note, text: 'x and the rest of it' }, null, id)).toBe(null)
    expect(kept.get(id)).not.toEqual(first)
  })
  test('send nothing of a sheet that is typed in one of them; once it is let go, all of it', async () => {
    const sheet = newId()
    const letGo = await holdSheet(sheet)
    await keepJotted(place, { ...note, text: 'half of' }, null, sheet)
    const other = await write(device)
    expect(await sendJotted(api, box)).toEqual({ jotted: 0, jottedProblem: null })
    expect([kept.has(sheet), kept.has(other)]).toEqual([true, false])
    await keepJotted(place, { ...note, text: 'half of it is not enough' }, null, sheet)
    letGo()
    await vi.waitFor(() => expect(held.size).toBe(0))
    expect(await sendJotted(api, box)).toEqual({ jotted: 0, jottedProblem: null })
    expect(kept.size).toBe(0)
  })
})
