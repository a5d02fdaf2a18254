import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
import { aConsent, withdrawOp } from '../../../test/consent.ts'
import { letterOp, linkOp } from '../../../test/referrals.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, now, send, type Somebody } from '../../../test/people.ts'

// Each table of agreements and referrals, asked through the session of each kind of person, straight at the database.
const machine = await testMachine()
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const colleague = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')
const clinician = await aPerson(machine, await anOffice(machine, 'health'), 'clinician')
const intake = await aPerson(machine, office, 'intake')
const caseId = await aCase(machine, worker, { ageBand: '15_17' })

/** What is added and never changed; a link is changed by those who read it. */
const TABLES = ['consent_record', 'consent_withdrawal', 'referral', 'referral_answer', 'lawful_basis'] as const

beforeAll(async () => {
  const consentId = await aConsent(machine, worker, caseId)
  const taken = await aConsent(machine, worker, caseId, { recipient: 'health_provider' })
  const letter = letterOp(worker, caseId, { consentId })
  const referralId = letter.payload.id
  const answer = { id: newId(), caseId, referralId, answer: 'accepted', answeredAt: now(), said: null }
  const basis = {
    id: newId(),
    caseId,
    purpose: 'referral_specific',
    recipient: 'health_provider',
    basis: 'vital_interest',
  }
  const why = {
    notAsked: 'cannot_be_asked_now',
    decidedAt: now(),
    organisation: null,
    bestInterests: 'A doctor must know',
  }
  const answers = await send(
    machine,
    worker,
    withdrawOp(worker, caseId, taken),
    letter,
    linkOp(worker, caseId, referralId),
    anOp(worker, 'referrals.record_answer', answer),
    anOp(worker, 'referrals.record_basis', { ...basis, ...why }),
  )
  expect(new Set(answers.map((one) => one.answer))).toEqual(new Set(['accepted']))
  await asOwner(
    machine,
    `insert into case_team (case_id, person_id, sector, role) values ('${caseId}', '${clinician.id}', 'health', 'clinician'),
      ('${caseId}', '${intake.id}', 'child_protection', 'intake')`,
  )
})

const rowsSeen = (by: Somebody, table: string) =>
  asPerson(machine.db, by.sid, null, async (tx) => {
    const found = await sql<{ n: number }>`
      select count(*) as n from ${sql.table(table)} where case_id = ${caseId}`.execute(tx)
    return found.rows[0]?.n ?? 0
  })

describe.each(TABLES)('%s', (table) => {
  test('is read by the worker, her supervisor, and whoever on the team has part services', async () => {
    for (const by of [worker, supervisor, clinician]) expect(await rowsSeen(by, table)).toBeGreaterThan(0)
  })
  test('is not there for a colleague, for police, or on the team for whoever has not that part', async () => {
    for (const by of [colleague, police, intake]) expect(await rowsSeen(by, table)).toBe(0)
  })
  test('is not written by whoever may only read it, nor in another person’s name', async () => {
    for (const by of [supervisor, clinician, colleague, police, intake])
      await expect(copyRow(by, table, by.id)).rejects.toThrow(/row-level security/)
    await expect(copyRow(worker, table, supervisor.id)).rejects.toThrow(/row-level security/)
  })
  test('is never changed or deleted: a new fact stands beside the old one', async () => {
    for (const change of [sql`update ${sql.table(table)} set op_id = op_id`, sql`delete from ${sql.table(table)}`])
      await expect(asPerson(machine.db, worker.sid, null, (tx) => change.execute(tx))).rejects.toThrow(
        /permission denied/,
      )
  })
})

/** Tries to put a row of this case as somebody: the values are borrowed by the owner, the insert is that person's own. */
async function copyRow(by: Somebody, table: string, author: string): Promise<void> {
  const [row] = await machine.db.owner.rows(`select * from ${table} where case_id = '${caseId}'`)
  if (row === undefined) throw new Error('the table holds a row of this case')
  const copy: Record<string, unknown> = { ...row, id: newId(), written_by: author }
  const columns = Object.keys(copy)
  await asPerson(machine.db, by.sid, null, (tx) =>
    sql`insert into ${sql.table(table)} (${sql.join(columns.map((one) => sql.ref(one)))})
      values (${sql.join(columns.map((one) => copy[one]))})`.execute(tx),
  )
}

