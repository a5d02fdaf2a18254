import type { Jotting } from '../core/jotting.ts'
import { fromBase64url, longBase64url } from '../crypto/base64url.ts'
import { sealJotting } from '../crypto/jotting-seal.ts'
import { newId } from '../crypto/random.ts'
import { type Api, codeOf } from './api.ts'
import type { DevicePlace } from './device.ts'
import { webLock } from './in-turn.ts'
import type { Box, Left, NotJotted } from './jotter.ts'
import type { Surroundings } from './start.ts'

/** What one phone keeps while it has no line; the server takes no more of one person either. */
const MOST_HERE = 50

/** Seals it at once, and resolves when the sealed pieces are on the disk; what was typed is nowhere else. */
export async function keepJotted(
  { door, box, deviceId }: DevicePlace,
  head: Jotting,
  file: Uint8Array | null,
): Promise<NotJotted | null> {
  const device = await deviceId()
  if (device === null) return 'not_set_up'
  const surroundings = (await door.get('surroundings')) as Surroundings | null // put there by `findSurroundings`
  const key = fromBase64url(surroundings?.start.serverKey ?? '')
  if (key === null || key.length === 0) return 'no_key'
  if ((await box.ids()).length >= MOST_HERE) return 'full'
  const id = newId()
  await box.put(id, { device, pieces: await sealJotting(key, { device, id }, head, file), sent: 0 })
  return null
}

/** Sends piece by piece; a line that breaks, or a server that says no, leaves the rest here, and nothing of it is lost. */
export async function sendJotted(api: Api, box: Box): Promise<Left> {
  return webLock('kembali-jotted')(async () => {
    let jottedProblem: string | null = null
    for (const id of await box.ids()) {
      jottedProblem = await sendOne(api, box, id)
      // What is only about this one does not keep the others here.
      if (jottedProblem !== null && jottedProblem !== 'jotting_changed') break
    }
    return { jotted: (await box.ids()).length, jottedProblem }
  })
}

/** Null when the server has all of it. */
async function sendOne(api: Api, box: Box, id: string): Promise<string | null> {
  const found = await box.get(id)
  if (found === null) return null
  const { device, pieces } = found
  try {
    for (let place = found.sent; place < pieces.length; place += 1) {
      const sealed = longBase64url(pieces[place] ?? new Uint8Array())
      const { state } = (await api.post('/api/phone/jotted', { device, id, place, count: pieces.length, sealed })) as {
        state: 'kept' | 'ended' // our own server answers in its own schema
      }
      if (state === 'ended') break
      await box.put(id, { device, pieces, sent: place + 1 })
    }
  } catch (error) {
    return codeOf(error)
  }
  await box.drop(id)
  return null
}
