import type { Context } from 'hono'
import * as z from 'zod'
import type { Tx } from '../../server/as-person.ts'
import { auditAppend, pseudonym } from '../../server/audit.ts'
import { type App, bodyOf, Refused, requestIdOf } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { pieceOf } from './letter.ts'
import { endAsRead, keepReceiversAnswer, type Knock, knock } from './letter-store.ts'
import { GiveLink } from './referral-ops.ts'

const Held = z.strictObject({ secret: GiveLink.shape.secret, number: GiveLink.shape.number })

/**
 * The other end of a link: no account, no session, no cookie. Everything is sent in the body of a request, so that no log, no
 * history and no proxy keeps the secret; and each piece is asked for anew, so that a yes that was taken back ends a reading
 * that is under way.
 */
export function letterRoutes(app: App, machine: Machine): void {
  app.post('/api/letter/open', async (c) => {
    const { at, ...held } = await bodyOf(c, Held.extend({ at: z.union([z.literal(0), z.literal(1)]) }))
    const found = await knocked(c, machine, held, at === 0 ? 'letter_opened' : 'letter_read_on')
    if (found.letter === null) throw new Refused(410, 'letter_read')
    return c.json({ piece: pieceOf(found.letter, at), endsAt: found.endsAt, answer: found.answer })
  })
  app.post('/api/letter/done', async (c) => {
    const held = await bodyOf(c, Held)
    await knocked(c, machine, held, 'letter_read', (tx, id) => endAsRead(tx, id))
    return c.json({ done: true })
  })
  app.post('/api/letter/answer', async (c) => {
    const { answer, ...held } = await bodyOf(c, Held.extend({ answer: z.enum(['accepted', 'asked', 'declined']) }))
    await knocked(c, machine, held, 'letter_answered', (tx, id) => keepReceiversAnswer(tx, id, answer))
    return c.json({ done: true })
  })
}

/** One request of a receiver: refused with a sentence unless the link stands; what it does is in the ledger with it. */
async function knocked(
  c: Context,
  machine: Machine,
  held: { secret: string; number: string },
  action: string,
  then: (tx: Tx, id: string) => Promise<void> = async () => undefined,
): Promise<Knock> {
  const found = await machine.db.app.transaction().execute(async (tx) => {
    const behind = await knock(tx, held.secret, held.number)
    const { state, id, caseId } = behind
    const isIn = id !== null && (state === 'open' || state === 'read')
    if (isIn) await then(tx, id)
    if (caseId !== null)
      await auditAppend(tx, {
        action,
        pseudonym: await pseudonym(machine.keys, caseId),
        part: 'services',
        purpose: null,
        basis: 'link',
        outcome: isIn ? 'done' : 'denied',
        requestId: requestIdOf(c),
      })
    return behind
  })
  // What was tried is kept before anybody hears of it: a wrong number counts also when the answer is lost.
  refuseUnlessIn(found.state)
  return found
}

function refuseUnlessIn(state: Knock['state']): void {
  switch (state) {
    case 'open':
    case 'read':
      return
    case 'unknown':
      throw new Refused(404, 'letter_unknown')
    case 'wrong_number':
      throw new Refused(403, 'letter_wrong_number')
    case 'tries':
      throw new Refused(410, 'letter_tries')
    case 'withdrawn':
      throw new Refused(410, 'letter_withdrawn')
    case 'over':
    case 'ended':
      throw new Refused(410, 'letter_over')
  }
}
