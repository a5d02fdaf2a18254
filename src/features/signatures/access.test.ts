import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { asClock, asPerson } from '../../server/as-person.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, now, send, type Somebody } from '../../../test/people.ts'

// Each table of second signatures, asked through the session of each kind of person, straight at the database.
const machine = await testMachine()
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const colleague = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const standIn = await aPerson(machine, office, 'supervisor')
const elsewhere = await aPerson(machine, await anOffice(machine), 'supervisor')
const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')
const caseId = await aCase(machine, worker)
const province = await anOffice(machine)
const above = await aPerson(machine, province, 'supervisor')
const beside = await aPerson(machine, province, 'supervisor')
const country = await anOffice(machine, 'coordination')
const admin = await aPerson(machine, country, 'admin')
const dpo = await aPerson(machine, country, 'dpo')
const signatureId = newId()
const openId = newId()
const rosterId = newId()
const ofTheFile = newId()

beforeAll(async () => {
  await asOwner(machine, `delete from team_member where person_id = '${standIn.id}'`)
  await send(machine, worker, anOp(worker, 'justice.ask_without_victim', { id: signatureId, caseId, why: 'Why' }))
  await asOwner(
    machine,
    `insert into signature_call (signature_id, case_id, person_id) values ('${signatureId}', '${caseId}', '${standIn.id}')`,
  )
  const answer = { id: newId(), caseId, signatureId, act: 'leave_out_victim', decision: 'declined', reason: 'No' }
  await send(machine, supervisor, anOp(supervisor, 'signatures.answer', answer))
  const talk = { id: newId(), caseId, signatureId, act: 'leave_out_victim', personId: supervisor.id, who: null }
  const said = { at: now(), said: 'agreed', words: 'Yes' }
  await send(machine, worker, anOp(worker, 'signatures.note_talk', { ...talk, ...said }))
  await send(machine, worker, anOp(worker, 'justice.ask_without_victim', { id: openId, caseId, why: 'Again' }))
  await asOwner(
    machine,
    `insert into signature_roster (id, org_id, person_id, sector, from_on, until_on, asked_by, confirmed_by)
       values ('${rosterId}', '${office.orgId}', '${above.id}', 'child_protection', current_date - 1, current_date + 5, '${admin.id}', '${dpo.id}')`,
  )
})

const seen = (by: Somebody, table: string) =>
  asPerson(machine.db, by.sid, null, async (tx) => {
    const found = await sql<{
      n: number
    }>`select count(*)::int as n from ${sql.table(table)} where case_id = ${caseId}`.execute(tx)
    return found.rows[0]?.n ?? 0
  })

describe.each([
  ['second_signature', 2],
  ['second_signature_answer', 1],
  ['signature_call', 1],
  ['signature_talk', 1],
] as const)('%s', (table, count) => {
  test('is read by the worker, her supervisor and a stand-in who was called', async () => {
    for (const by of [worker, supervisor, standIn]) expect(await seen(by, table)).toBe(count)
  })
  test('is not there for a colleague, another office or police', async () => {
    for (const by of [colleague, elsewhere, police]) expect(await seen(by, table)).toBe(0)
  })
  test('is never changed or taken away by anybody', async () => {
    for (const by of [worker, supervisor])
      for (const statement of [
        sql`update ${sql.table(table)} set case_id = case_id`,
        sql`delete from ${sql.table(table)}`,
      ])
        await expect(asPerson(machine.db, by.sid, null, (tx) => statement.execute(tx))).rejects.toThrow(
          /permission denied/,
        )
  })
})

async function insertAs(by: Somebody, table: string, over: Record<string, unknown>, where = 'true'): Promise<void> {
  const [row] = await machine.db.owner.rows(`select * from ${table} where case_id = '${caseId}' and ${where} limit 1`)
  if (row === undefined) throw new Error(`${table} holds a row of this case`)
  const copy: Record<string, unknown> = { ...row, id: newId(), ...over }
  delete copy.xid
  const columns = Object.keys(copy)
  await asPerson(machine.db, by.sid, null, (tx) =>
    sql`insert into ${sql.table(table)} (${sql.join(columns.map((one) => sql.ref(one)))})
      values (${sql.join(columns.map((one) => copy[one]))})`.execute(tx),
  )
}

