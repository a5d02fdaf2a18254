import type { Part } from '../../core/part.ts'
import { type App, reading, requestIdOf } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { listOf } from '../cases/field-store.ts'
import { readingCase, readingRows } from '../cases/opening-store.ts'
import { findCase } from '../cases/store.ts'
import { changesOf } from './change-log.ts'
import { editsOf, lookAt, newsSince, whoOpened } from './changes-store.ts'
import { packs } from './packs.ts'
import { attentionInMyTeams, questionsInMyTeams } from './store.ts'

/** Questions about the work on a case: what is new, who changed what, who opened it, what colleagues ask. */
export function routes(app: App, machine: Machine): void {
  app.get('/api/cases/:id/news', async (c) =>
    c.json(
      await readingCase(c, machine, async (tx, me, { id }) => {
        const since = await lookAt(tx, id)
        return { since, news: since === null ? [] : await newsSince(tx, id, since, me.id) }
      }),
    ),
  )
  app.get('/api/cases/:id/changes', async (c) =>
    c.json(
      await readingCase(c, machine, async (tx, me, { id: caseId }) => {
        const request = { me, caseId, purpose: me.purpose, requestId: requestIdOf(c) }
        const file = await machine.broker.openCase(tx, request, true)
        try {
          // Who a threatened child is stands on the opened file alone, not on a page that lists and prints (security.md 3.4).
          const hides = (await findCase(tx, caseId))?.threatened ?? true
          const open = (part: Part) =>
            file.holds(part) && !(hides && part === 'identity') ? file.part(part, 'read') : Promise.resolve(null)
          const changes = changesOf(await editsOf(tx, caseId, open)).slice(0, CHANGES)
          const things = machine.features.flatMap((feature) => feature.mutable ?? [])
          return { changes: changes.map((one) => ({ ...one, list: listOf(things, one) })) }
        } finally {
          file.end()
        }
      }),
    ),
  )
  app.get('/api/cases/:id/opened', async (c) =>
    c.json({ people: await readingCase(c, machine, (tx, _me, { id }) => whoOpened(tx, id)) }),
  )
  app.get('/api/cases/:id/asked', async (c) => c.json({ rows: await readingRows(c, machine, packs) }))
  app.get('/api/work/team', async (c) =>
    c.json(
      await reading(c, machine, 'supervision', async (tx, me) => ({
        questions: await questionsInMyTeams(tx, me.id),
        attention: await attentionInMyTeams(tx, me.id),
      })),
    ),
  )
}

/** As many as a person reads at once; what was changed before that stands in the path of the case. */
const CHANGES = 300
