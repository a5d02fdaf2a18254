import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDuration, dayOf } from '../../core/time.ts'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
import { freshMachine } from '../../../test/db.ts'
import { closeCase } from '../../../test/closure.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, now, ownerRows, send, type Somebody } from '../../../test/people.ts'
import { appOf, ask } from '../../../test/running-app.ts'
import { startSession } from '../access/store.ts'
import { erasing, warning } from './jobs.ts'

// What a former child asked and nobody answered in time. A machine of its own: the clock moves by weeks.
const { app, machine } = appOf(await freshMachine())
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const clinician = await aPerson(machine, await anOffice(machine, 'health'), 'clinician')
const supervisor = await aPerson(machine, office, 'supervisor')
const other = await inAnotherTeam()
const third = await inAnotherTeam()
const excluded = await inAnotherTeam()
const foreign = await aPerson(machine, await anOffice(machine), 'supervisor')
const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')
const dpo = await aPerson(machine, await anOffice(machine, 'oversight'), 'dpo')
const everybody = [worker, clinician, supervisor, other, third, excluded, foreign, police, dpo]

async function inAnotherTeam(): Promise<Somebody> {
  const teamId = newId()
  await asOwner(machine, `insert into team (id, org_id, name) values ('${teamId}', '${office.orgId}', 'Another team')`)
  return aPerson(machine, { ...office, teamId }, 'supervisor')
}

let moved = 0
/** Some days later; everybody signs in again. */
async function days(later: number): Promise<void> {
  moved += later
  await asOwner(
    machine,
    `insert into test_clock (offset_ms) values (${moved * 86_400_000}) on conflict (only_row) do update set offset_ms = excluded.offset_ms`,
  )
  for (const one of everybody) one.sid = await startSession(machine.db, one.id, 'demo')
}
afterAll(() => asOwner(machine, 'delete from test_clock'))
const moment = () => addDuration(now(), `P${moved}D`, 'UTC')
const today = () => dayOf(moment(), 'UTC')
const later = (by: Somebody, type: string, payload: Record<string, unknown>) =>
  anOp(by, type, payload, { claimedAt: moment() })

type Waiting = { caseId: string; requestId: string }

/** What was asked of a closed case today. */
async function aRequest(): Promise<Waiting> {
  const caseId = await aCase(machine, worker)
  await closeCase(machine, worker, supervisor, caseId)
  await asOwner(
    machine,
    `insert into case_exclusion (case_id, person_id) values ('${caseId}', '${excluded.id}');
     insert into case_team (case_id, person_id, sector, role) values ('${caseId}', '${clinician.id}', 'health', 'clinician')`,
  )
  const requestId = newId()
  const asked = { id: requestId, caseId, kind: 'correction', askedOn: today(), asks: 'Not so', safely: 'On Fridays' }
  expect((await send(machine, worker, later(worker, 'closure.note_request', asked)))[0]?.answer).toBe('accepted')
  return { caseId, requestId }
}

const answerOp = (by: Somebody, { caseId, requestId }: Waiting) =>
  later(by, 'closure.answer_request', {
    id: newId(),
    caseId,
    requestId,
    answeredOn: today(),
    answer: 'Read out to her',
  })
const takeUp = (by: Somebody, { requestId }: Waiting) =>
  ask(app, by, 'POST', `/api/closure/requests/${requestId}/take-up`, { body: JSON.stringify({ id: newId() }) })
const end = (by: Somebody, { requestId }: Waiting, why = 'Two letters came back, the number is another person’s') =>
  ask(app, by, 'POST', `/api/retention/requests/${requestId}/end`, { body: JSON.stringify({ id: newId(), why }) })
const takeBack = (by: Somebody, { requestId }: Waiting) =>
  ask(app, by, 'POST', `/api/retention/requests/${requestId}/take-back`, { body: '{}' })
const offered = async (by: Somebody) =>
  ((await ask(app, by, 'GET', '/api/closure/team')).json.toTakeUp as Waiting[]).map((one) => one.requestId) // the route's own shape
