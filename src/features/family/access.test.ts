import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, aPerson, asOwner, ownerRows, type Somebody } from '../../../test/people.ts'
import { appOf, senderOver } from '../../../test/running-app.ts'
import { bareScene, step } from '../../../test/samples.ts'
import { instant } from '../../core/time.ts'

// Each table of the family, asked through the session of each kind of person, straight at the database.
const { app, machine } = appOf(await testMachine())
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const colleague = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')
const shelter = await aPerson(machine, await anOffice(machine, 'civil_society'), 'shelter_worker')
const clinician = await aPerson(machine, await anOffice(machine, 'health'), 'clinician')
const caseId = await aCase(machine, worker)

const FACTS = ['tracing_step', 'family_verification', 'family_reunification'] as const
const MERGED = ['family_person', 'family_tracing'] as const

beforeAll(async () => {
  const scene = bareScene({
    id: newId,
    word: (field) => `Words for ${field}`,
    now: instant(new Date().toISOString()),
    lastPlanned: () => Promise.resolve(instant(new Date().toISOString())),
    lastAssessed: () => Promise.resolve(instant(new Date().toISOString())),
    orgId: office.orgId,
    teamId: office.teamId,
    colleagueId: colleague.id,
    otherTeamId: newId(), // no case moves here
  })
  scene.caseId = caseId
  const send = senderOver(app, { office, worker, supervisor, colleague, clinician })
  const short = { kind: 'bia_short', panel: [], triggers: [] }
  await step(send, scene, 'best_interests.record', undefined, short)
  for (const type of ['edit_person', 'edit_tracing', 'add_step', 'verify', 'reunify', 'request_link'])
    await step(send, scene, `family.${type}`)
  await asOwner(
    machine,
    `insert into case_team (case_id, person_id, sector, role) values
      ('${caseId}', '${shelter.id}', 'civil_society', 'shelter_worker'), ('${caseId}', '${clinician.id}', 'health', 'clinician')`,
  )
})

const rowsSeen = (by: Somebody, table: string) =>
  asPerson(machine.db, by.sid, null, async (tx) => {
    const found = await sql<{ n: number }>`
      select count(id) as n from ${sql.table(table)} where case_id = ${caseId}`.execute(tx)
    return found.rows[0]?.n ?? 0
  })

describe.each([...FACTS, ...MERGED, 'family_link'])('%s', (table) => {
  test('is read by the worker, her supervisor and a clinician on the team', async () => {
    for (const by of [worker, supervisor, clinician]) expect(await rowsSeen(by, table)).toBe(1)
  })
  test('is not there for a shelter worker on the team, a colleague who is not on the case, or police', async () => {
    for (const by of [shelter, colleague, police]) expect(await rowsSeen(by, table)).toBe(0)
  })
})

describe.each([...FACTS, ...MERGED])('%s', (table) => {
  test('is written by the worker alone', async () => {
    const [row] = await ownerRows(machine, `select * from ${table} where case_id = '${caseId}'`)
    if (row === undefined) throw new Error('the table holds a row of this case')
    const copy: Record<string, unknown> = { ...row, id: newId() }
    const columns = Object.keys(copy)
    const insert = (by: Somebody) =>
      asPerson(machine.db, by.sid, null, (tx) =>
        sql`insert into ${sql.table(table)} (${sql.join(columns.map((one) => sql.ref(one)))})
          values (${sql.join(columns.map((one) => copy[one]))})`.execute(tx),
      )
    for (const by of [supervisor, clinician, shelter, colleague, police])
      await expect(insert(by)).rejects.toThrow(/row-level security/)
    await insert(worker)
  })
})

test.each(MERGED)('%s is changed by the worker, and by nobody who may only read it', async (table) => {
  const changed = (by: Somebody) =>
    asPerson(machine.db, by.sid, null, async (tx) => {
      const done = await sql`update ${sql.table(table)} set version = version where case_id = ${caseId}`.execute(tx)
      return Number(done.numAffectedRows)
    })
  for (const by of [supervisor, clinician, shelter, colleague, police]) expect(await changed(by)).toBe(0)
  expect(await changed(worker)).toBeGreaterThan(0)
})

test.each(FACTS)('%s is never changed behind its operation', async (table) => {
  await expect(
    asPerson(machine.db, worker.sid, null, (tx) => sql`update ${sql.table(table)} set op_id = op_id`.execute(tx)),
  ).rejects.toThrow(/permission denied/)
})

describe('a link between two cases', () => {
  test('is written by functions alone, and what it leads to is a column nobody reads', async () => {
    for (const text of [
      `insert into family_link (case_id, pair_id, side, relation, state, asked_by) values ('${caseId}', '${newId()}', 'asked', 'sibling', 'agreed', '${worker.id}')`,
      `update family_link set state = 'agreed'`,
      'select other_case from family_link',
    ])
      await expect(asPerson(machine.db, worker.sid, null, (tx) => sql.raw(text).execute(tx))).rejects.toThrow(
        /permission denied/,
      )
  })
  test('is asked for, answered and ended only by who may write the family of that case', async () => {
    const [row] = await ownerRows(machine, `select id from family_link where case_id = '${caseId}'`)
    for (const by of [supervisor, clinician, colleague, police])
      for (const text of [
        `select kembali.ask_family_link('${newId()}', '${caseId}', 'Blue Heron', 'sibling')`,
        `select kembali.end_family_link('${String(row?.id)}')`,
      ])
        await expect(asPerson(machine.db, by.sid, null, (tx) => sql.raw(text).execute(tx))).rejects.toThrow()
  })
})
