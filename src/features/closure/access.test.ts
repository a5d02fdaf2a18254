import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addDuration } from '../../core/time.ts'
import { newId } from '../../crypto/random.ts'
import { asClock, asPerson } from '../../server/as-person.ts'
import { closeCase, closingPayload } from '../../../test/closure.ts'
import { testMachine } from '../../../test/db.ts'
import { appOf, ask } from '../../../test/running-app.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, now, ownerRows, send, type Somebody } from '../../../test/people.ts'

// Each table of closing, asked through the session of each kind of person, straight at the database.
const { app, machine } = appOf(await testMachine())
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const colleague = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')
const clinician = await aPerson(machine, await anOffice(machine, 'health'), 'clinician')
const dpo = await aPerson(machine, await anOffice(machine, 'oversight'), 'dpo')
const caseId = await aCase(machine, worker)

const TABLES = [
  'case_closing',
  'case_reopening',
  'retention_clock',
  'legal_hold',
  'return_code',
  'later_request',
  'later_answer',
] as const

beforeAll(async () => {
  await closeCase(machine, worker, supervisor, caseId)
  const again = { id: newId(), caseId, reason: 'child_asks', why: 'He called' }
  const hold = {
    id: newId(),
    caseId,
    untilOn: addDuration(now(), 'P10D', 'UTC').slice(0, 10),
    instrument: 'Order 1',
    why: 'A claim',
  }
  const code = { id: newId(), caseId, salt: 'a'.repeat(32), digest: 'b'.repeat(64) }
  const asked = {
    id: newId(),
    caseId,
    kind: 'correction',
    askedOn: now().slice(0, 10),
    asks: 'It was not so',
    safely: 'On Fridays',
  }
  const answer = { id: newId(), caseId, requestId: asked.id, answeredOn: asked.askedOn, answer: 'It stands beside' }
  const answers = await send(
    machine,
    worker,
    anOp(worker, 'closure.reopen_case', again),
    anOp(worker, 'closure.hold_erasure', hold),
    anOp(worker, 'closure.give_return_code', code),
    anOp(worker, 'closure.note_request', asked),
    anOp(worker, 'closure.answer_request', answer),
  )
  expect(answers.map((one) => one.answer)).toEqual(answers.map(() => 'accepted'))
  await asOwner(
    machine,
    `insert into retention_clock (case_id, class, parts, starts_at, ends_on)
       values ('${caseId}', 'story', array['narrative'], now(), '2100-01-01');
     insert into case_team (case_id, person_id, sector, role) values ('${caseId}', '${clinician.id}', 'health', 'clinician')`,
  )
})

const rowsSeen = (by: Somebody, table: string) =>
  asPerson(machine.db, by.sid, null, async (tx) => {
    const found = await sql<{ n: number }>`
      select count(*) as n from ${sql.table(table)} where case_id = ${caseId}`.execute(tx)
    return found.rows[0]?.n ?? 0
  })

describe.each(TABLES)('%s', (table) => {
  test('is read by whoever works on the case with that part, and by her supervisor', async () => {
    for (const by of [worker, supervisor, clinician]) expect(await rowsSeen(by, table)).toBe(1)
  })
  test('is not there for a colleague who is not on the case, for police, or for the data protection officer', async () => {
    for (const by of [colleague, police, dpo]) expect(await rowsSeen(by, table)).toBe(0)
  })
  test('is not written by whoever may only read it, and by nobody outside the case', async () => {
    // A clock is started by whoever supervises the case, and a case opened again and a former child answered by her too.
    const hers = ['retention_clock', 'case_reopening', 'later_request', 'later_answer']
    const notHers = hers.includes(table) ? [] : [supervisor]
    for (const by of [clinician, colleague, police, dpo, ...notHers])
      await expect(copyRow(by, table)).rejects.toThrow(/row-level security/)
  })
})

async function copyRow(by: Somebody, table: string, over: Record<string, unknown> = {}): Promise<void> {
  const [row] = await ownerRows(machine, `select * from ${table} where case_id = '${caseId}'`)
  if (row === undefined) throw new Error('the table holds a row of this case')
  const copy: Record<string, unknown> = { ...row, ...('id' in row ? { id: newId() } : { class: 'who' }), ...over }
  for (const name of ['asked_by', 'reopened_by', 'noted_by', 'answered_by'])
    if (name in copy && !(name in over)) copy[name] = by.id
  const columns = Object.keys(copy)
  await asPerson(machine.db, by.sid, null, (tx) =>
    sql`insert into ${sql.table(table)} (${sql.join(columns.map((one) => sql.ref(one)))})
      values (${sql.join(columns.map((one) => copy[one]))})`.execute(tx),
  )
}

