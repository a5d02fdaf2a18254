import type { Context } from 'hono'
import * as z from 'zod'
import { dayOf } from '../../core/time.ts'
import { auditAppend, pseudonym } from '../../server/audit.ts'
import { type App, bodyOf, checked, reading, Refused, requestIdOf } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { readingCase } from '../cases/opening-store.ts'
import { ListOut } from './list-out.ts'
import { Month, rowsOf, timeOf } from './month.ts'
import { namedCopyRoutes } from './named-copy-api.ts'
import { readInOrder } from './ordered-store.ts'
import { casesOfMyTeams } from './store.ts'

/** Ways out: each is written down before anything leaves. */
export function routes(app: App, machine: Machine): void {
  app.post('/api/my/list-out', async (c) => {
    const { what, as } = await bodyOf(c, ListOut)
    await reading(c, machine, null, (tx, me) =>
      auditAppend(tx, {
        action: `${what}:${as}`,
        pseudonym: null,
        part: 'case',
        purpose: me.purpose,
        basis: null,
        outcome: 'done',
        requestId: requestIdOf(c),
      }),
    )
    return c.json({ done: true })
  })
  app.get('/api/office-month', async (c) => {
    const { pack } = machine
    const { month } = checked(z.strictObject({ month: Month.optional() }), c.req.query())
    const { name, rows } = await reading(c, machine, 'supervision', async (tx, me) => {
      // Exact counts are for whoever can open every record counted: the supervisor of this office, and nobody above her.
      if (me.role !== 'supervisor') throw new Refused(404, 'not_found')
      const wanted = month ?? dayOf(me.askedAt, pack.timeZone).slice(0, 7)
      const time = timeOf(wanted, pack.timeZone)
      const counts = []
      for (const feature of machine.features) counts.push(...((await feature.month?.(tx, me, time)) ?? []))
      return { name: wanted, rows: rowsOf(pack.monthly, await casesOfMyTeams(tx, me), counts) }
    })
    return c.json({ month: name, rows })
  })
  app.get('/api/cases/:id/copy', (c) => copyOf(c, machine))
  namedCopyRoutes(app, machine)
}

/** One case in the order of another system: opened and counted like any reading, and written down as a copy. */
async function copyOf(c: Context, machine: Machine) {
  const { system: wanted } = checked(z.strictObject({ system: z.string().max(40).optional() }), c.req.query())
  const [first] = machine.pack.otherSystems
  const system = machine.pack.otherSystems.find(({ id }) => id === (wanted ?? first?.id))
  const fields = await readingCase(c, machine, async (tx, me, row) => {
    if (system === undefined) throw new Refused(404, 'not_found')
    const request = { me, caseId: row.id, purpose: me.purpose, requestId: requestIdOf(c) }
    const file = await machine.broker.openCase(tx, request, true)
    try {
      await auditAppend(tx, {
        action: 'copy_for_system',
        pseudonym: await pseudonym(machine.keys, row.id),
        part: 'case',
        purpose: me.purpose,
        basis: null,
        outcome: 'done',
        requestId: requestIdOf(c),
      })
      return readInOrder(tx, machine, { caseId: row.id, file }, system, null)
    } finally {
      file.end()
    }
  })
  return c.json({ system: system?.id ?? '', fields })
}
