import type { Answer, Op } from '../../src/core/op.ts'
import { newId, newOpId } from '../../src/crypto/random.ts'
import type { PersonIds } from './personas.ts'

/** An answer as it came over the wire. */
export type Heard = { status: number; headers: Record<string, string>; text: string; json: unknown }

/** A signed-in person with a browser: session cookie, our own origin, the header no form can send. */
export class Client {
  readonly person: PersonIds
  readonly base: string
  /** The raw session token: give it to `sql()` to be this person in the database. */
  readonly token: string
  /** The device its operations come from. */
  readonly device: string = newId()
  seq = 0

  constructor(base: string, person: PersonIds, token: string) {
    this.base = base
    this.person = person
    this.token = token
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Heard> {
    return this.request('GET', path, { headers })
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Heard> {
    return this.request('POST', path, {
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  }

  /** Any request, with nothing taken away: for tests that send what a browser would not. */
  async request(
    method: string,
    path: string,
    o: { headers?: Record<string, string>; body?: string | Uint8Array<ArrayBuffer> } = {},
  ): Promise<Heard> {
    const answer = await fetch(`${this.base}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        cookie: `kembali=${this.token}`,
        ...(method === 'GET' ? {} : { origin: this.base, 'sec-fetch-site': 'same-origin', 'x-kembali': '1' }),
        ...o.headers,
      },
      ...(o.body === undefined ? {} : { body: o.body }),
    })
    return heard(answer)
  }

  /** An operation this device makes now. */
  op(type: string, payload: Record<string, unknown>, over: Partial<Op> = {}): Op {
    this.seq += 1
    return {
      opId: newOpId(),
      device: this.device,
      seq: this.seq,
      type,
      baseVersion: null,
      payload,
      claimedAt: new Date().toISOString(),
      ...over,
    } as Op // ids were just made
  }

  /** Sends operations and answers the gate's answers; throws when the batch as a whole was refused. */
  async send(...operations: Op[]): Promise<Answer[]> {
    const { status, json, text } = await this.post('/api/operations', { operations })
    if (status !== 200) throw new Error(`the batch was answered ${status}: ${text.slice(0, 200)}`)
    return (json as { answers: Answer[] }).answers // the route's own shape
  }
}

export async function heard(answer: Response): Promise<Heard> {
  const text = await answer.text()
  return { status: answer.status, headers: Object.fromEntries(answer.headers), text, json: parsed(text) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