const held = async ({ caseId }: Waiting) =>
  (await ownerRows(machine, `select kembali.is_held('${caseId}') as held`))[0]?.held
const holding = async ({ requestId }: Waiting) => {
  const { json } = await ask(app, dpo, 'GET', '/api/retention')
  return (json.requests as Record<string, unknown>[]).find((one) => one.requestId === requestId) // the route's own shape
}
const rowsSeen = (by: Somebody, table: string, { caseId }: Waiting) =>
  asPerson(machine.db, by.sid, null, async (tx) => {
    const found = await sql<{ n: number }>`
      select count(*)::int as n from ${sql.table(table)} where case_id = ${caseId}`.execute(tx)
    return found.rows[0]?.n ?? 0
  })

describe('a request past its day', () => {
  let waiting: Waiting
  beforeAll(async () => {
    waiting = await aRequest()
  })

  test('is nobody else’s before: it is not offered, not taken up, and not ended', async () => {
    expect(await offered(other)).toEqual([])
    expect((await takeUp(other, waiting)).status).toBe(404)
    expect((await end(dpo, waiting)).json.error).toBe('request_not_overdue')
    expect(await holding(waiting)).toMatchObject({ askedOn: today(), isOverdue: false })
  })

  test('is offered to the other supervisors of the office by team and day, and to nobody else', async () => {
    await days(32)
    const { json, text } = await ask(app, other, 'GET', '/api/closure/team')
    expect(Object.keys((json.toTakeUp as object[])[0] ?? {}).toSorted()).toEqual(
      ['askedOn', 'dueOn', 'goesOnAt', 'requestId', 'team'].toSorted(),
    )
    expect(text).not.toContain(waiting.caseId)
    expect(await offered(third)).toEqual([waiting.requestId])
    for (const by of [supervisor, excluded, foreign]) expect(await offered(by)).toEqual([])
    for (const by of [supervisor, excluded, foreign, worker, clinician, police, dpo])
      expect((await takeUp(by, waiting)).status).toBe(404)
    expect(await holding(waiting)).toMatchObject({ isOverdue: true, isTakenUp: false, goesOnAt: null })
  })

  test('is read by whoever takes it up, with how to answer safely, and nothing else of the file', async () => {
    for (const table of ['child_case', 'later_request', 'safe_way']) {
      const column = table === 'child_case' ? 'id' : 'case_id'
      const [row] = await asPerson(machine.db, other.sid, null, async (tx) => {
        const text = `select count(*)::int as n from ${table} where ${column} = '${waiting.caseId}'`
        return (await sql.raw<{ n: number }>(text).execute(tx)).rows
      })
      expect({ table, seen: row?.n }).toEqual({ table, seen: 0 })
    }
    expect((await takeUp(other, waiting)).status).toBe(200)
    expect(await offered(third)).toEqual([])
    expect((await takeUp(third, waiting)).status).toBe(404)
    const parts = await ownerRows(
      machine,
      `select part, level from access where case_id = '${waiting.caseId}' and actor = '${other.id}' order by part`,
    )
    expect(parts).toEqual([
      { part: 'case', level: 'read' },
      { part: 'services', level: 'read' },
    ])
    // The way of this request; how to reach the child after the closing is not hers to know.
    expect(await rowsSeen(other, 'safe_way', waiting)).toBe(1)
    expect(await rowsSeen(supervisor, 'safe_way', waiting)).toBe(2)
    const headers = { headers: { 'x-kembali-purpose': 'agreed_contact' } }
    const { text } = await ask(app, other, 'GET', `/api/cases/${waiting.caseId}/closure`, headers)
    expect(text).toContain('On Fridays')
    expect(await holding(waiting)).toMatchObject({ isTakenUp: true })
    expect((await end(dpo, waiting)).json.error).toBe('request_taken_up')
    const told = (await ask(app, other, 'GET', '/api/closure/team')).json.requests as Waiting[] // the route's own shape
    expect(told.map((one) => one.requestId)).toContain(waiting.requestId)
  })

  test('is answered by her, and a day later the file is closed to her again', async () => {
    // A stand-in who was called for the closing reads the same part, and answers nothing of it.
    const [signature] = await ownerRows(machine, `select id from second_signature where case_id = '${waiting.caseId}'`)
    await asOwner(
      machine,
      `insert into signature_call (signature_id, case_id, person_id, ends_at) values ('${String(signature?.id)}', '${waiting.caseId}', '${third.id}', 'infinity')`,
    )
    expect(await rowsSeen(third, 'later_request', waiting)).toBe(1)
    expect((await send(machine, third, answerOp(third, waiting)))[0]?.answer).toBe('not_allowed')
    const note = {
      id: newId(),
      caseId: waiting.caseId,
      requestId: newId(),
      answeredOn: today(),
      answer: 'Of no request',
    }
    expect((await send(machine, other, later(other, 'closure.answer_request', note)))[0]?.answer).toBe('refused')
    expect((await send(machine, other, answerOp(other, waiting)))[0]?.answer).toBe('accepted')
    // What she asked to read is there when she comes for it.
    expect(await held(waiting)).toBe(true)
    await days(2)
    expect(await rowsSeen(other, 'later_request', waiting)).toBe(0)
    expect(await holding(waiting)).toBeUndefined()
    await days(13)
    expect(await held(waiting)).toBe(false)
  })

  test('waits for whoever took it up thirty days; then it is anybody’s of the office again', async () => {
    const late = await aRequest()
    await days(32)
    await takeUp(other, late)
    await days(31)
    expect(await rowsSeen(other, 'later_request', late)).toBe(0)
    expect((await send(machine, other, answerOp(other, late)))[0]?.answer).toBe('not_allowed')
    expect(await offered(third)).toContain(late.requestId)
    // Once each: it would be held by one person without end.
    expect(await offered(other)).not.toContain(late.requestId)
    expect((await takeUp(other, late)).status).toBe(404)
  })

  test('is done when it is asked again since the answer was lost, and not for another', async () => {
    const late = await aRequest()
    await days(32)
    const body = { body: JSON.stringify({ id: newId() }) }
    const path = `/api/closure/requests/${late.requestId}/take-up`
    expect((await ask(app, other, 'POST', path, body)).status).toBe(200)
    expect((await ask(app, other, 'POST', path, body)).status).toBe(200)
    expect((await ask(app, third, 'POST', path, body)).status).toBe(404)
  })

  test('is anybody’s again when whoever took it up is kept from the file', async () => {
    const late = await aRequest()
    await days(32)
    await takeUp(other, late)
    await asOwner(machine, `insert into case_exclusion (case_id, person_id) values ('${late.caseId}', '${other.id}')`)
    expect(await rowsSeen(other, 'later_request', late)).toBe(0)
    expect(await offered(third)).toContain(late.requestId)
    expect((await end(dpo, late)).status).toBe(200)
  })

  test('gives nothing else to do in the file', async () => {
    const late = await aRequest()
    await days(32)
    await takeUp(other, late)
    const updated = async (by: Somebody) =>
      asPerson(machine.db, by.sid, null, async (tx) => {
        const found = await sql`
          update case_closing set contact_made_on = ${today()}, contact_made_by = ${by.id} where case_id = ${late.caseId} returning id`.execute(
          tx,
        )
        return found.rows.length
      })
    await asOwner(machine, `update case_closing set contact = 'agreed' where case_id = '${late.caseId}'`)
    expect(await updated(other)).toBe(0)
    expect(await updated(supervisor)).toBe(1)
  })

  test('leaves whoever took it up and goes to another office, or is made something else', async () => {
    const late = await aRequest()
    await days(32)
    await takeUp(third, late)
    expect(await rowsSeen(third, 'later_request', late)).toBe(1)
    await asOwner(machine, `update app_user set role = 'case_worker' where id = '${third.id}'`)
    expect(await rowsSeen(third, 'later_request', late)).toBe(0)
    await asOwner(machine, `update app_user set role = 'supervisor' where id = '${third.id}'`)
    expect(await offered(other)).toContain(late.requestId)
  })
})

