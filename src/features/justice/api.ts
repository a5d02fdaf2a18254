import { sql } from 'kysely'
import * as z from 'zod'
import { timeZoneOf } from '../../core/read-country.ts'
import type { Instant } from '../../core/time.ts'
import type { Tx } from '../../server/as-person.ts'
import { type App, bodyOf, checked, idParam, Nothing, reading, requestIdOf } from '../../server/http.ts'
import type { OpenRequest } from '../../server/key-broker.ts'
import type { Machine } from '../../server/machine.ts'
import { readingCase } from '../cases/opening-store.ts'
import { limitsOfDay } from './board.ts'
import { clocksOf, clockStatus } from './safeguards.ts'
import { asksOf, boardClocks, findAgreement, findAnswers, findContacts, heldLimits, readContacts } from './store.ts'

type NoticeRow = {
  id: string
  caseId: string
  alias: string
  stage: 'due_soon' | 'passed'
  dueAt: Instant
  madeAt: Instant
}

/** A strip or board needs codes only; the words of a contact are opened by choice. */
const JusticeQuery = z.strictObject({ codes: z.literal('only').optional() })

/** Questions about safeguards: the supervisor's board, one case's contacts and clocks, my notices. */
export function routes(app: App, machine: Machine): void {
  app.get('/api/safeguards/board', async (c) =>
    c.json(
      await reading(c, machine, 'supervision', async (tx, me) => {
        const clocks = await boardClocks(tx, me.id)
        return {
          now: me.askedAt,
          clocks: clocks.map((clock) => ({ ...clock, status: clockStatus(clock, me.askedAt) })),
          asks: await asksOf(tx, machine.pack, clocks, me.askedAt),
        }
      }),
    ),
  )
  app.get('/api/safeguards/limits', async (c) =>
    c.json(
      await reading(c, machine, 'supervision', async (tx, me) => ({
        limits: limitsOfDay(await heldLimits(tx, me.id), me.askedAt),
      })),
    ),
  )
  app.get('/api/cases/:id/justice', async (c) => {
    const { codes } = checked(JusticeQuery, c.req.query())
    return c.json(
      await readingCase(c, machine, async (tx, me, found) => {
        const caseId = found.id
        const contacts =
          codes === 'only'
            ? await findContacts(tx, [caseId])
            : await openedContacts(tx, { me, caseId, purpose: me.purpose, requestId: requestIdOf(c) })
        const answers = await findAnswers(tx, [caseId])
        const clocks = clocksOf(contacts, answers, machine.pack.safeguards, timeZoneOf(machine.pack, found.region))
        const { alias, region, closedAt } = found
        return {
          now: me.askedAt,
          case: { alias, region, closedAt },
          contacts,
          answers,
          supervisorAgreed: (await findAgreement(tx, caseId)) !== null,
          clocks: clocks.map((clock) => ({ ...clock, status: clockStatus(clock, me.askedAt) })),
        }
      }),
    )
  })
  app.get('/api/notices', async (c) =>
    c.json({
      notices: await reading(c, machine, null, async (tx) => {
        const found = await sql<NoticeRow>`
          select n.id, n.case_id, c.alias, n.stage, n.due_at, n.made_at from notice n join child_case c on c.id = n.case_id
           where n.read_at is null order by n.due_at limit 100`.execute(tx)
        return found.rows
      }),
    }),
  )
  app.post('/api/notices/:id/read', async (c) => {
    await bodyOf(c, Nothing)
    const id = idParam(c, 'id')
    await reading(c, machine, null, (tx) =>
      sql`update notice set read_at = kembali.now() where id = ${id} and read_at is null`.execute(tx),
    )
    return c.json({ done: true })
  })

  /** Contacts with their words: opening them is counted and written down. */
  async function openedContacts(tx: Tx, request: OpenRequest) {
    const opened = await machine.broker.openCase(tx, request, true)
    try {
      return opened.holds('justice') ? await readContacts(tx, request.caseId, await opened.part('justice', 'read')) : []
    } finally {
      opened.end()
    }
  }
}
