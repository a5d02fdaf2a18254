import type { Context } from 'hono'
import type { Person } from '../../core/access.ts'
import type { Code } from '../../core/country.ts'
import type { Tx } from '../../server/as-person.ts'
import { auditAppend, pseudonym } from '../../server/audit.ts'
import { type App, requestIdOf } from '../../server/http.ts'
import { NotAllowed, type OpenCase } from '../../server/key-broker.ts'
import type { Machine } from '../../server/machine.ts'
import { readingCase } from '../cases/opening-store.ts'
import { LISTS } from './association.ts'
import { findRecords, mayBeAsked, type ReadRecord } from './store.ts'

/** What the screen of this part is given. */
export type AssociationAnswer = {
  mayBeAsked: boolean
  records: ReadRecord[]
  lists: { circumstances: readonly Code[]; roles: readonly Code[] }
}

/** Answers of this part are cut to pieces of this many letters, so that their length on the line says nothing. */
const PIECE = 16_384

/** The one question of this part: asked by choice, for one case, and written down also where nothing was ever told. */
export function routes(app: App, machine: Machine): void {
  app.get('/api/cases/:id/association', async (c) =>
    c.json(
      padded(
        await readingCase(c, machine, async (tx, me, { id: caseId }): Promise<AssociationAnswer> => {
          const request = { me, caseId, purpose: me.purpose, requestId: requestIdOf(c) }
          const file = await machine.broker.openCase(tx, request, true)
          try {
            return {
              mayBeAsked: await mayBeAsked(tx, caseId),
              records: await recordsOf(c, machine, tx, me, caseId, file),
              lists: {
                circumstances: machine.restricted[LISTS.circumstances] ?? [],
                roles: machine.restricted[LISTS.roles] ?? [],
              },
            }
          } finally {
            file.end()
          }
        }),
      ),
    ),
  )
}

async function recordsOf(c: Context, machine: Machine, tx: Tx, me: Person, caseId: string, file: OpenCase) {
  if (file.holds('association')) return findRecords(tx, caseId, await file.part('association', 'read'))
  const { rows } = file
  const question = {
    person: me,
    rows,
    part: 'association',
    level: 'read',
    purpose: me.purpose,
    now: me.askedAt,
  } as const
  const decision = machine.decide(question)
  if (!decision.allow) throw new NotAllowed(caseId, 'association')
  // Nothing was ever told: that somebody looked is written down all the same.
  await auditAppend(tx, {
    action: 'open_read',
    pseudonym: await pseudonym(machine.keys, caseId),
    part: 'association',
    purpose: me.purpose,
    basis: decision.basis,
    outcome: 'done',
    requestId: requestIdOf(c),
  })
  return []
}

/** Letters of one byte each, up to the next whole piece. */
function padded(answer: AssociationAnswer): AssociationAnswer & { padding: string } {
  const length = new TextEncoder().encode(JSON.stringify({ ...answer, padding: '' })).length
  return { ...answer, padding: '.'.repeat((PIECE - (length % PIECE)) % PIECE) }
}
