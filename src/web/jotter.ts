import type { Jotting } from '../core/jotting.ts'
import type { Api } from './api.ts'
import type { Desk } from './app-state.ts'
import type { DevicePlace } from './device.ts'

/** Something written without unlocking, sealed: for whom, only the server knows by the device. */
export type Jotted = { device: string; pieces: Uint8Array[]; sent: number }

/** Where sealed things lie until the server has them, readable by nobody here. */
export type Box = {
  ids: () => Promise<string[]>
  get: (id: string) => Promise<Jotted | null>
  put: (id: string, jotted: Jotted) => Promise<void>
  drop: (id: string) => Promise<void>
}

/** Why nothing was kept: too much waits here, this phone has no key of the server, or it was never set up. */
export type NotJotted = 'full' | 'no_key' | 'not_set_up'

/** What writes and sends without unlocking; the code behind it is fetched when it is first needed. */
export type Jotter = {
  keep: (head: Jotting, file: Uint8Array | null) => Promise<NotJotted | null>
  /** Seals what is being typed under one id, each time in the place of the last; null takes it away. */
  typing: (id: string, head: Jotting | null) => Promise<unknown>
  /** It is typed no longer: what lies sealed of it goes like everything else. */
  typed: (id: string) => void
  /** Sends what waits. A line that breaks costs one piece. */
  send: () => Promise<void>
  /** Its owner has met the server: from now on it hears this phone also while it is locked. */
  met: (desk: Pick<Desk, 'device' | 'vault'>) => Promise<void>
}

const AGAIN_MS = 60_000

/** What waits here to be sent, and with which code the server said no to it. */
export type Left = { jotted: number; jottedProblem: string | null }

export function makeJotter(api: Api, place: DevicePlace, told: (left: Left) => void): Jotter {
  const code = () => import('./jotted.ts')
  let isKnown: string | null = null
  let timer = 0
  const holds = new Map<string, () => void>()
  let sealing: Promise<unknown> = Promise.resolve()

  async function send(): Promise<void> {
    window.clearTimeout(timer)
    if ((await place.box.ids()).length === 0) return told({ jotted: 0, jottedProblem: null })
    const left = await (await code()).sendJotted(api, place.box)
    told(left)
    if (left.jottedProblem === 'unknown_phone') isKnown = null // its owner may have signed in on it anew: asked at the next round
    if (left.jotted > 0) timer = window.setTimeout(() => void send(), AGAIN_MS)
  }

  window.addEventListener('online', () => void send())
  return {
    async keep(head, file) {
      const { keepJotted } = await code()
      const problem = await keepJotted(place, head, file)
      if (problem === null) void send()
      return problem
    },
    typing(id, head) {
      const put = async () => {
        if (head === null) return place.box.drop(id)
        const { holdSheet, keepJotted } = await code()
        if (!holds.has(id)) holds.set(id, await holdSheet(id))
        await keepJotted(place, head, null, id)
      }
      // One after the other, or an earlier word could lie over a later one.
      sealing = sealing.then(put, put)
      return sealing
    },
    typed(id) {
      void sealing.finally(() => {
        holds.get(id)?.()
        holds.delete(id)
        void send()
      })
    },
    send,
    async met({ device, vault }) {
      if (isKnown === device) return
      // Our own server answers in its own schema.
      const { known, secret } = (await api.post('/api/phone/known', { device })) as { known: boolean; secret: string }
      // By which a supervisor's spoken code is checked without a line.
      await vault.write([{ store: 'meta', key: 'spoken', value: secret }])
      isKnown = device // asked once for as long as this page is open, whatever the answer
      if (!known) return
      await send()
    },
  }
}
