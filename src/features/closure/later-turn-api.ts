import type { Context } from 'hono'
import type { Purpose } from '../../core/part.ts'
import type { Tx } from '../../server/as-person.ts'
import { auditAppend, pseudonym } from '../../server/audit.ts'
import { type App, bodyOf, idParam, Nothing, reading, Refused, requestIdOf } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { readingCase } from '../cases/opening-store.ts'
import { EndRequest, TakeUp } from './later-request.ts'
import { endRequest, takeBackEnd, takeUp, type Turned, whyEnded, WHY_ENDED_FIELD } from './later-turn-store.ts'

/**
 * What becomes of a request past its day: somebody of the office takes it up, or what it holds is ended. Beside the gate: neither person
 * reads the file it is about, and an operation is of a case its sender may open.
 */
export function turnRoutes(app: App, machine: Machine): void {
  app.post('/api/closure/requests/:id/take-up', async (c) => {
    const requestId = idParam(c, 'id')
    const { id } = await bodyOf(c, TakeUp)
    return turning(c, machine, 'supervision', 'take_up_request', (tx) => takeUp(tx, id, requestId))
  })
  app.post('/api/retention/requests/:id/end', async (c) => {
    const requestId = idParam(c, 'id')
    const { id, why } = await bodyOf(c, EndRequest)
    if (why.trim() === '') throw new Refused(409, 'end_without_reason')
    const sealed = await machine.broker.sealApart(WHY_ENDED_FIELD, id, { why })
    return turning(c, machine, 'oversight', 'end_request', (tx) => endRequest(tx, id, requestId, sealed))
  })
  app.post('/api/retention/requests/:id/take-back', async (c) => {
    const requestId = idParam(c, 'id')
    await bodyOf(c, Nothing)
    return turning(c, machine, 'oversight', 'take_back_end', (tx) => takeBackEnd(tx, requestId))
  })
  app.get('/api/cases/:id/requests/:requestId/ended', async (c) => {
    const requestId = idParam(c, 'requestId')
    const why = await readingCase(c, machine, async (tx, _me, { id: caseId }) => {
      const ended = await whyEnded(tx, caseId, requestId)
      if (ended === null) return null
      const { id, ...apart } = ended
      const said = await machine.broker.openOwn(tx, requestIdOf(c), WHY_ENDED_FIELD, id, apart)
      return (said as { why: string }).why // sealed above
    })
    return c.json({ why })
  })
}

/** One of these acts in its own transaction, with what the ledger says of it. */
async function turning(
  c: Context,
  machine: Machine,
  purpose: Purpose,
  action: string,
  act: (tx: Tx) => Promise<Turned>,
): Promise<Response> {
  const { outcome } = await reading(c, machine, purpose, async (tx) => {
    const turned = await act(tx)
    await auditAppend(tx, {
      action,
      pseudonym: turned.ofCase === null ? null : await pseudonym(machine.keys, turned.ofCase),
      part: turned.ofCase === null ? null : 'services',
      purpose,
      basis: null,
      outcome: turned.outcome === 'done' ? 'done' : 'denied',
      requestId: requestIdOf(c),
    })
    return turned
  })
  if (outcome !== 'done') throw refusedFor(outcome)
  return c.json({ done: true })
}

function refusedFor(outcome: string): Refused {
  switch (outcome) {
    case 'step_up':
      return new Refused(401, 'step_up')
    case 'needs_passkey':
      return new Refused(409, 'needs_passkey')
    case 'request_not_overdue':
      return new Refused(409, 'request_not_overdue')
    case 'request_taken_up':
      return new Refused(409, 'request_taken_up')
    case 'request_ended_already':
      return new Refused(409, 'request_ended_already')
    default:
      return new Refused(404, 'not_found')
  }
}