describe('what a request holds can be ended by the data protection officer', () => {
  let waiting: Waiting
  const erased = async () =>
    (
      await ownerRows(
        machine,
        `select class from retention_clock where case_id = '${waiting.caseId}' and erased_at is not null`,
      )
    ).map((one) => one.class)
  const told = () =>
    ownerRows(machine, `select person_id from notice where about = 'later_end|${waiting.requestId}' order by person_id`)

  beforeAll(async () => {
    waiting = await aRequest()
    await days(40)
    await warning.run(machine, now())
  })

  test('with a reason that whoever carries the file reads, and nobody else', async () => {
    expect((await end(dpo, waiting, ' ')).json.error).toBe('end_without_reason')
    for (const by of [worker, supervisor, other, foreign, police]) expect((await end(by, waiting)).status).toBe(404)
    expect((await end(dpo, waiting)).status).toBe(200)
    expect((await end(dpo, waiting)).json.error).toBe('request_ended_already')
    expect(await told()).toEqual([worker.id, supervisor.id].toSorted().map((person_id) => ({ person_id })))
    const why = (by: Somebody) =>
      ask(app, by, 'GET', `/api/cases/${waiting.caseId}/requests/${waiting.requestId}/ended`, {
        headers: { 'x-kembali-purpose': 'agreed_contact' },
      })
    for (const by of [worker, supervisor]) expect((await why(by)).text).toContain('Two letters came back')
    for (const by of [other, foreign, police, dpo]) expect((await why(by)).status).toBe(404)
    const [kept] = await ownerRows(machine, 'select json_agg(t)::text as text from later_turn t')
    expect(String(kept?.text)).not.toContain('letters')
    for (const by of [worker, clinician, supervisor]) expect(await rowsSeen(by, 'later_turn', waiting)).toBe(1)
    for (const by of [other, foreign, excluded, police, dpo]) expect(await rowsSeen(by, 'later_turn', waiting)).toBe(0)
    for (const text of ['delete from later_turn', 'update later_turn set ends_at = now()'])
      await expect(asPerson(machine.db, worker.sid, null, (tx) => sql.raw(text).execute(tx))).rejects.toThrow(
        /permission denied/,
      )
  })

  test('and erases nothing for thirty days, in which she can take it back', async () => {
    await days(20)
    await erasing.run(machine, now())
    expect(await erased()).toEqual([])
    for (const by of [worker, supervisor, foreign]) expect((await takeBack(by, waiting)).status).toBe(404)
    expect((await takeBack(dpo, waiting)).status).toBe(200)
    expect((await takeBack(dpo, waiting)).status).toBe(404)
    expect(await told()).toEqual([])
    await days(31)
    await erasing.run(machine, now())
    expect(await erased()).toEqual([])
  })

  test('and holds again when somebody of the office takes the request up', async () => {
    await end(dpo, waiting)
    expect(await offered(other)).toContain(waiting.requestId)
    expect((await takeUp(other, waiting)).status).toBe(200)
    await days(31)
    await erasing.run(machine, now())
    expect(await erased()).toEqual([])
  })

  test('and then what is due goes, while the request still stands to be answered', async () => {
    expect((await end(dpo, waiting)).status).toBe(200)
    await days(29)
    await erasing.run(machine, now())
    expect(await erased()).toEqual([])
    await days(2)
    await erasing.run(machine, now())
    expect(await erased()).toEqual(['place'])
    const mine = (await ask(app, worker, 'GET', '/api/closure/contacts')).json.requests as Waiting[] // the route's own shape
    expect(mine.map((one) => one.requestId)).toContain(waiting.requestId)
    expect((await send(machine, worker, answerOp(worker, waiting)))[0]?.answer).toBe('accepted')
  })
})
