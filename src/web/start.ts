import type { PublicPack } from '../core/country.ts'
import type { Instant } from '../core/time.ts'
import type { Role } from '../core/access.ts'
import { type Api, NoConnection, ServerSaysNo } from './api.ts'
import type { Door } from './idb-storage.ts'

/** What a server says before anybody has signed in. */
export type Start = {
  mode: 'demo' | 'production'
  pilot: boolean
  epoch: string
  country: { code: string; hash: string }
  languages: string[]
  /** The server's own key, to which waiting operations are sealed as well; base64url. */
  serverKey: string | null
}

export type Session = {
  person: {
    id: string
    name: string
    role: Role
    language: string
    organisation: { id: string; name: string }
    teams: { id: string; name: string; supervises: boolean }[]
  }
  endsAt: Instant
  /** After how many minutes without anybody the session ends. */
  idleMinutes: number
  /** True while a new deployment still needs its people: no case can be opened yet. */
  inSetUp: boolean
  /** Somebody asked for a new key in her name, and she can still stop it. */
  renewal: { id: string; madeAt: Instant } | null
}

/** Everything public this device needs to work: nothing in it is about a child, or about who uses it. */
export type Surroundings = { start: Start; pack: PublicPack }

/** Asks the server where we are; without a line, what it said last time stands. */
export async function findSurroundings(api: Api, door: Door): Promise<Surroundings | null> {
  const before = (await door.get('surroundings')) as Surroundings | null // put there below
  try {
    // Our own server of our own release answers in its own schema, here and below.
    const start = (await api.get('/api/start')) as Start
    const pack =
      before?.start.country.hash === start.country.hash
        ? before.pack
        : ((await api.get(`/country/${start.country.hash}.json`)) as PublicPack)
    const found = { start, pack }
    await door.put('surroundings', found)
    return found
  } catch (error) {
    if (error instanceof NoConnection || error instanceof ServerSaysNo) return before
    throw error
  }
}

/** Who has signed in here: a session, nobody, or unknown because no server answers. */
export async function findSession(api: Api): Promise<Session | 'nobody' | 'unknown'> {
  try {
    return (await api.get('/api/session')) as Session
  } catch (error) {
    if (error instanceof ServerSaysNo && error.status === 401) return 'nobody'
    if (error instanceof NoConnection || error instanceof ServerSaysNo) return 'unknown'
    throw error
  }
}
