import type { Op } from '../src/core/op.ts'
import { newId, newToken } from '../src/crypto/random.ts'
import { addDuration } from '../src/core/time.ts'
import type { App } from '../src/server/http.ts'
import { anOp, now, type Somebody } from './people.ts'
import { WRITE } from './running-app.ts'

/** A letter to the school a girl agreed to, as her worker writes it. */
export function letterOp(by: Somebody, caseId: string, over: Record<string, unknown> = {}): Op {
  return anOp(by, 'referrals.send', {
    id: newId(),
    caseId,
    consentId: null,
    basisId: null,
    need: 'education',
    recipient: 'school_focal',
    sentAt: now(),
    answerBy: '2199-05-01',
    organisation: 'The school by the river',
    toWhom: 'The head teacher',
    replyTo: 'Her worker, 0811 000 417',
    message: 'She would like to come back to class.',
    lines: [{ field: 'call_name', text: 'Wulan', why: 'So that you know whom to call' }],
    ...over,
  })
}

export function linkOp(by: Somebody, caseId: string, referralId: unknown, over: Record<string, unknown> = {}): Op {
  return anOp(by, 'referrals.give_link', {
    id: newId(),
    caseId,
    referralId,
    secret: newToken(),
    number: '417203',
    endsAt: addDuration(now(), 'P2D', 'UTC'),
    ...over,
  })
}

/** Somebody with a link and no account: a browser that never signed in. */
export function reader(app: App, link: Op, number = String(link.payload.number)) {
  const ask = async (what: 'open' | 'done' | 'answer', more: Record<string, unknown> = {}) => {
    const answer = await app.request(`http://localhost/api/letter/${what}`, {
      method: 'POST',
      headers: WRITE,
      body: JSON.stringify({ secret: link.payload.secret, number, ...more }),
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, text, json: JSON.parse(text) as Record<string, unknown> } // our own JSON
  }
  return {
    open: () => ask('open', { at: 0 }),
    readOn: () => ask('open', { at: 1 }),
    done: () => ask('done'),
    answer: (said: string) => ask('answer', { answer: said }),
  }
}