describe('a request', () => {
  test('is made in one’s own name, by whoever may write what it is about', async () => {
    await expect(insertAs(worker, 'second_signature', { asked_by: supervisor.id })).rejects.toThrow(
      /row-level security/,
    )
    for (const by of [supervisor, colleague, elsewhere, police])
      await expect(insertAs(by, 'second_signature', { asked_by: by.id })).rejects.toThrow(/row-level security/)
  })
})

describe('an answer', () => {
  const open = { signature_id: openId }
  test('is hers who supervises the case, in her own name', async () => {
    for (const by of [colleague, elsewhere, police])
      await expect(insertAs(by, 'second_signature_answer', { ...open, answered_by: by.id })).rejects.toThrow(
        /row-level security/,
      )
    await expect(
      insertAs(supervisor, 'second_signature_answer', { ...open, answered_by: elsewhere.id }),
    ).rejects.toThrow(/row-level security/)
  })
  test('is never the asker’s own, whatever role she has come to have', async () => {
    await expect(insertAs(worker, 'second_signature_answer', { ...open, answered_by: worker.id })).rejects.toThrow(
      /row-level security|never_ones_own/,
    )
    const own = newId()
    await asOwner(
      machine,
      `insert into second_signature (id, case_id, op_id, act, part, about_id, asked_by, asked_at, due_at, body)
         values ('${own}', '${caseId}', '${newId()}', 'urgent_protection', 'justice', '${caseId}', '${supervisor.id}', now(), now(), '')`,
    )
    const mine = { signature_id: own, asked_by: supervisor.id, answered_by: supervisor.id }
    await expect(insertAs(supervisor, 'second_signature_answer', mine)).rejects.toThrow(/never_ones_own/)
    // Nor by naming somebody else as the one who asked.
    await expect(insertAs(supervisor, 'second_signature_answer', { ...mine, asked_by: worker.id })).rejects.toThrow(
      /foreign key/,
    )
  })
  test('is given once', async () => {
    await expect(insertAs(supervisor, 'second_signature_answer', {})).rejects.toThrow(
      /second_signature_answer_signature_id_key/,
    )
  })
})

describe('whoever was called for one request', () => {
  test.each([
    ['care_decision', 'decided_by'],
    ['assessment_decision', 'decided_by'],
    ['supervision_note', 'written_by'],
    ['file_review', 'reviewed_by'],
  ])('writes no %s about what she reads for it', async (table, by) => {
    const [ofServices, entry] = [newId(), newId()]
    await asOwner(
      machine,
      `insert into second_signature (id, case_id, op_id, act, part, about_id, asked_by, asked_at, due_at, body)
         values ('${ofServices}', '${caseId}', '${newId()}', 'urgent_protection', 'services', '${caseId}', '${worker.id}', now(), now(), '');
       insert into signature_roster (id, org_id, person_id, sector, from_on, until_on, asked_by, confirmed_by)
         values ('${entry}', '${office.orgId}', '${beside.id}', 'child_protection', current_date - 1, current_date + 5, '${admin.id}', '${dpo.id}');
       insert into signature_call (signature_id, case_id, person_id) values ('${ofServices}', '${caseId}', '${standIn.id}');
       insert into signature_call (signature_id, case_id, person_id, roster_id, ends_at)
         values ('${ofServices}', '${caseId}', '${beside.id}', '${entry}', now() + interval '1 day')`,
    )
    // Of the row only what the policies ask for: hers goes on to what is missing in it, theirs does not come so far.
    const put = (person: Somebody) =>
      asPerson(machine.db, person.sid, 'supervision', (tx) =>
        sql`insert into ${sql.table(table)} (id, case_id, ${sql.ref(by)}) values (${newId()}, ${caseId}, ${person.id})`.execute(
          tx,
        ),
      )
    for (const person of [standIn, beside]) {
      expect(await seen(person, 'second_signature')).toBeGreaterThan(0)
      await expect(put(person)).rejects.toThrow(/row-level security/)
    }
    await expect(put(supervisor)).rejects.toThrow(/null value|violates check/)
    await asOwner(
      machine,
      `delete from signature_roster where id = '${entry}'; delete from second_signature where id = '${ofServices}'`,
    )
  })
})