describe('how a former child is reached safely', () => {
  test('is known to whoever carries the case and to her supervisors, and not to a clinician on it or a stand-in who was called', async () => {
    for (const by of [worker, supervisor]) expect(await rowsSeen(by, 'safe_way')).toBe(2)
    const standIn = await aPerson(machine, office, 'supervisor')
    const [asked] = await ownerRows(machine, `select id from second_signature where case_id = '${caseId}' limit 1`)
    await asOwner(
      machine,
      `delete from team_member where person_id = '${standIn.id}';
       insert into signature_call (signature_id, case_id, person_id, ends_at) values ('${String(asked?.id)}', '${caseId}', '${standIn.id}', now() + interval '1 day')`,
    )
    for (const by of [clinician, standIn]) {
      expect(await rowsSeen(by, 'later_request')).toBe(1)
      expect(await rowsSeen(by, 'safe_way')).toBe(0)
    }
    for (const by of [colleague, police, dpo]) expect(await rowsSeen(by, 'safe_way')).toBe(0)
  })
  test('is written by nobody else, and stands in no row or log that others read', async () => {
    for (const by of [clinician, colleague, police, dpo])
      await expect(copyRow(by, 'safe_way')).rejects.toThrow(/row-level security/)
    const spoken = async (by: Somebody) => {
      const { text } = await ask(app, by, 'GET', `/api/cases/${caseId}/closure`)
      return ['On Fridays', String(closingPayload(caseId).contactSafely)].map((way) => text.includes(way))
    }
    expect(await spoken(worker)).toEqual([true, true])
    expect(await spoken(clinician)).toEqual([false, false])
  })
})

test('nobody asks or opens again in another person’s name', async () => {
  await expect(copyRow(worker, 'case_closing', { asked_by: supervisor.id })).rejects.toThrow(/row-level security/)
  await expect(copyRow(worker, 'case_reopening', { reopened_by: supervisor.id })).rejects.toThrow(/row-level security/)
  await expect(copyRow(worker, 'later_request', { noted_by: supervisor.id })).rejects.toThrow(/row-level security/)
  await expect(copyRow(worker, 'later_answer', { answered_by: supervisor.id })).rejects.toThrow(/row-level security/)
})

test('a later contact is noted in one’s own name, on a closed case, by who reads its services', async () => {
  const closed = await aCase(machine, worker)
  await closeCase(machine, worker, supervisor, closed)
  const note = (by: Somebody, name: string, of: string) =>
    asPerson(machine.db, by.sid, null, async (tx) => {
      const done = await sql`update case_closing set contact_made_on = current_date, contact_made_by = ${name}
        where case_id = ${of}`.execute(tx)
      return done.numAffectedRows
    })
  // Another's case, and one that is open again: there is nothing to note.
  for (const by of [colleague, police, dpo, clinician]) expect(await note(by, by.id, closed)).toBe(0n)
  expect(await note(worker, worker.id, caseId)).toBe(0n)
  await expect(note(worker, supervisor.id, closed)).rejects.toThrow(/noted by somebody else/)
  expect(await note(worker, worker.id, closed)).toBe(1n)
  for (const text of [`update case_closing set contact = 'refused'`, `update case_closing set contact_on = now()`])
    await expect(asPerson(machine.db, worker.sid, null, (tx) => sql.raw(text).execute(tx))).rejects.toThrow(
      /permission denied/,
    )
  await expect(
    asOwner(machine, `update case_closing set contact_made_by = null where case_id = '${closed}'`),
  ).rejects.toThrow(/contact_made_by_somebody|noted by somebody else/)
})

test('a clock is started by a supervisor, not by a worker, and moved or stopped by nobody', async () => {
  await expect(copyRow(worker, 'retention_clock')).rejects.toThrow(/row-level security/)
  await expect(copyRow(supervisor, 'retention_clock', { erased_at: now() })).rejects.toThrow(/row-level security/)
  await copyRow(supervisor, 'retention_clock')
  for (const text of [`update retention_clock set ends_on = '2200-01-01'`, 'delete from retention_clock'])
    await expect(asPerson(machine.db, supervisor.sid, null, (tx) => sql.raw(text).execute(tx))).rejects.toThrow(
      /permission denied/,
    )
})

test('a hold is ended in one’s own name and changed in no other way', async () => {
  const end = (by: Somebody, name: string) =>
    asPerson(machine.db, by.sid, null, async (tx) => {
      const done =
        await sql`update legal_hold set ended_at = now(), ended_by = ${name} where case_id = ${caseId}`.execute(tx)
      return done.numAffectedRows
    })
  for (const by of [clinician, colleague, police]) expect(await end(by, by.id)).toBe(0n)
  await expect(end(worker, supervisor.id)).rejects.toThrow(/row-level security/)
  await expect(
    asPerson(machine.db, worker.sid, null, (tx) => sql`update legal_hold set until_on = '2200-01-01'`.execute(tx)),
  ).rejects.toThrow(/permission denied/)
})

test('what was written to close a case lies sealed', async () => {
  const words = closingPayload(caseId)
  const [kept] = await ownerRows(
    machine,
    `select (select json_agg(c)::text from case_closing c) || (select json_agg(l)::text from op_log l) as text`,
  )
  for (const field of ['toldWords', 'feedbackWords', 'contactSafely', 'toldBy'])
    expect(String(kept?.text)).not.toContain(words[field])
})

test('only the clock erases, and what it erases it cannot read', async () => {
  for (const by of [worker, supervisor, dpo])
    await expect(
      asPerson(machine.db, by.sid, null, (tx) => sql`select kembali.erase_due(1)`.execute(tx)),
    ).rejects.toThrow(/permission denied/)
  for (const name of ['erase_case(uuid)', 'erase_parts(uuid, text[])', 'forget_operations(uuid, text[])'])
    expect(
      (await ownerRows(machine, `select has_function_privilege('k_clock', 'kembali.${name}', 'execute') as may`))[0]
        ?.may,
    ).toBe(false)
  await expect(asClock(machine.db, (tx) => sql`select body from case_closing`.execute(tx))).rejects.toThrow(
    /permission denied/,
  )
})
