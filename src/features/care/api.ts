import type { Context } from 'hono'
import * as z from 'zod'
import type { Person } from '../../core/access.ts'
import type { Part } from '../../core/part.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import { type App, checked, reading, requestIdOf } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { readingCase, readingRows } from '../cases/opening-store.ts'
import { packs } from './packs.ts'
import { givenTo, peopleOf, readNotes } from './store.ts'

const NotesQuery = z.strictObject({ open: z.uuid().optional() })

/** Questions about the care of one child: the notes, and what was agreed to do. */
export function routes(app: App, machine: Machine): void {
  app.get('/api/cases/:id/notes', async (c) => {
    const { open } = checked(NotesQuery, c.req.query())
    const notes = await opened(c, machine, 'narrative', (tx, cipher, caseId) =>
      cipher === null ? Promise.resolve([]) : readNotes(tx, caseId, cipher, open ?? null),
    )
    return c.json({ notes })
  })
  app.get('/api/cases/:id/care', async (c) => c.json({ rows: await readingRows(c, machine, packs) }))
  app.get('/api/cases/:id/team', async (c) =>
    c.json({ people: await readingCase(c, machine, (tx, _me, { id }) => peopleOf(tx, id)) }),
  )
  app.get('/api/care/mine', async (c) =>
    c.json({ tasks: await reading(c, machine, null, (tx, me) => givenTo(tx, me.id)) }),
  )
}

/** Opens one part of a case to be read, counted and written down; null where the part is not this person's or was never begun. */
function opened<T>(
  c: Context,
  machine: Machine,
  part: Part,
  work: (tx: Tx, cipher: CaseCipher | null, caseId: string, me: Person) => Promise<T>,
): Promise<T> {
  return readingCase(c, machine, async (tx, me, { id: caseId }) => {
    const request = { me, caseId, purpose: me.purpose, requestId: requestIdOf(c) }
    const file = await machine.broker.openCase(tx, request, true)
    try {
      return await work(tx, file.holds(part) ? await file.part(part, 'read') : null, caseId, me)
    } finally {
      file.end()
    }
  })
}
