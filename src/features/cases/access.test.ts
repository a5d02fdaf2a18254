import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Purpose } from '../../core/part.ts'
import { newId } from '../../crypto/random.ts'
import { asPerson, type Tx } from '../../server/as-person.ts'
import { runJob } from '../../server/timer.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, send, type Somebody } from '../../../test/people.ts'
import { matching } from './jobs.ts'

const machine = await testMachine()

/** The tables of this feature that a person may ask, each with the column that names the case. */
const TABLES = [
  'child_case',
  'case_team',
  'sharing_grant',
  'case_exclusion',
  'child_card',
  'child_identity',
  'safe_start',
  'conflict',
  'match_hit',
  'visit_mark',
  'case_key',
] as const
type Table = (typeof TABLES)[number]

const people = {} as Record<
  'worker' | 'colleague' | 'supervisor' | 'formerWorker' | 'clinician' | 'handoverOnly' | 'excluded' | 'stranger',
  Somebody
>
let caseId = ''

/** One case with a row in every table. */
beforeAll(async () => {
  const office = await anOffice(machine)
  const police = await anOffice(machine, 'police')
  people.worker = await aPerson(machine, office, 'case_worker')
  people.formerWorker = await aPerson(machine, office, 'case_worker')
  people.colleague = await aPerson(machine, office, 'case_worker')
  people.supervisor = await aPerson(machine, office, 'supervisor')
  people.excluded = await aPerson(machine, office, 'supervisor')
  people.clinician = await aPerson(machine, await anOffice(machine, 'health'), 'clinician')
  people.handoverOnly = await aPerson(machine, police, 'security_desk')
  people.stranger = await aPerson(machine, await anOffice(machine), 'case_worker')
  const { worker, formerWorker, supervisor } = people
  caseId = await aCase(machine, formerWorker)
  const edit = (by: Somebody, type: string, set: Record<string, unknown>) =>
    anOp(by, type, { id: caseId, caseId, set }, { baseVersion: 0 })
  const give = anOp(supervisor, 'cases.assign', { caseId, personId: worker.id, teamId: office.teamId })
  await send(machine, formerWorker, edit(formerWorker, 'cases.edit_card', { callName: 'One' }))
  await send(machine, supervisor, give)
  await send(
    machine,
    worker,
    edit(worker, 'cases.edit_card', { callName: 'Two' }),
    edit(worker, 'cases.edit_safe_start', { safeNow: 'yes' }),
    edit(worker, 'cases.edit_identity', {
      fullName: 'Accessa Testa',
      birthYear: 2012,
      origin: 'Somewhere',
      ageBasis: 'child_statement',
    }),
    anOp(worker, 'cases.take_along', { caseId, take: true }),
  )
  const asked = await aCase(machine, people.stranger)
  await send(
    machine,
    people.stranger,
    anOp(people.stranger, 'cases.request_match', {
      id: newId(),
      caseId: asked,
      givenNames: 'Accessa',
      otherNames: 'Testa',
      birthYear: 2012,
      sex: 'not_known',
      origin: 'Somewhere',
    }),
  )
  await runJob(machine, matching)
  const grant = (to: Somebody, part: string) =>
    `insert into sharing_grant (id, case_id, person_id, sector, part, purpose, basis, starts_at, ends_at)
       values ('${newId()}', '${caseId}', '${to.id}', '${to.sector}', '${part}', 'care', 'consent', now(), now() + interval '30 days')`
  await asOwner(
    machine,
    `${grant(people.clinician, 'services')}; ${grant(people.handoverOnly, 'handover')};
     insert into case_exclusion (case_id, person_id) values ('${caseId}', '${people.excluded.id}')`,
  )
})

/** How many rows of a table about this case a person sees. */
function seen(by: Somebody, table: Table, purpose: Purpose | null = null): Promise<number> {
  return asPerson(machine.db, by.sid, purpose, async (tx) => {
    const column = table === 'child_case' ? 'id' : 'case_id'
    const found = await sql<{ n: number }>`
      select count(*)::int as n from ${sql.table(table)} where ${sql.ref(column)} = ${caseId}`
      .execute(tx)
      .catch(refusedAsNothing)
    return found.rows[0]?.n ?? 0
  })
}

/** No right to ask a table at all is as good as no row. */
function refusedAsNothing(error: unknown): { rows: { n: number }[] } {
  if (error instanceof Error && error.message.includes('permission denied')) return { rows: [] }
  throw error
}

const everything: Record<Table, boolean> = {
  child_case: true,
  case_team: true,
  sharing_grant: true,
  case_exclusion: false,
  child_card: true,
  child_identity: true,
  safe_start: true,
  conflict: true,
  match_hit: true,
  visit_mark: true,
  case_key: true,
}
const nothing = Object.fromEntries(TABLES.map((table) => [table, false])) as Record<Table, boolean>

describe('of a case and all that is written about it', () => {
  test.each<[string, keyof typeof people, Record<Table, boolean>]>([
    ['its worker sees everything but whom the case keeps out', 'worker', everything],
    [
      'her supervisor sees the same but what is on the worker’s device',
      'supervisor',
      { ...everything, visit_mark: false },
    ],
    ['the worker before her sees nothing any more', 'formerWorker', nothing],
    ['a colleague of the same team sees nothing', 'colleague', nothing],
    ['a worker of another office sees nothing', 'stranger', nothing],
    [
      'a clinician with a grant on services sees that part and the case’s own row',
      'clinician',
      { ...nothing, child_case: true, case_team: true, sharing_grant: true, safe_start: true, case_key: true },
    ],
    ['a security body with a handover sees nothing of it', 'handoverOnly', nothing],
    ['a supervisor the case keeps out sees nothing', 'excluded', nothing],
  ])('%s', async (_title, who, expected) => {
    const found: Record<string, boolean> = {}
    for (const table of TABLES) found[table] = (await seen(people[who], table)) > 0
    expect(found).toEqual(expected)
  })

  test('nobody sees anything for a purpose that the relation does not permit', async () => {
    for (const table of TABLES.filter((table) => table !== 'visit_mark'))
      expect([table, await seen(people.worker, table, 'oversight')]).toEqual([table, 0])
  })
})

