import type { Context } from 'hono'
import { sql } from 'kysely'
import * as z from 'zod'
import type { Person } from '../../core/access.ts'
import { Part } from '../../core/part.ts'
import { Instant } from '../../core/time.ts'
import type { Tx } from '../../server/as-person.ts'
import { type App, checked, idParam, reading, Refused, requestIdOf } from '../../server/http.ts'
import type { OpenCase } from '../../server/key-broker.ts'
import type { Machine } from '../../server/machine.ts'
import { findFirstAnswers } from './first-answers-store.ts'
import { authorsOf, openConflictBody } from './differences.ts'
import { listRoutes } from './list-api.ts'
import { matchRoutes } from './match-api.ts'
import { findHits } from './match-store.ts'
import type { ChildCase } from './case.ts'
import { readingCase } from './opening-store.ts'
import { casesOf, type Conflict, firstStepsDone, listCases, openConflicts, readMutable } from './store.ts'
import { dueRows } from '../../server/due-rows.ts'
import { LATE_PAGE as PAGE, lateAmong, lateIds } from './late-store.ts'
import { teamRoutes } from './team-api.ts'

const ListQuery = z.strictObject({
  scope: z.enum(['mine', 'team']).default('mine'),
  show: z.enum(['open', 'new', 'closed', 'overdue']).optional(),
  after: z.uuid().optional(),
})
/** Whose work a case is: of others a part of it would tell a wrong next step. */
const CARRIES: readonly string[] = ['case_worker', 'intake', 'supervisor']

/** Questions about cases: my list, my team's list, one case, who may see it. */
export function routes(app: App, machine: Machine): void {
  teamRoutes(app, machine)
  matchRoutes(app, machine)
  listRoutes(app, machine)
  app.get('/api/cases', async (c) => {
    const { scope, show, after } = checked(ListQuery, c.req.query())
    const found = await reading(c, machine, scope === 'team' ? 'supervision' : null, async (tx, me) => {
      const isLate = scope === 'team' && show === 'overdue'
      const late = isLate ? await lateIds(machine, tx, me, after ?? null) : null
      const cases =
        late === null
          ? await listCases(tx, scope, me.id, after ?? null, PAGE, show === 'overdue' ? 'open' : show)
          : await casesOf(
              tx,
              late.map(([id]) => id),
            )
      const open = cases.filter(({ state }) => state === 'open').map(({ id }) => id)
      // A worker's own device works out what is late; a supervisor's holds no cases.
      const counts = late ?? (scope === 'team' ? await lateAmong(machine, tx, me, open) : [])
      return {
        cases,
        late: Object.fromEntries(counts),
        due: CARRIES.includes(me.role) ? await dueRows(machine, tx, open) : [],
      }
    })
    const next = found.cases.length === PAGE ? (found.cases.at(-1)?.id ?? null) : null
    return c.json({ ...found, next })
  })
  app.get('/api/cases/:id', async (c) =>
    c.json(await readingCase(c, machine, (tx, me, file) => openFile(c, machine, tx, me, file))),
  )
  app.get('/api/cases/:id/path', async (c) => {
    const { before } = checked(z.strictObject({ before: Instant }), c.req.query())
    const path = await readingCase(c, machine, (tx, _me, { id }) => pathOf(tx, id, before))
    return c.json({ path, more: path.length === PATH })
  })
  app.get('/api/cases/:id/who', async (c) => {
    const caseId = idParam(c, 'id')
    const found = await reading(c, machine, null, (tx) =>
      sql<WhoRow>`select * from kembali.who_may_see(${caseId}) order by name, role, organisation, basis, part`.execute(
        tx,
      ),
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
async function openFile(c: Context, machine: Machine, tx: Tx, me: Person, row: ChildCase) {
  const caseId = row.id
  const opened = await machine.broker.openCase(tx, { me, caseId, purpose: me.purpose, requestId: requestIdOf(c) }, true)
  try {
    const card = await mutable(tx, opened, 'child_card', caseId)
    const identity = await mutable(tx, opened, 'child_identity', caseId)
    const safeStart = await mutable(tx, opened, 'safe_start', caseId)
    const firstAnswers = await findFirstAnswers(tx, caseId, () => cipherOrNull(opened, 'narrative'))
    const [steps] = await firstStepsDone(tx, [caseId])
    const hits = (await findHits(tx, [caseId])).filter((hit) => hit.state === 'waiting')
    const conflicts: Awaited<ReturnType<typeof difference>>[] = []
    for (const conflict of await openConflicts(tx, caseId)) conflicts.push(await difference(tx, me, opened, conflict))
    return {
      case: row,
      card,
      identity,
      safeStart,
      firstAnswers,
      steps,
      hits,
      conflicts,
      // The restricted part is named nowhere outside its own page, whoever reads.
      parts: Part.options.filter((part) => part !== 'association' && opened.mayRead(part)),
      timeline: await pathOf(tx, caseId, null),
    }
  } finally {
    opened.end()
  }
}

const PATH = 200

type PathRow = {
  opId: string
  type: string
  at: string
  claimedAt: string
  actorName: string | null
  clear: unknown
  flagged: boolean
}

/**
 * What happened in a case, newest first, as far as this person may see the part it belongs to. Part `association` is never
 * in it: a path must not tell one kind of child from another, also to whoever may open that part.
 */
async function pathOf(tx: Tx, caseId: string, before: string | null): Promise<PathRow[]> {
  const found = await sql<PathRow>`
    select l.op_id, l.type, l.at, l.claimed_at, u.name as actor_name, l.clear, l.flagged
      from op_log l left join app_user u on u.id = l.actor
     where l.case_id = ${caseId} and l.part <> 'association' and (${before}::timestamptz is null or l.claimed_at < ${before}::timestamptz)
     order by l.claimed_at desc, l.op_id desc limit ${PATH}`.execute(tx)
  return found.rows
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

/** A difference as its reader sees it: which of the two is hers, who wrote the other, and when. */
async function difference(tx: Tx, me: Person, opened: OpenCase, conflict: Conflict) {
  const cipher = await cipherOrNull(opened, conflict.part as Part) // written from MUTABLE's parts only
  const seen = cipher === null ? null : openConflictBody(conflict, cipher)
  const { late, early } = await authorsOf(tx, conflict, seen?.version ?? null)
  return {
    id: conflict.id,
    thing: conflict.thing,
    madeAt: conflict.madeAt,
    ...seen,
    late,
    early,
    lateIsMine: late?.id === me.id,
  }
}
