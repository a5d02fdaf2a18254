import * as z from 'zod'
import { auditAppend, pseudonym } from '../../server/audit.ts'
import { type App, bodyOf, idParam, Refused, requestIdOf } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { readingCase } from '../cases/opening-store.ts'
import type { ReadCopy } from './named-copy.ts'
import { fetchOnce, findCopies, groundsOf } from './named-copy-store.ts'
import { readInOrder } from './ordered-store.ts'

const Fetch = z.strictObject({ copy: z.uuid() })

/** Copies for one named body: which were asked for, and the one moment at which each is read. */
export function namedCopyRoutes(app: App, machine: Machine): void {
  app.get('/api/cases/:id/named-copies', async (c) =>
    c.json(
      await readingCase(c, machine, async (tx, me, { id: caseId }) => {
        const request = { me, caseId, purpose: me.purpose, requestId: requestIdOf(c) }
        const file = await machine.broker.openCase(tx, request, true)
        try {
          const mayRead = file.holds('services')
          const grounds = await groundsOf(tx, caseId)
          return {
            copies: mayRead ? await findCopies(tx, caseId, me.id, await file.part('services', 'read')) : [],
            recipients: grounds.map(({ recipient }) => recipient),
          }
        } finally {
          file.end()
        }
      }),
    ),
  )
  app.post('/api/cases/:id/named-copies', async (c) => {
    idParam(c, 'id')
    const { copy: id } = await bodyOf(c, Fetch)
    const answer = await readingCase(c, machine, async (tx, me, { id: caseId }) => {
      const said = await fetchOnce(tx, id, caseId)
      if (said !== 'done') throw refusedAs(said)
      const request = { me, caseId, purpose: me.purpose, requestId: requestIdOf(c) }
      const file = await machine.broker.openCase(tx, request, true)
      try {
        const copy = (await findCopies(tx, caseId, me.id, await file.part('services', 'read'))).find(isIt)
        if (copy === undefined) throw new Refused(404, 'not_found')
        await auditAppend(tx, {
          action: `named_copy:${copy.recipient}`,
          pseudonym: await pseudonym(machine.keys, caseId),
          part: 'services',
          purpose: me.purpose,
          basis: null,
          outcome: 'done',
          requestId: requestIdOf(c),
        })
        const layout = machine.pack.namedCopy
        return { copy, fields: await readInOrder(tx, machine, { caseId, file }, layout, copy.parts) }
      } finally {
        file.end()
      }
    })
    return c.json(answer)

    function isIt(one: ReadCopy): boolean {
      return one.id === id
    }
  })
}

/** What is answered to somebody who may see a copy, and may not fetch it now. */
function refusedAs(said: string): Refused {
  switch (said) {
    case 'step_up':
      return new Refused(401, 'step_up')
    case 'copy_not_signed':
      return new Refused(409, 'copy_not_signed')
    case 'copy_fetched':
      return new Refused(410, 'copy_fetched')
    case 'copy_over':
      return new Refused(410, 'copy_over')
    case 'copy_withdrawn':
      return new Refused(410, 'copy_withdrawn')
    default:
      return new Refused(404, 'not_found')
  }
}