/** What the database answers to a statement in somebody's session: how many rows it changed, or that it refused. */
function tried(by: Somebody, work: (tx: Tx) => Promise<{ numAffectedRows?: bigint | undefined }>): Promise<string> {
  return asPerson(machine.db, by.sid, null, work).then(
    (done) => String(done.numAffectedRows ?? 0n),
    () => 'refused',
  )
}

describe('without the right to write', () => {
  const updates: [string, (tx: Tx) => Promise<{ numAffectedRows?: bigint | undefined }>][] = [
    ['child_case', (tx) => sql`update child_case set threatened = true where id = ${caseId}`.execute(tx)],
    ['case_team', (tx) => sql`update case_team set ends_at = 'infinity' where case_id = ${caseId}`.execute(tx)],
    ['child_card', (tx) => sql`update child_card set version = 9 where case_id = ${caseId}`.execute(tx)],
    ['child_identity', (tx) => sql`update child_identity set version = 9 where case_id = ${caseId}`.execute(tx)],
    ['safe_start', (tx) => sql`update safe_start set version = 9 where case_id = ${caseId}`.execute(tx)],
    ['conflict', (tx) => sql`update conflict set settled_at = kembali.now() where case_id = ${caseId}`.execute(tx)],
    [
      'match_hit',
      (tx) =>
        sql`update match_hit set state = 'make_contact', settled_at = kembali.now() where case_id = ${caseId}`.execute(
          tx,
        ),
    ],
  ]
  test.each(updates)('nobody outside changes %s', async (_table, work) => {
    for (const who of ['colleague', 'formerWorker', 'stranger', 'clinician', 'handoverOnly', 'excluded'] as const)
      expect([who, await tried(people[who], work)]).toEqual([who, '0'])
  })

  test('a supervisor reads who the child is, and does not write it', async () => {
    for (const table of ['child_card', 'child_identity', 'conflict'])
      expect(
        await tried(people.supervisor, updates.find(([name]) => name === table)?.[1] ?? (() => Promise.resolve({}))),
      ).toBe('0')
  })

  test('nobody puts a row under a case that is not hers, names a grant, or lifts an exclusion', async () => {
    const { colleague, worker, stranger } = people
    const row = (table: string) => (tx: Tx) =>
      sql`insert into ${sql.table(table)} (id, case_id, op_id, version, body) values (${caseId}, ${caseId}, ${newId()}, 1, ''::bytea)`.execute(
        tx,
      )
    for (const table of ['child_card', 'child_identity', 'safe_start'])
      expect([table, await tried(colleague, row(table))]).toEqual([table, 'refused'])
    const refused: ((tx: Tx) => Promise<{ numAffectedRows?: bigint | undefined }>)[] = [
      (tx) =>
        sql`insert into case_team (case_id, person_id, sector, role) values (${caseId}, ${worker.id}, 'child_protection', 'supervisor')`.execute(
          tx,
        ),
      (tx) =>
        sql`insert into sharing_grant (id, case_id, person_id, sector, part, purpose, basis, starts_at, ends_at)
          values (${newId()}, ${caseId}, ${worker.id}, 'child_protection', 'health', 'care', 'consent', now(), now() + interval '1 day')`.execute(
          tx,
        ),
      (tx) => sql`delete from case_exclusion where case_id = ${caseId}`.execute(tx),
      (tx) => sql`insert into match_hit (case_id, request_id) values (${caseId}, ${newId()})`.execute(tx),
      (tx) => sql`select kembali.compare_match_requests()`.execute(tx),
      (tx) => sql`select * from match_index`.execute(tx),
      (tx) => sql`select person_id, case_id, a, b, c from match_request`.execute(tx),
      (tx) => sql`delete from access where case_id = ${caseId}`.execute(tx),
    ]
    for (const work of refused) expect(await tried(worker, work)).toBe('refused')
    expect(
      await tried(stranger, (tx) =>
        sql`select kembali.match_index_put(${JSON.stringify([{ case_id: caseId, a: 1, b: 1, c: 1 }])}::jsonb)`.execute(
          tx,
        ),
      ),
    ).toBe('refused')
    expect(
      await tried(stranger, (tx) =>
        sql`insert into visit_mark (device_id, person_id, case_id, ends_at) values (${newId()}, ${stranger.id}, ${caseId}, 'infinity')`.execute(
          tx,
        ),
      ),
    ).toBe('refused')
  })

  test('a request for a match is read by the keepers of the file it was passed on to, and by nobody else', async () => {
    const requests = (by: Somebody) =>
      asPerson(
        machine.db,
        by.sid,
        null,
        async (tx) =>
          (
            await sql`select r.id from match_request r join match_hit h on h.request_id = r.id where h.case_id = ${caseId}`.execute(
              tx,
            )
          ).rows.length,
      )
    expect(await requests(people.worker)).toBe(1)
    expect(await requests(people.supervisor)).toBe(1)
    for (const who of ['colleague', 'stranger', 'clinician', 'excluded'] as const)
      expect([who, await requests(people[who])]).toEqual([who, 0])
  })
})