describe('who stands in for whom', () => {
  const name = (by: Somebody, over: Record<string, string> = {}) => {
    const row = { team_id: office.teamId, person_id: standIn.id, named_by: by.id, ...over }
    return asPerson(machine.db, by.sid, null, (tx) =>
      sql`insert into team_stand_in (team_id, person_id, named_by) values (${row.team_id}, ${row.person_id}, ${row.named_by})`.execute(
        tx,
      ),
    )
  }
  test('is said by a supervisor of the team, of a supervisor of the same office, and never of herself', async () => {
    for (const by of [worker, elsewhere, standIn]) await expect(name(by)).rejects.toThrow(/row-level security/)
    for (const person of [supervisor, worker, elsewhere])
      await expect(name(supervisor, { person_id: person.id })).rejects.toThrow(/row-level security/)
    await expect(name(supervisor, { named_by: elsewhere.id })).rejects.toThrow(/row-level security/)
    await name(supervisor)
  })
  test('is not read in another office', async () => {
    const rows = (by: Somebody) =>
      asPerson(
        machine.db,
        by.sid,
        null,
        async (tx) => (await sql`select * from team_stand_in where team_id = ${office.teamId}`.execute(tx)).rows.length,
      )
    expect(await rows(worker)).toBe(1)
    expect(await rows(elsewhere)).toBe(0)
  })
})

test('the job that calls and reminds sees no word, no act and no part', async () => {
  for (const column of ['body', 'act', 'part', 'about_id'])
    await expect(
      asClock(machine.db, (tx) => sql`select ${sql.ref(column)} from second_signature`.execute(tx)),
    ).rejects.toThrow(/permission denied/)
})

describe('a call on the telephone', () => {
  test('is written in one’s own name, by whoever may write what it is about, about somebody who can sign it', async () => {
    const refused = /row-level security/
    await expect(insertAs(worker, 'signature_talk', { written_by: colleague.id })).rejects.toThrow(refused)
    for (const by of [standIn, colleague, elsewhere, police])
      await expect(insertAs(by, 'signature_talk', { written_by: by.id })).rejects.toThrow(refused)
    for (const person of [colleague, elsewhere, police])
      await expect(insertAs(worker, 'signature_talk', { person_id: person.id })).rejects.toThrow(refused)
    await expect(insertAs(worker, 'signature_talk', { person_id: worker.id })).rejects.toThrow(
      /row-level security|never_with_oneself/,
    )
    await expect(insertAs(worker, 'signature_talk', { part: 'services' })).rejects.toThrow(
      /row-level security|foreign key/,
    )
    await insertAs(worker, 'signature_talk', { person_id: above.id })
  })
  test('is not read by a stand-in who was called for something else', async () => {
    const talkId = newId()
    await asOwner(
      machine,
      `insert into second_signature (id, case_id, op_id, act, part, about_id, asked_by, asked_at, due_at, body)
         values ('${ofTheFile}', '${caseId}', '${newId()}', 'record_without_consent', 'case', '${caseId}', '${worker.id}', now(), now(), '');
       insert into signature_talk (id, case_id, op_id, signature_id, part, at, said, written_by, body)
         values ('${talkId}', '${caseId}', '${newId()}', '${ofTheFile}', 'case', now(), 'agreed', '${worker.id}', '')`,
    )
    const sees = (by: Somebody) =>
      asPerson(
        machine.db,
        by.sid,
        null,
        async (tx) => (await sql`select 1 from signature_talk where id = ${talkId}`.execute(tx)).rows.length,
      )
    expect([await sees(worker), await sees(supervisor), await sees(standIn)]).toEqual([1, 1, 0])
  })
})

