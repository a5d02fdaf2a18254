import { together } from '../../server/as-person.ts'
import { type App, reading } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { readingRows } from '../cases/opening-store.ts'
import { hitsToContact, waitingHits } from '../cases/team-store.ts'
import { whole } from './packs.ts'
import { sameChildInTeams } from './team-store.ts'

/** Who is around one child, and which files of a team may be of a child that has another one. */
export function routes(app: App, machine: Machine): void {
  app.get('/api/cases/:id/family', async (c) => c.json({ rows: await readingRows(c, machine, whole) }))
  // Aliases and days of a supervisor's own cases. Nothing is looked for here: what waits was asked by somebody about one child.
  app.get('/api/team-same-child', async (c) =>
    c.json(
      await reading(c, machine, 'supervision', async (tx, me) => {
        const [waiting, contacts, links] = await together([
          waitingHits(tx, me),
          hitsToContact(tx, me),
          sameChildInTeams(tx, me),
        ])
        // Once somebody has asked the other file's worker, what waits is her answer.
        const asked = new Set(links.map(({ caseId }) => caseId))
        return { waiting, contacts: contacts.filter(({ caseId }) => !asked.has(caseId)), links }
      }),
    ),
  )
}
