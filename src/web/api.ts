import { PROTOCOL, PROTOCOL_HEADER } from '../core/protocol.ts'
import { toMillis } from '../core/time.ts'
import type { Asked } from '../crypto/device-proof.ts'
import type { Clock } from './clock.ts'

/** The server said no, with a code a screen has words for. */
export class ServerSaysNo extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string
  readonly body: Record<string, unknown>
  constructor(status: number, body: Record<string, unknown>) {
    super(`${status}`)
    this.status = status
    this.code = typeof body.error === 'string' ? body.error : 'unexpected'
    this.requestId = typeof body.requestId === 'string' ? body.requestId : ''
    this.body = body
  }
}

/** Nobody answered: no line, or the server is down. */
export class NoConnection extends Error {}

/** The code of a question that failed; what is neither is a fault of ours and goes on being one. */
export function codeOf(error: unknown): string {
  if (error instanceof NoConnection) return 'no_connection'
  if (error instanceof ServerSaysNo) return error.code
  throw error
}

export type Api = {
  get: (path: string, headers?: Record<string, string>) => Promise<unknown>
  post: (path: string, body?: unknown) => Promise<unknown>
  /** A file, asked for with this profile's proof. */
  file: (path: string, headers?: Record<string, string>) => Promise<Uint8Array<ArrayBuffer>>
}

const PATIENCE_MS = 30_000

/** This browser profile: a session that begins here goes on here only. */
export type Profile = {
  /** Its public half as text. */
  publicHalf: () => Promise<string>
  /** Its signature over one request. */
  prove: (asked: Asked, at: number) => Promise<string>
}

/** The profile proves each request; where a session begins it says first who it is. */
async function profileHeaders(profile: Profile, asked: Asked, at: number): Promise<Record<string, string>> {
  const proof = { 'x-kembali-proof': await profile.prove(asked, at) }
  return /^\/api\/(sign-in|enrol)\//.test(asked.path)
    ? { ...proof, 'x-kembali-key': await profile.publicHalf() }
    : proof
}

/** Talks to our own server: same origin, JSON, never kept by the browser. */
export function makeApi(clock: Clock, profile: Profile, fetcher: typeof fetch): Api {
  async function ask(path: string, init: RequestInit): Promise<unknown> {
    const response = await answerTo(path, init)
    let text: string
    try {
      text = await response.text()
    } catch {
      throw new NoConnection() // cut off in the middle: half an answer is none
    }
    return text === '' ? {} : JSON.parse(text)
  }

  /** The answer to a request that went well; what it says otherwise is thrown. */
  async function answerTo(path: string, init: RequestInit): Promise<Response> {
    const askedAt = Date.now()
    let response: Response
    try {
      response = await fetcher(path, {
        cache: 'no-store',
        credentials: 'same-origin',
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE_MS),
        ...init,
      })
    } catch {
      throw new NoConnection()
    }
    clock.heard(response.headers.get('date'), askedAt, Date.now())
    if (response.ok) return response
    const body: unknown = await response.json().catch(() => ({}))
    throw new ServerSaysNo(response.status, isRecord(body) ? body : {})
  }

  /** A write of ours: JSON, and proved by this profile. */
  async function written(path: string, body: unknown, more: Record<string, string> = {}): Promise<RequestInit> {
    const text = JSON.stringify(body ?? {})
    const asked = { method: 'POST', path, body: text }
    // Signing out is sent to its end even while this page goes away, and waits for no signature.
    const isLeaving = path.startsWith('/api/sign-out')
    return {
      method: 'POST',
      keepalive: isLeaving,
      headers: {
        ...more,
        'content-type': 'application/json',
        [PROTOCOL_HEADER]: String(PROTOCOL),
        ...(isLeaving ? {} : await profileHeaders(profile, asked, toMillis(clock.now()))),
      },
      body: text,
    }
  }

  return {
    get: (path, headers) => ask(path, headers === undefined ? {} : { headers }),
    post: async (path, body) => ask(path, await written(path, body)),
    async file(path, headers) {
      const response = await answerTo(path, await written(path, {}, headers))
      try {
        return new Uint8Array(await response.arrayBuffer())
      } catch {
        throw new NoConnection() // cut off in the middle: half a file is none
      }
    },
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
