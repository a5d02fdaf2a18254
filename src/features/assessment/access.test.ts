import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
import { aWaitingAssessment, checkOp, decideOp, sheetOp } from '../../../test/assessment.ts'
import { testMachine } from '../../../test/db.ts'
import { appOf, ask } from '../../../test/running-app.ts'
import { aCase, anOffice, aPerson, asOwner, ownerRows, send, type Somebody } from '../../../test/people.ts'

// Each table of this feature, asked through the session of each kind of person, straight at the database.
const { app, machine } = appOf(await testMachine())
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const colleague = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')
const shelter = await aPerson(machine, await anOffice(machine, 'civil_society'), 'shelter_worker')
const clinician = await aPerson(machine, await anOffice(machine, 'health'), 'clinician')
const caseId = await aCase(machine, worker)

const everybody = { worker, supervisor, colleague, police, shelter, clinician }
type Who = keyof typeof everybody

/** Tables, who reads them, and who puts rows there: the matrix of security.md 3.4. */
const TABLES: [table: string, reads: Who[], writes: Who[]][] = [
  ['assessment_sheet', ['worker', 'supervisor', 'shelter', 'clinician'], ['worker', 'shelter']],
  ['assessment_account', ['worker', 'supervisor'], ['worker']],
  ['assessment_health', ['worker', 'clinician'], ['clinician']],
  ['safety_check', ['worker', 'supervisor', 'shelter', 'clinician'], ['worker', 'shelter']],
  ['assessment_round', ['worker', 'supervisor', 'shelter', 'clinician'], ['worker', 'shelter']],
  ['assessment_submission', ['worker', 'supervisor', 'shelter', 'clinician'], ['worker', 'shelter']],
  ['assessment_decision', ['worker', 'supervisor', 'shelter', 'clinician'], ['supervisor']],
]

beforeAll(async () => {
  await asOwner(
    machine,
    `insert into case_team (case_id, person_id, sector, role) values
      ('${caseId}', '${shelter.id}', 'civil_society', 'shelter_worker'), ('${caseId}', '${clinician.id}', 'health', 'clinician')`,
  )
  const submissionId = await aWaitingAssessment(machine, worker, caseId)
  const account = sheetOp(worker, caseId, 'account', { answers: { acc_words: { words: 'What she chose to tell' } } })
  const done = [
    ...(await send(machine, worker, account, checkOp(worker, caseId))),
    ...(await send(
      machine,
      clinician,
      sheetOp(clinician, caseId, 'clinic', { answers: { cli_well: { words: 'She eats' } } }),
    )),
    ...(await send(machine, supervisor, await decideOp(machine, supervisor, caseId, submissionId))),
  ]
  expect(done.map((one) => one.answer)).toEqual(Array(4).fill('accepted'))
})

const rowsSeen = (by: Somebody, table: string) =>
  asPerson(machine.db, by.sid, null, async (tx) => {
    const found = await sql<{ n: number }>`
      select count(*)::int as n from ${sql.table(table)} where case_id = ${caseId}`.execute(tx)
    return found.rows[0]?.n ?? 0
  })

const AUTHORS = ['written_by', 'submitted_by', 'decided_by']

async function copyRow(by: Somebody, table: string, over: Record<string, unknown> = {}): Promise<void> {
  const [row] = await machine.db.owner.rows(`select * from ${table} where case_id = '${caseId}'`)
  if (row === undefined) throw new Error('the table holds a row of this case')
  const copy: Record<string, unknown> = { ...row, id: newId() }
  const author = AUTHORS.findLast((name) => name in copy)
  if (author !== undefined) copy[author] = by.id
  const put: Record<string, unknown> = { ...copy, ...over }
  const columns = Object.keys(put)
  await asPerson(machine.db, by.sid, null, (tx) =>
    sql`insert into ${sql.table(table)} (${sql.join(columns.map((one) => sql.ref(one)))})
      values (${sql.join(columns.map((one) => put[one]))})`.execute(tx),
  )
}

describe.each(TABLES)('%s', (table, reads, writes) => {
  test('is read by whoever has its part, and not there for anybody else', async () => {
    for (const [name, who] of Object.entries(everybody))
      expect({ name, seen: (await rowsSeen(who, table)) > 0 }).toEqual({ name, seen: reads.includes(name as Who) })
  })
  test('is written by whoever may write its part', async () => {
    for (const [name, who] of Object.entries(everybody)) {
      if (writes.includes(name as Who)) {
        // A decision stands once for each submission: the policy lets it through, and then the one answer there is does not.
        if (table === 'assessment_decision') await expect(copyRow(who, table)).rejects.toThrow(/submission_id_key/)
        else await expect(copyRow(who, table)).resolves.toBeUndefined()
      } else await expect(copyRow(who, table), name).rejects.toThrow(/row-level security/)
    }
  })
  test('is a fact: nobody changes or deletes a row of it', async () => {
    for (const change of [sql`update ${sql.table(table)} set op_id = op_id`, sql`delete from ${sql.table(table)}`])
      await expect(asPerson(machine.db, worker.sid, null, (tx) => change.execute(tx))).rejects.toThrow(
        /permission denied/,
      )
  })
})

