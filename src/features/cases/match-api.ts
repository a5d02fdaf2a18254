import { type App, idParam, Refused, requestIdOf } from '../../server/http.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import type { Machine } from '../../server/machine.ts'
import { maskedCompare, type MatchFacts } from './match.ts'
import { MATCH_FIELD } from './match-feature.ts'
import { factsOfFile, findAsker, findHit, findRequestOfHit } from './match-store.ts'
import { readingCase } from './opening-store.ts'

/** What the keeper of a file is shown of a request that may be about the same child; never asked by whoever sent it. */
export function matchRoutes(app: App, machine: Machine): void {
  app.get('/api/cases/:id/match/:hit', async (c) => {
    const hitId = idParam(c, 'hit')
    return c.json(
      await readingCase(c, machine, async (tx, me, { id: caseId }) => {
        const hit = await findHit(tx, hitId, caseId)
        const request = hit === null ? null : await findRequestOfHit(tx, hitId)
        if (hit === null || request === null) throw new Refused(404, 'not_found')
        const asking = { me, caseId, purpose: me.purpose, requestId: requestIdOf(c) }
        const asked = await machine.broker.openApart(tx, asking, MATCH_FIELD, request.id, request)
        const opened = await machine.broker.openCase(tx, asking, true)
        try {
          if (!opened.holds('identity')) throw new NotAllowed(caseId, 'identity')
          const own = await factsOfFile(tx, caseId, await opened.part('identity', 'read'))
          // Sealed by `requestMatch` from a checked payload.
          return { hit, asker: await findAsker(tx, hitId), compare: maskedCompare(asked as MatchFacts, own) }
        } finally {
          opened.end()
        }
      }),
    )
  })
}