test('a yes that stands beside a no is refused by the database itself', async () => {
  await expect(
    asOwner(machine, `update consent_record set standing = 'given', child = 'refuses' where case_id = '${caseId}'`),
  ).rejects.toThrow(/a_no_is_a_no/)
})

describe('letter_link', () => {
  const seen = (by: Somebody) =>
    asPerson(machine.db, by.sid, null, async (tx) => {
      const found = await sql<{ n: number }>`select count(id) as n from letter_link where case_id = ${caseId}`.execute(
        tx,
      )
      return found.rows[0]?.n ?? 0
    })
  test('is seen by whoever has part services, and by nobody else', async () => {
    for (const by of [worker, supervisor, clinician]) expect(await seen(by)).toBe(1)
    for (const by of [colleague, police, intake]) expect(await seen(by)).toBe(0)
  })
  test.each(['token_hash', 'number_hash', 'body'])('gives its %s to nobody', async (column) => {
    await expect(
      asPerson(machine.db, worker.sid, null, (tx) => sql`select ${sql.ref(column)} from letter_link`.execute(tx)),
    ).rejects.toThrow(/permission denied/)
  })
  test('is ended by the worker, and by nobody who may only read', async () => {
    const end = (by: Somebody) =>
      asPerson(machine.db, by.sid, null, async (tx) => {
        const done = await sql`update letter_link set xid = xid where case_id = ${caseId}`.execute(tx)
        return done.numAffectedRows
      })
    for (const by of [supervisor, clinician, colleague, police, intake]) expect(await end(by)).toBe(0n)
    expect(await end(worker)).toBe(1n)
  })
  test('is not made for a letter whose yes was taken back, also by whoever writes the row herself', async () => {
    const own = await aCase(machine, worker, { ageBand: '15_17' })
    const consentId = await aConsent(machine, worker, own)
    const letter = letterOp(worker, own, { consentId })
    await send(machine, worker, letter, withdrawOp(worker, own, consentId))
    const put = sql`insert into letter_link (id, case_id, op_id, referral_id, token_hash, number_hash, ends_at, written_by)
      values (${newId()}, ${own}, ${newId()}, ${letter.payload.id}, sha256('a'), sha256('b'), now() + interval '1 day', ${worker.id})`
    await expect(asPerson(machine.db, worker.sid, null, (tx) => put.execute(tx))).rejects.toThrow(/row-level security/)
    const again = sql`insert into referral (id, case_id, op_id, consent_id, need, recipient, sent_at, answer_by, written_by, body)
      values (${newId()}, ${own}, ${newId()}, ${consentId}, 'education', 'school_focal', now(), '2199-01-01', ${worker.id}, '')`
    await expect(asPerson(machine.db, worker.sid, null, (tx) => again.execute(tx))).rejects.toThrow(
      /row-level security/,
    )
  })
})

test('what is agreed and told is erased with part services, also where a grant or a letter rested on it', async () => {
  const own = await aCase(machine, worker, { ageBand: '15_17' })
  const consentId = await aConsent(machine, worker, own)
  const letter = letterOp(worker, own, { consentId })
  await send(machine, worker, letter, linkOp(worker, own, letter.payload.id), withdrawOp(worker, own, consentId))
  await asOwner(
    machine,
    `insert into sharing_grant (id, case_id, person_id, sector, part, purpose, basis, starts_at, ends_at, consent_id)
       values ('${newId()}', '${own}', '${clinician.id}', 'health', 'identity', 'casework', 'consent', now(), now() + interval '1 day', '${consentId}');
     select kembali.erase_parts('${own}', array['services'])`,
  )
  for (const table of [...TABLES, 'letter_link']) {
    const [left] = await machine.db.owner.rows(`select count(*)::int as n from ${table} where case_id = '${own}'`)
    expect({ table, left: left?.n }).toEqual({ table, left: 0 })
  }
})
