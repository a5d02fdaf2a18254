import type { Jotting } from '../core/jotting.ts'
import { fromBase64url, toBase64url } from '../crypto/base64url.ts'
import { sealJotting } from '../crypto/jotting-seal.ts'
import { newId } from '../crypto/random.ts'
import { type Api, codeOf, ServerSaysNo } from './api.ts'
import type { DevicePlace } from './device.ts'
import { webLock } from './in-turn.ts'
import type { Box, Jotted, Left, NotJotted } from './jotter.ts'
import type { Surroundings } from './start.ts'

/** What one phone keeps while it has no line; the server takes no more of one person either. */
const MOST_HERE = 50

/** The windows of one device share its sheets: one at a time counts them and puts one more. */
const sheets = webLock('kembali-sheets')

/** What a window calls its hold on a sheet that is being typed in it. */
const holdOn = (id: string) => `kembali-sheet-${id}`

/**
 * Holds a sheet for as long as it is typed on, so that no window sends half of it; resolves with what lets go. A window that
 * is killed lets go too, and what lies sealed of its sheet goes like everything else.
 */
export function holdSheet(id: string): Promise<() => void> {
  return new Promise((held) => {
    void webLock(holdOn(id))(() => new Promise<void>((letGo) => held(letGo)))
  })
}

/** Seals it at once, and resolves when the sealed pieces are on the disk; what was typed is nowhere else. */
export async function keepJotted(
  { door, box, deviceId }: DevicePlace,
  head: Jotting,
  file: Uint8Array | null,
  id = newId(),
): Promise<NotJotted | null> {
  const device = await deviceId()
  if (device === null) return 'not_set_up'
  const surroundings = (await door.get('surroundings')) as Surroundings | null // put there by `findSurroundings`
  const key = fromBase64url(surroundings?.start.serverKey ?? '')
  if (key === null || key.length === 0) return 'no_key'
  const pieces = await sealJotting(key, { device, id }, head, file)
  return sheets(async () => {
    if (await isFull(box, device, id)) return 'full'
    await box.put(id, { device, pieces, sent: 0 })
    return null
  })
}

/** What an earlier owner of this phone left here takes no room of hers, nor does what this one is put in the place of. */
async function isFull(box: Box, device: string, but: string): Promise<boolean> {
  const ids = (await box.ids()).filter((id) => id !== but)
  if (ids.length < MOST_HERE) return false
  let hers = 0
  for (const id of ids) if ((await box.get(id))?.device === device) hers += 1
  return hers >= MOST_HERE
}

/**
 * Sends piece by piece; what the server says no to stays here, and nothing of it is lost. Without a line nothing goes; a no
 * to one device, of an earlier owner perhaps, keeps back only what was written on that one.
 */
export async function sendJotted(api: Api, box: Box): Promise<Left> {
  // What is being typed, in whichever window, goes when it is said, and not before. It is held before it is put: so asked after.
  const ids = async () => {
    const there = await box.ids()
    const held = new Set((await navigator.locks.query()).held?.map(({ name }) => name))
    return there.filter((id) => !held.has(holdOn(id)))
  }
  return webLock('kembali-jotted')(async () => {
    let jottedProblem: string | null = null
    const refused = new Set<string>()
    for (const id of await ids()) {
      const jotted = await box.get(id)
      if (jotted === null || refused.has(jotted.device)) continue
      const no = await sendOne(api, box, id, jotted)
      if (no === null) continue
      jottedProblem = no.code
      if (no.isForAll) break
      // What is only about this one does not keep the others here.
      if (no.code !== 'jotting_changed') refused.add(jotted.device)
    }
    return { jotted: (await ids()).length, jottedProblem }
  })
}

/** What a server says to whatever this phone sends, for now. */
const FOR_ALL = ['no_connection', 'other_clock', 'slow_down']

/** Null when the server has all of it. */
async function sendOne(
  api: Api,
  box: Box,
  id: string,
  { device, pieces, sent }: Jotted,
): Promise<{ code: string; isForAll: boolean } | null> {
  try {
    for (let place = sent; place < pieces.length; place += 1) {
      const sealed = toBase64url(pieces[place] ?? new Uint8Array())
      const { state } = (await api.post('/api/phone/jotted', { device, id, place, count: pieces.length, sealed })) as {
        state: 'kept' | 'begin' | 'ended' // our own server answers in its own schema
      }
      if (state === 'ended') break
      // What had come of it was too long ago: all of it is here still.
      if (state === 'begin') place = -1
      await box.put(id, { device, pieces, sent: place + 1 })
    }
  } catch (error) {
    const code = codeOf(error)
    return { code, isForAll: FOR_ALL.includes(code) || (error instanceof ServerSaysNo && error.status >= 500) }
  }
  await box.drop(id)
  return null
}