test.each(['assessment_sheet', 'assessment_account', 'safety_check', 'assessment_submission'])(
  'nobody writes a row of %s in another person’s name',
  async (table) => {
    const author = table === 'assessment_submission' ? 'submitted_by' : 'written_by'
    await expect(copyRow(worker, table, { [author]: supervisor.id })).rejects.toThrow(/row-level security/)
  },
)

describe('a supervisor’s word to an assessment', () => {
  test('is never about what she handed in herself, and the database says so', async () => {
    const handedIn = newId()
    await asOwner(
      machine,
      `insert into assessment_submission (id, case_id, op_id, round_id, harm_to_child, submitted_by, submitted_at, body)
         values ('${handedIn}', '${caseId}', '${newId()}', '${caseId}', 'low', '${supervisor.id}', now(), '')`,
    )
    const own = { submission_id: handedIn, submitted_by: supervisor.id }
    await expect(copyRow(supervisor, 'assessment_decision', own)).rejects.toThrow(/not_ones_own_assessment/)
    await expect(copyRow(supervisor, 'assessment_decision', { ...own, submitted_by: worker.id })).rejects.toThrow(
      /foreign key/,
    )
  })
  test('is hers alone', async () => {
    await expect(copyRow(supervisor, 'assessment_decision', { decided_by: worker.id })).rejects.toThrow(
      /row-level security/,
    )
  })
})

describe('when a step was taken', () => {
  const parts = (by: Somebody) =>
    asPerson(machine.db, by.sid, null, async (tx) => {
      const found = await sql<{ part: string }>`
        select part from case_step_time where case_id = ${caseId} order by part`.execute(tx)
      return found.rows.map((row) => row.part)
    })

  test('is read by whoever reads that part of the log, and not there for anybody else', async () => {
    await asOwner(
      machine,
      `insert into case_step_time (case_id, part, safe_now_said) values ('${caseId}', 'narrative', true)`,
    )
    expect(await parts(worker)).toEqual(['narrative', 'services'])
    expect(await parts(shelter)).toEqual(['services'])
    for (const who of [colleague, police]) expect(await parts(who)).toEqual([])
  })
  test('is written by the log alone', async () => {
    for (const change of [
      sql`insert into case_step_time (case_id, part) values (${caseId}, 'health')`,
      sql`update case_step_time set safe_now_said = true`,
      sql`delete from case_step_time`,
    ])
      await expect(asPerson(machine.db, worker.sid, null, (tx) => change.execute(tx))).rejects.toThrow(
        /permission denied/,
      )
  })
})

test('no answer is in the clear anywhere', async () => {
  const [row] = await ownerRows(
    machine,
    `select ${[
      'assessment_sheet',
      'assessment_account',
      'assessment_health',
      'safety_check',
      'assessment_submission',
      'op_log',
    ]
      .map((name) => `(select json_agg(t)::text from ${name} t)`)
      .join(' || ')} as text`,
  )
  for (const word of ['chose to tell', 'She eats', 'stay with my aunt', 'acc_words', 'cli_well'])
    expect(String(row?.text)).not.toContain(word)
})

describe('why a supervisor returned an assessment', () => {
  const reason = 'You have not asked her aunt; we talk on Monday'
  test('is read by whoever carries or supervises the case, and not with a right on the child’s services', async () => {
    const returned = await aCase(machine, worker)
    await asOwner(
      machine,
      `insert into case_team (case_id, person_id, sector, role) values
        ('${returned}', '${shelter.id}', 'civil_society', 'shelter_worker'), ('${returned}', '${clinician.id}', 'health', 'clinician')`,
    )
    const submissionId = await aWaitingAssessment(machine, worker, returned)
    await send(
      machine,
      supervisor,
      await decideOp(machine, supervisor, returned, submissionId, { decision: 'returned', reason }),
    )
    for (const by of [worker, supervisor]) expect(await assessmentTo(by, returned)).toContain(reason)
    for (const by of [clinician, shelter]) {
      const text = await assessmentTo(by, returned)
      expect(text).toContain('"returned"')
      expect(text).toContain('She has an aunt who stands by her')
      expect(text).not.toContain(reason)
    }
  })

  test('is read by a shelter worker to whom it was said', async () => {
    const hers = await aCase(machine, worker)
    await asOwner(
      machine,
      `insert into case_team (case_id, person_id, sector, role) values ('${hers}', '${shelter.id}', 'civil_society', 'shelter_worker')`,
    )
    const submissionId = await aWaitingAssessment(machine, shelter, hers)
    await send(
      machine,
      supervisor,
      await decideOp(machine, supervisor, hers, submissionId, { decision: 'returned', reason }),
    )
    expect(await assessmentTo(shelter, hers)).toContain(reason)
  })

  const assessmentTo = async (by: Somebody, of: string) =>
    (await ask(app, by, 'GET', `/api/cases/${of}/assessment`)).text
})
