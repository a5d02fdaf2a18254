import type { Context } from 'hono'
import { sql } from 'kysely'
import * as z from 'zod'
import type { Person } from '../../core/access.ts'
import type { Part } from '../../core/part.ts'
import type { Tx } from '../../server/as-person.ts'
import { type App, checked, idParam, reading, Refused, requestIdOf } from '../../server/http.ts'
import { NotAllowed, type OpenCase } from '../../server/key-broker.ts'
import type { Machine } from '../../server/machine.ts'
import { openConflictBody } from './differences.ts'
import { type Conflict, findCase, listCases, openConflicts, readMutable } from './store.ts'

const ListQuery = z.strictObject({ scope: z.enum(['mine', 'team']).default('mine'), after: z.uuid().optional() })
const PAGE = 50

/** Questions about cases: my list, my team's list, one case, who may see it. */
export function routes(app: App, machine: Machine): void {
  app.get('/api/cases', async (c) => {
    const { scope, after } = checked(ListQuery, c.req.query())
    const cases = await reading(c, machine, scope === 'team' ? 'supervision' : null, (tx, me) =>
      listCases(tx, scope, me.id, after ?? null, PAGE),
    )
    return c.json({ cases, next: cases.length === PAGE ? (cases.at(-1)?.id ?? null) : null })
  })
  app.get('/api/cases/:id', async (c) => {
    const caseId = idParam(c, 'id')
    const asked = c.req.header('x-kembali-purpose')
    return c.json(
      await reading(c, machine, asked === undefined ? null : 'other', (tx, me) =>
        openFile(c, machine, tx, me, caseId, asked !== undefined),
      ),
    )
  })
  app.get('/api/cases/:id/who', async (c) => {
    const caseId = idParam(c, 'id')
    const found = await reading(c, machine, null, (tx) =>
      sql<WhoRow>`select * from kembali.who_may_see(${caseId})`.execute(tx),
    )
    if (found.rows.length === 0) throw new Refused(404, 'not_found')
    return c.json({ people: byPerson(found.rows) })
  })
}

type WhoRow = {
  name: string
  role: string
  organisation: string
  part: Part
  level: string
  basis: string
  endsAt: string
}

function byPerson(rows: WhoRow[]) {
  const people = new Map<
    string,
    { name: string; role: string; organisation: string; basis: string; until: string | null; parts: Part[] }
  >()
  for (const { name, role, organisation, basis, endsAt, part } of rows) {
    const key = `${name}|${role}|${organisation}|${basis}`
    const person = people.get(key) ?? {
      name,
      role,
      organisation,
      basis,
      until: endsAt === 'infinity' ? null : endsAt,
      parts: [],
    }
    if (!person.parts.includes(part)) person.parts.push(part)
    people.set(key, person)
  }
  return [...people.values()]
}

/** One case opened to be read: counted, audited, and only the parts this person may read. */
async function openFile(c: Context, machine: Machine, tx: Tx, me: Person, caseId: string, purposeGiven: boolean) {
  const row = await findCase(tx, caseId)
  if (row === null) throw new NotAllowed(caseId, 'case')
  // A closed case opens for a reason that is said once; an open one explains itself by whose it is.
  if (row.state === 'closed' && !purposeGiven) throw new Refused(428, 'purpose_needed')
  const opened = await machine.broker.openCase(tx, { me, caseId, purpose: me.purpose, requestId: requestIdOf(c) }, true)
  try {
    const card = await mutable(tx, opened, 'child_card', caseId)
    const identity = await mutable(tx, opened, 'child_identity', caseId)
    const safeStart = await mutable(tx, opened, 'safe_start', caseId)
    const conflicts = await Promise.all(
      (await openConflicts(tx, caseId)).map((conflict) => difference(opened, conflict)),
    )
    const timeline = await sql<{
      opId: string
      type: string
      at: string
      claimedAt: string
      actorName: string | null
      clear: unknown
      flagged: boolean
    }>`
      select l.op_id, l.type, l.at, l.claimed_at, u.name as actor_name, l.clear, l.flagged
        from op_log l left join app_user u on u.id = l.actor
       where l.case_id = ${caseId} order by l.claimed_at desc, l.op_id desc limit 200`.execute(tx)
    return { case: row, card, identity, safeStart, conflicts, timeline: timeline.rows }
  } finally {
    opened.end()
  }
}

async function mutable(tx: Tx, opened: OpenCase, name: 'child_card' | 'child_identity' | 'safe_start', caseId: string) {
  const cipher = await cipherOrNull(opened, name === 'safe_start' ? 'services' : 'identity')
  if (cipher === null) return null
  const found = await readMutable(tx, name, caseId, cipher)
  return found === null ? null : { version: found.version, fields: found.fields }
}

async function cipherOrNull(opened: OpenCase, part: Part) {
  // Not this person's part, or never begun: both show as nothing.
  return opened.holds(part) ? opened.part(part, 'read') : null
}

async function difference(opened: OpenCase, conflict: Conflict) {
  const cipher = await cipherOrNull(opened, conflict.part as Part) // written from MUTABLE's parts only
  const seen = cipher === null ? null : openConflictBody(conflict, cipher)
  return { id: conflict.id, thing: conflict.thing, madeAt: conflict.madeAt, ...seen }
}