describe('the roster above an office', () => {
  const rows = (by: Somebody) =>
    asPerson(
      machine.db,
      by.sid,
      null,
      async (tx) => (await sql`select 1 from signature_roster where id = ${rosterId}`.execute(tx)).rows.length,
    )
  test('is read by that office, by whoever stands on it, and by those who keep the people', async () => {
    for (const by of [worker, supervisor, above, admin, dpo]) expect(await rows(by)).toBe(1)
    for (const by of [elsewhere, beside, police]) expect(await rows(by)).toBe(0)
  })
  test('is written by nobody past the two administrators', async () => {
    for (const statement of [
      sql`delete from signature_roster`,
      sql`update signature_roster set until_on = until_on + 1`,
      sql`select kembali.apply_roster(${newId()}, 'x')`,
      sql`select kembali.call_roster(${openId})`,
      sql`select kembali.call_in_turn(${openId}, null, null)`,
    ])
      for (const by of [admin, supervisor, above])
        await expect(asPerson(machine.db, by.sid, null, (tx) => statement.execute(tx))).rejects.toThrow(
          /permission denied/,
        )
  })
  test('opens nothing by itself: who stands on it and was not called reads nothing', async () => {
    for (const table of ['second_signature', 'signature_talk', 'signature_call'])
      expect(await seen(above, table)).toBe(0)
    const asked = await asPerson(machine.db, above.sid, 'supervision', (tx) =>
      sql`select * from kembali.signers_of(array[${openId}]::uuid[])`.execute(tx),
    )
    expect(asked.rows).toEqual([])
    const name = await asPerson(machine.db, above.sid, 'supervision', (tx) =>
      sql<{ name: string | null }>`select kembali.name_on_signature(${openId}, ${worker.id}) as name`.execute(tx),
    )
    expect(name.rows).toEqual([{ name: null }])
  })
})

describe('a work number', () => {
  const put = (by: Somebody, of: Somebody) =>
    asPerson(machine.db, by.sid, null, (tx) =>
      sql`insert into work_phone (person_id, phone) values (${of.id}, '021 555 0100')`.execute(tx),
    )
  const numbers = (by: Somebody) =>
    asPerson(machine.db, by.sid, null, async (tx) => (await sql`select 1 from work_phone`.execute(tx)).rows.length)
  test('is a supervisor’s own to keep, and read by others beside a request she can be called for alone', async () => {
    await put(supervisor, supervisor)
    await expect(put(supervisor, standIn)).rejects.toThrow(/row-level security/)
    await expect(put(worker, worker)).rejects.toThrow(/row-level security/)
    expect(await numbers(supervisor)).toBe(1)
    for (const by of [worker, standIn, admin, above]) expect(await numbers(by)).toBe(0)
    const beside = (by: Somebody) =>
      asPerson(machine.db, by.sid, 'safeguarding', async (tx) => {
        const found = await sql<{
          phone: string | null
        }>`select phone from kembali.signers_of(array[${openId}]::uuid[])`.execute(tx)
        return found.rows.map(({ phone }) => phone)
      })
    expect(await beside(worker)).toEqual(['021 555 0100', null, null])
    for (const by of [colleague, elsewhere, above]) expect(await beside(by)).toEqual([])
    // Whoever was given the part reads the request, and hears of nobody to call.
    const given = await aPerson(machine, await anOffice(machine, 'health'), 'clinician')
    await asOwner(
      machine,
      `insert into sharing_grant (id, case_id, person_id, sector, part, purpose, basis, starts_at, ends_at)
         select '${newId()}', case_id, '${given.id}', 'health', part, 'referral', 'best_interests', now() - interval '1 hour', now() + interval '1 day'
           from second_signature where id = '${openId}'`,
    )
    expect(await seen(given, 'second_signature')).toBeGreaterThan(0)
    expect(await beside(given)).toEqual([])
  })
})
