import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDuration, dayOf, instant } from '../../src/core/time.ts'
import { newId } from '../../src/crypto/random.ts'
import { makeReturnCode } from '../../src/crypto/return-code.ts'
import { startSession } from '../../src/features/access/store.ts'
import { contacting, erasing, warning } from '../../src/features/closure/jobs.ts'
import { FEATURES, freshMachine } from '../db.ts'
import { aRecordOp } from '../best-interests.ts'
import { closingPayload, closeCase, signOp } from '../closure.ts'
import { noteOp } from '../care.ts'
import { aCase as anyCase, anOffice, anOp, aPerson, asOwner, now, ownerRows, send, type Somebody } from '../people.ts'
import { aDesk, appOf, ask, type Desk, sceneAt, senderOver } from '../running-app.ts'
import { closeScene, doEverything, type Scene } from '../samples.ts'

// How the work with a child ends, how it begins again, and how a file goes. A machine of its own: the clock moves by years.
const { app, machine } = appOf(await freshMachine())
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const dpo = await aPerson(machine, await anOffice(machine, 'oversight'), 'dpo')

/** A case whose ending was weighed: without that, nobody may ask to end it (`best-interests.test.ts`). */
async function aCase(...of: Parameters<typeof anyCase>): Promise<string> {
  const caseId = await anyCase(...of)
  await send(machine, of[1], aRecordOp(of[1], caseId))
  return caseId
}

const DAY = 24 * 3_600_000
async function days(later: number): Promise<void> {
  await asOwner(
    machine,
    `insert into test_clock (offset_ms) values (${later * DAY}) on conflict (only_row) do update set offset_ms = excluded.offset_ms`,
  )
}
afterAll(() => asOwner(machine, 'delete from test_clock'))

const stateOf = async (caseId: string) =>
  (await ownerRows(machine, `select state from child_case where id = '${caseId}'`))[0]?.state
const clocksOf = (caseId: string) =>
  ownerRows(machine, `select class, ends_on, erased_at from retention_clock where case_id = '${caseId}' order by class`)
const askOp = (caseId: string, over: Record<string, unknown> = {}) =>
  anOp(worker, 'closure.ask_to_close', closingPayload(caseId, over))

describe('contact that was agreed for after the closing', () => {
  const soon = () => dayOf(addDuration(now(), 'P2D', 'UTC'), 'UTC')
  const closed = async (over: Record<string, unknown> = {}) => {
    const caseId = await aCase(machine, worker)
    const asked = askOp(caseId, { contactOn: soon(), contactUntil: null, ...over })
    await send(machine, worker, asked)
    await send(machine, supervisor, signOp(supervisor, caseId, 'close_case', asked.payload.id))
    expect(await stateOf(caseId)).toBe('closed')
    return { caseId, closingId: String(asked.payload.id) }
  }
  const remind = () => contacting.run(machine, now())
  const told = async (caseId: string) =>
    (
      await ownerRows(
        machine,
        `select person_id, stage from notice where case_id = '${caseId}' and about like 'later_contact|%' order by stage`,
      )
    ).map((one) => [one.person_id, one.stage])
  const listed = async (by: Somebody, path: string) =>
    ((await ask(app, by, 'GET', path)).json as { contacts: { caseId: string }[] }).contacts.map((one) => one.caseId) // the route's own shape
  const madeOp = (by: Somebody, { caseId, closingId }: { caseId: string; closingId: string }, over = {}) =>
    anOp(by, 'closure.make_contact', { caseId, closingId, madeOn: dayOf(now(), 'UTC'), ...over })

  test('is reminded of to her worker once, stands on her day and her supervisor’s, and goes when it was made', async () => {
    const of = await closed()
    await remind()
    await remind()
    expect(await told(of.caseId)).toEqual([[worker.id, 'due_soon']])
    expect(await listed(worker, '/api/closure/contacts')).toContain(of.caseId)
    expect(await listed(supervisor, '/api/closure/team')).toContain(of.caseId)
    const later = madeOp(worker, of, { madeOn: '2190-01-01' })
    expect((await send(machine, worker, later))[0]).toMatchObject({ reason: 'in_the_future' })
    const before = madeOp(worker, of, { madeOn: '1900-01-01' })
    expect((await send(machine, worker, before))[0]).toMatchObject({ reason: 'before_the_closing' })
    expect((await send(machine, worker, madeOp(worker, of)))[0]?.answer).toBe('accepted')
    expect(await told(of.caseId)).toEqual([])
    expect(await listed(worker, '/api/closure/contacts')).not.toContain(of.caseId)
    expect((await send(machine, supervisor, madeOp(supervisor, of)))[0]?.answer).toBe('accepted')
    // Once it was made nobody is reminded again, not on its day and not when that has passed.
    await remind()
    await asOwner(machine, `update case_closing set contact_on = contact_on - 9 where id = '${of.closingId}'`)
    await remind()
    expect(await told(of.caseId)).toEqual([])
  })

  test('is put right where it was noted by mistake: taken back it waits and reminds again', async () => {
    const of = await closed()
    const back = () => send(machine, worker, madeOp(worker, of, { madeOn: null }))
    expect((await back())[0]).toMatchObject({ reason: 'nothing_changed' })
    expect((await send(machine, worker, madeOp(worker, of)))[0]?.answer).toBe('accepted')
    expect((await back())[0]?.answer).toBe('accepted')
    expect(await listed(worker, '/api/closure/contacts')).toContain(of.caseId)
    await remind()
    expect(await told(of.caseId)).toEqual([[worker.id, 'due_soon']])
    const none = await closed({ contact: 'refused', contactWay: null, contactOn: null, contactSafely: null })
    expect((await send(machine, worker, madeOp(worker, none)))[0]).toMatchObject({ reason: 'no_contact_waits' })
  })

  test('that a colleague noted is not taken back by what waited on another’s phone', async () => {
    const of = await closed()
    const [day, back] = [{}, { madeOn: null }]
    expect((await send(machine, worker, madeOp(worker, of)))[0]?.answer).toBe('accepted')
    const pair = await send(machine, supervisor, madeOp(supervisor, of, day), madeOp(supervisor, of, back))
    expect(pair).toMatchObject([{ answer: 'accepted' }, { answer: 'refused', reason: 'contact_of_another' }])
    expect(await listed(worker, '/api/closure/contacts')).not.toContain(of.caseId)
    expect((await send(machine, worker, madeOp(worker, of, back)))[0]?.answer).toBe('accepted')
  })

  test('is reminded of to the supervisor where its worker has gone, and again when its day has passed', async () => {
    const gone = await aPerson(machine, office, 'case_worker')
    const of = await closed()
    await asOwner(
      machine,
      `update child_case set worker_id = '${gone.id}' where id = '${of.caseId}';
       update app_user set ended_at = now() where id = '${gone.id}';
       update case_closing set contact_on = contact_on - 9 where id = '${of.closingId}'`,
    )
    await remind()
    expect(await told(of.caseId)).toEqual([[supervisor.id, 'passed']])
  })

  test('is nobody’s where a child wants none, the day is far or the last day is over, and ends with the case opened again', async () => {
    const over = await closed()
    await asOwner(
      machine,
      `update case_closing set contact_on = contact_on - 9, contact_until = contact_on - 8 where id = '${over.closingId}'`,
    )
    const [none, far, again] = [
      await closed({ contact: 'refused', contactWay: null, contactOn: null, contactSafely: null }),
      await closed({ contactOn: '2199-01-05' }),
      await closed(),
    ]
    await remind()
    expect([...(await told(none.caseId)), ...(await told(far.caseId)), ...(await told(over.caseId))]).toEqual([])
    expect(await listed(worker, '/api/closure/contacts')).not.toContain(over.caseId)
    expect(await told(again.caseId)).toHaveLength(1)
    const reopening = { id: newId(), caseId: again.caseId, reason: 'child_asks', why: 'She called' }
    await send(machine, worker, anOp(worker, 'closure.reopen_case', reopening))
    expect(await told(again.caseId)).toEqual([])
  })
})

describe('a former child asks about its file without coming to the office', () => {
  const today = () => dayOf(now(), 'UTC')
  const noteOf = (by: Somebody, caseId: string, over: Record<string, unknown> = {}) =>
    anOp(by, 'closure.note_request', {
      id: newId(),
      caseId,
      kind: 'correction',
      askedOn: today(),
      asks: 'My brother did not leave me there',
      safely: 'Call on Fridays, say you are from the school',
      ...over,
    })
  const answerOf = (by: Somebody, caseId: string, requestId: unknown, over: Record<string, unknown> = {}) =>
    anOp(by, 'closure.answer_request', {
      id: newId(),
      caseId,
      requestId,
      answeredOn: today(),
      answer: 'It stands beside what we wrote; I called and read it out',
      ...over,
    })
  const waiting = async (by: Somebody, path: string) =>
    ((await ask(app, by, 'GET', path)).json as { requests: { requestId: string }[] }).requests.map(
      (one) => one.requestId,
    ) // the route's own shape
  const told = async (caseId: string) =>
    (
      await ownerRows(machine, `select stage from notice where case_id = '${caseId}' and about like 'later_request|%'`)
    ).map((one) => one.stage)

  test('it is written on the closed case, stands on both days, reminds once before its day, and goes with its answer', async () => {
    const caseId = await aCase(machine, worker)
    await closeCase(machine, worker, supervisor, caseId)
    const asked = noteOf(worker, caseId)
    expect((await send(machine, worker, asked))[0]?.answer).toBe('accepted')
    expect(await stateOf(caseId)).toBe('closed')
    expect(await waiting(worker, '/api/closure/contacts')).toContain(asked.payload.id)
    expect(await waiting(supervisor, '/api/closure/team')).toContain(asked.payload.id)
    await contacting.run(machine, now())
    expect(await told(caseId)).toEqual([])
    await asOwner(
      machine,
      `update later_request set asked_on = asked_on - 28, due_on = due_on - 28 where id = '${asked.payload.id}'`,
    )
    await contacting.run(machine, now())
    await contacting.run(machine, now())
    expect(await told(caseId)).toEqual(['due_soon'])
    expect((await send(machine, supervisor, answerOf(supervisor, caseId, asked.payload.id)))[0]?.answer).toBe(
      'accepted',
    )
    expect(await told(caseId)).toEqual([])
    expect(await waiting(worker, '/api/closure/contacts')).not.toContain(asked.payload.id)
    expect((await send(machine, worker, answerOf(worker, caseId, asked.payload.id)))[0]).toMatchObject({
      reason: 'no_request_waits',
    })
  })

  test('it is due in thirty days, reads as it was said beside its answer, and opens the file to nobody', async () => {
    const caseId = await aCase(machine, worker)
    await closeCase(machine, worker, supervisor, caseId)
    const rights = () => ownerRows(machine, `select count(*)::int as n from access where case_id = '${caseId}'`)
    const before = await rights()
    const asked = noteOf(worker, caseId)
    await send(machine, worker, asked, answerOf(worker, caseId, asked.payload.id))
    expect(await rights()).toEqual(before)
    const headers = { headers: { 'x-kembali-purpose': 'agreed_contact' } }
    const { json } = await ask(app, worker, 'GET', `/api/cases/${caseId}/closure`, headers)
    const rows = (json.rows as { thing: string; fields: Record<string, unknown> }[]).filter(({ thing }) =>
      thing.startsWith('later_'),
    ) // the route's own shape
    expect(rows.map(({ thing, fields }) => [thing, fields.asks ?? fields.answer])).toEqual([
      ['later_request', asked.payload.asks],
      ['later_answer', 'It stands beside what we wrote; I called and read it out'],
    ])
    const due = Date.parse(String(rows[0]?.fields.dueOn)) - Date.parse(today())
    expect(Math.round(due / DAY)).toBe(30)
  })

  test.each([
    ['without words', { asks: null }, 'request_without_words'],
    ['without a safe way to answer', { safely: null }, 'request_without_way'],
    ['on a day to come', { askedOn: '2190-01-01' }, 'in_the_future'],
    ['on a day before there was a file', { askedOn: '1990-01-01' }, 'asked_before_closing'],
  ])('it says what is missing: %s', async (_what, over, reason) => {
    const caseId = await aCase(machine, worker)
    expect((await send(machine, worker, noteOf(worker, caseId, over)))[0]).toMatchObject({ reason })
    const asked = noteOf(worker, caseId)
    const early = answerOf(worker, caseId, asked.payload.id, { answeredOn: '2020-01-01' })
    const empty = answerOf(worker, caseId, asked.payload.id, { answer: ' ' })
    const [, wrong, none] = await send(machine, worker, asked, early, empty)
    expect(wrong).toMatchObject({ reason: 'answered_before_asked' })
    expect(none).toMatchObject({ reason: 'answer_without_words' })
  })
})

test('what a former child asks is not older than the end of the work with it', async () => {
  const caseId = await aCase(machine, worker)
  await closeCase(machine, worker, supervisor, caseId)
  await asOwner(machine, `update child_case set opened_at = opened_at - interval '60 days' where id = '${caseId}'`)
  const askedOn = new Date(Date.parse(now()) - 3 * DAY).toISOString().slice(0, 10)
  const asked = { id: newId(), caseId, kind: 'copy', askedOn, asks: 'A copy', safely: 'By letter to the school' }
  expect((await send(machine, worker, anOp(worker, 'closure.note_request', asked)))[0]).toMatchObject({
    reason: 'asked_before_closing',
  })
})

describe('a worker asks to end the work, and', () => {
  test('the case stays open until her supervisor has signed; then its clocks start', async () => {
    const caseId = await aCase(machine, worker)
    const asked = askOp(caseId)
    expect((await send(machine, worker, asked))[0]?.answer).toBe('accepted')
    expect(await stateOf(caseId)).toBe('open')
    expect((await send(machine, worker, noteOp(worker, caseId)))[0]?.answer).toBe('accepted')
    expect(await clocksOf(caseId)).toEqual([])
    const sign = signOp(supervisor, caseId, 'close_case', asked.payload.id)
    expect((await send(machine, supervisor, sign))[0]?.answer).toBe('accepted')
    expect(await stateOf(caseId)).toBe('closed')
    expect((await clocksOf(caseId)).map((one) => one.class)).toEqual(['care_and_law', 'place', 'story', 'who'])
    expect((await send(machine, worker, noteOp(worker, caseId)))[0]).toMatchObject({ reason: 'case_closed' })
  })

  test('a signature said to be of 1900 brings no erasure nearer: clocks start at the server’s moment', async () => {
    const caseId = await aCase(machine, worker)
    const asked = askOp(caseId)
    await send(machine, worker, asked)
    const sign = {
      ...signOp(supervisor, caseId, 'close_case', asked.payload.id),
      claimedAt: instant('1900-01-01T00:00Z'),
    }
    expect((await send(machine, supervisor, sign))[0]?.answer).toBe('accepted')
    const ends = (await clocksOf(caseId)).map((one) => String(one.ends_on))
    expect(ends.filter((day) => day <= dayOf(now(), 'UTC'))).toEqual([])
    expect(ends).toHaveLength(4)
  })

  test('what comes back with a reason leaves it open and can be asked anew', async () => {
    const caseId = await aCase(machine, worker)
    const asked = askOp(caseId)
    const no = signOp(supervisor, caseId, 'close_case', asked.payload.id, { decision: 'declined' })
    await send(machine, worker, asked)
    expect((await send(machine, supervisor, no))[0]).toMatchObject({ reason: 'declined_without_reason' })
    const why = { decision: 'declined', reason: 'Who takes over at school?' }
    await send(machine, supervisor, signOp(supervisor, caseId, 'close_case', asked.payload.id, why))
    expect(await stateOf(caseId)).toBe('open')
    expect((await send(machine, worker, askOp(caseId)))[0]?.answer).toBe('accepted')
    expect((await send(machine, worker, askOp(caseId)))[0]).toMatchObject({ reason: 'closing_waits_already' })
  })

  test('nobody closes a case alone: not its worker, and not a supervisor on her own request', async () => {
    const caseId = await aCase(machine, worker)
    const asked = askOp(caseId)
    await send(machine, worker, asked)
    const own = signOp(worker, caseId, 'close_case', asked.payload.id)
    expect((await send(machine, worker, own))[0]?.answer).not.toBe('accepted')
    expect(
      (await send(machine, supervisor, anOp(supervisor, 'closure.ask_to_close', closingPayload(caseId))))[0]?.answer,
    ).toBe('not_allowed')
    expect(await stateOf(caseId)).toBe('open')
  })

  test.each([
    ['without saying when and by whom the child was told', { toldOn: null }, 'told_without_day'],
    [
      'without telling the child, and without a reason',
      { told: 'not_told', toldWords: null },
      'not_told_without_reason',
    ],
    ['without asking the child what it says of us', { feedback: 'not_asked' }, 'feedback_not_asked'],
    ['with an answer of the child that nobody wrote down', { feedbackWords: null }, 'feedback_without_words'],
    ['with a later contact that nobody knows how to make safely', { contactSafely: null }, 'contact_without_way'],
    [
      'with a later contact that lies in the past',
      { contactOn: '2020-01-01', contactUntil: null },
      'contact_in_the_past',
    ],
    ['at 18, with nobody who takes over', { reason: 'turned_18_handed_over' }, 'handed_to_nobody'],
    [
      'for contact that was lost after one attempt',
      { reason: 'contact_lost', attempts: [{ on: '2026-01-02', how: 'visit' }] },
      'too_few_attempts',
    ],
    ['told on a day to come', { toldOn: '2190-01-01' }, 'in_the_future'],
  ])('is told what is missing: %s', async (_what, over, reason) => {
    const caseId = await aCase(machine, worker)
    expect((await send(machine, worker, askOp(caseId, over)))[0]).toMatchObject({ answer: 'refused', reason })
  })

  test('an arrest, a conviction or a birthday is no reason: the list has none of them', () => {
    const codes = machine.pack.codeLists.closure_reason?.map((one) => one.code) ?? []
    expect(codes.filter((code) => /arrest|detain|convict|sentence|^turned_18$/.test(code))).toEqual([])
  })

  test('the child may refuse to answer and to be called: that costs it nothing', async () => {
    const caseId = await aCase(machine, worker)
    const nothing = { contactWay: null, contactOn: null, contactUntil: null, contactSafely: null, feedbackWords: null }
    const asked = askOp(caseId, { feedback: 'refused', contact: 'refused', ...nothing })
    expect((await send(machine, worker, asked))[0]?.answer).toBe('accepted')
  })
})

describe('a closed case', () => {
  const reopen = (by: Somebody, caseId: string, over: Record<string, unknown> = {}) =>
    anOp(by, 'closure.reopen_case', { id: newId(), caseId, reason: 'child_asks', why: 'He called and cried', ...over })

  test('opens again at once, its clocks stop, and a supervisor signs afterwards', async () => {
    const caseId = await aCase(machine, worker)
    await closeCase(machine, worker, supervisor, caseId)
    const again = reopen(worker, caseId)
    expect((await send(machine, worker, again))[0]?.answer).toBe('accepted')
    expect(await stateOf(caseId)).toBe('open')
    expect(await clocksOf(caseId)).toEqual([])
    expect((await send(machine, worker, noteOp(worker, caseId)))[0]?.answer).toBe('accepted')
    expect(
      (await send(machine, supervisor, signOp(supervisor, caseId, 'reopen_case', again.payload.id)))[0]?.answer,
    ).toBe('accepted')
    expect(await stateOf(caseId)).toBe('open')
  })

  test('closes again as it was closed, where the supervisor says no', async () => {
    const caseId = await aCase(machine, worker)
    await closeCase(machine, worker, supervisor, caseId)
    const again = reopen(worker, caseId)
    await send(machine, worker, again)
    const no = { decision: 'declined', reason: 'It is his cousin who called' }
    await send(machine, supervisor, signOp(supervisor, caseId, 'reopen_case', again.payload.id, no))
    expect(await stateOf(caseId)).toBe('closed')
    expect(await clocksOf(caseId)).toHaveLength(4)
  })

  test('opens for its supervisor where the worker has gone, and another supervisor signs', async () => {
    const caseId = await aCase(machine, worker)
    await closeCase(machine, worker, supervisor, caseId)
    const again = reopen(supervisor, caseId)
    expect((await send(machine, supervisor, again))[0]?.answer).toBe('accepted')
    const own = signOp(supervisor, caseId, 'reopen_case', again.payload.id)
    expect((await send(machine, supervisor, own))[0]).toMatchObject({ reason: 'own_request' })
  })

  test('does not open without a word of why, for a stranger, or twice', async () => {
    const caseId = await aCase(machine, worker)
    await closeCase(machine, worker, supervisor, caseId)
    expect((await send(machine, worker, reopen(worker, caseId, { why: null })))[0]).toMatchObject({
      reason: 'reopened_without_reason',
    })
    const stranger = await aPerson(machine, office, 'case_worker')
    expect((await send(machine, stranger, reopen(stranger, caseId)))[0]?.answer).toBe('not_allowed')
    await send(machine, worker, reopen(worker, caseId))
    expect((await send(machine, worker, reopen(worker, caseId)))[0]).toMatchObject({ reason: 'case_is_open' })
  })
})

describe('the words on a child’s paper', () => {
  test('are kept nowhere; what is kept tells whether somebody says them', async () => {
    const caseId = await aCase(machine, worker)
    const { words, salt, digest } = await makeReturnCode()
    const give = anOp(worker, 'closure.give_return_code', { id: newId(), caseId, salt, digest })
    expect((await send(machine, worker, give))[0]?.answer).toBe('accepted')
    const [kept] = await ownerRows(
      machine,
      `select (select json_agg(r)::text from return_code r) || (select json_agg(l)::text from op_log l) as text`,
    )
    // Two of the words together: one alone may be spelled like the bytes of something sealed.
    for (const secret of [words, words.split(' ').slice(0, 2).join(' '), salt, digest])
      expect(String(kept?.text)).not.toContain(secret)
    const { json } = await ask(app, worker, 'GET', `/api/cases/${caseId}/return-code`)
    expect(json.code).toMatchObject({ salt, digest })
    const later = await makeReturnCode()
    await send(
      machine,
      worker,
      anOp(worker, 'closure.give_return_code', { id: newId(), caseId, salt: later.salt, digest: later.digest }),
    )
    expect((await ask(app, worker, 'GET', `/api/cases/${caseId}/return-code`)).json.code).toMatchObject({
      salt: later.salt,
    })
  })
})

describe('years later', () => {
  let desk: Desk
  let scene: Scene
  const erasedClasses = async () =>
    (await clocksOf(scene.caseId)).filter((one) => one.erased_at !== null).map((one) => one.class)
  const left = async (table: string) =>
    Number(
      (await ownerRows(machine, `select count(*)::int as n from ${table} where case_id = '${scene.caseId}'`))[0]?.n,
    )

  beforeAll(async () => {
    desk = await aDesk(machine)
    scene = await sceneAt({ app, machine }, desk, (field) => `Words for ${field}`)
    await doEverything(senderOver(app, desk), scene, [
      'cases.assign',
      'cases.request_match',
      'closure.hold_erasure',
      'closure.end_hold',
    ])
    await closeScene(senderOver(app, desk), scene)
    await asOwner(
      machine,
      `update retention_clock set ends_on = starts_at::date + 365 where class = 'story' and case_id = '${scene.caseId}'`,
    )
  })

  test('whoever answers for the file is warned once, before anything goes', async () => {
    await days(20)
    expect(await erasing.run(machine, now()), 'not before somebody was warned').toBe(0)
    expect(await warning.run(machine, now())).toBeGreaterThan(0)
    expect(await warning.run(machine, now())).toBe(0)
    const told = await ownerRows(
      machine,
      `select person_id from notice where case_id = '${scene.caseId}' and about like 'retention|place|%'`,
    )
    expect(told).toEqual([{ person_id: desk.supervisor.id }])
  })

  test('a hold keeps what is due: asked with its instrument, for 180 days at most, until somebody ends it', async () => {
    desk.worker.sid = await startSession(machine.db, desk.worker.id, 'demo') // sessions are short
    const hold = (over: Record<string, unknown> = {}) =>
      anOp(desk.worker, 'closure.hold_erasure', {
        id: newId(),
        caseId: scene.caseId,
        untilOn: dayOf(addDuration(now(), 'P100D', 'UTC'), 'UTC'),
        instrument: 'Order 12/2026 of the district court',
        why: 'The young person claims damages and needs the file',
        ...over,
      })
    expect((await send(machine, desk.worker, hold({ instrument: null })))[0]).toMatchObject({
      reason: 'hold_without_instrument',
    })
    const year = dayOf(addDuration(now(), 'P300D', 'UTC'), 'UTC')
    expect((await send(machine, desk.worker, hold({ untilOn: year })))[0]).toMatchObject({ reason: 'hold_too_long' })
    const asked = hold()
    expect((await send(machine, desk.worker, asked))[0]?.answer).toBe('accepted')
    await days(45)
    await erasing.run(machine, now())
    expect(await erasedClasses()).toEqual([])
    const again = await aPerson(machine, await anOffice(machine, 'oversight'), 'dpo')
    const { json } = await ask(app, again, 'GET', '/api/retention')
    const queue = json.queue as { class: string; heldUntil: string | null; holdSigned: boolean }[]
    expect(queue.filter((one) => one.heldUntil !== null).map((one) => one.class)).toContain('place')
    expect(queue.every((one) => Object.values(one).every((value) => value !== scene.caseId))).toBe(true)
    const boss = await aPerson(machine, desk.office, 'supervisor')
    const end = anOp(boss, 'closure.end_hold', { caseId: scene.caseId, holdId: asked.payload.id })
    expect((await send(machine, boss, end))[0]?.answer).toBe('accepted')
  })

  test('what the former child asked keeps what is due until it is answered', async () => {
    const boss = await aPerson(machine, desk.office, 'supervisor')
    const { caseId } = scene
    const id = newId()
    const today = dayOf(now(), 'UTC')
    const asks = { id, caseId, kind: 'copy', askedOn: today, asks: 'Where was I?', safely: 'Through my aunt' }
    expect((await send(machine, boss, anOp(boss, 'closure.note_request', asks)))[0]?.answer).toBe('accepted')
    expect(await erasing.run(machine, now())).toBe(0)
    const officer = await aPerson(machine, await anOffice(machine, 'oversight'), 'dpo')
    const { json } = await ask(app, officer, 'GET', '/api/retention')
    const queue = json.queue as Record<string, unknown>[] // the route's own shape
    expect(queue.find((one) => one.class === 'place' && one.requestWaits)).toMatchObject({
      heldUntil: null,
      requestAskedOn: today,
    })
    const answer = { id: newId(), caseId, requestId: id, answeredOn: today, answer: 'Read to her on the telephone' }
    expect((await send(machine, boss, anOp(boss, 'closure.answer_request', answer)))[0]?.answer).toBe('accepted')
    // Fourteen days more: whoever was told to come and read it finds it.
    expect(await erasing.run(machine, now())).toBe(0)
    await days(58)
    expect(await erasing.run(machine, now())).toBe(0)
  })

  test('where the child was goes after thirty days, with its key, once', async () => {
    await days(60)
    expect(await erasing.run(machine, now())).toBe(1)
    expect(await erasedClasses()).toEqual(['place'])
    expect(await erasing.run(machine, now())).toBe(0)
    expect(await left(`(select * from case_key where part = 'location') k`)).toBe(0)
    expect(await left(`(select * from case_key where part = 'narrative') k`)).toBe(1)
  })

  test('the account of what happened goes after a year, and the rest of the file still opens', async () => {
    expect(await left('care_note')).toBeGreaterThan(0)
    await days(340)
    await warning.run(machine, now())
    await days(370)
    expect(await erasing.run(machine, now())).toBeGreaterThan(0)
    for (const table of ['care_note', `(select * from case_key where part in ('narrative', 'association')) k`])
      expect({ table, left: await left(table) }).toEqual({ table, left: 0 })
    const reader = await aPerson(machine, desk.office, 'supervisor')
    const answer = await ask(app, reader, 'GET', `/api/cases/${scene.caseId}`, {
      headers: { 'x-kembali-purpose': 'agreed_contact' },
    })
    expect(answer.status).toBe(200)
    // The log says no more that a note was there.
    expect(await left(`(select * from op_log where part = 'narrative') l`)).toBe(0)
  })

  test('five years later nothing is left: no row, no key, no right; the ledger has a hash', async () => {
    await days(5 * 365 + 20)
    await warning.run(machine, now())
    await days(5 * 365 + 60)
    for (let run = 0; run < 5; run += 1) await erasing.run(machine, now())
    const tables = await ownerRows(
      machine,
      `select c.table_name as name from information_schema.columns c join pg_tables t on t.tablename = c.table_name and t.schemaname = 'public'
        where c.table_schema = 'public' and c.column_name = 'case_id'`,
    )
    const still: string[] = []
    for (const { name } of tables) if ((await left(String(name))) > 0) still.push(String(name))
    expect(still).toEqual([])
    expect(await ownerRows(machine, `select id from child_case where id = '${scene.caseId}'`)).toEqual([])
    const [erased] = await ownerRows(
      machine,
      `select count(*)::int as n from erasure where case_hash = kembali.case_hash('${scene.caseId}') and whole`,
    )
    expect(erased?.n).toBe(1)
    const everything = await ownerRows(
      machine,
      `select (select json_agg(l)::text from op_log l) || (select json_agg(e)::text from erasure e) as text`,
    )
    expect(String(everything[0]?.text)).not.toContain(scene.caseId)
    const late = await aPerson(machine, desk.office, 'case_worker')
    expect((await ask(app, late, 'GET', `/api/cases/${scene.caseId}`)).status).toBe(404)
    expect((await send(machine, late, noteOp(late, scene.caseId)))[0]?.answer).toBe('not_allowed')
  })

  test('only the data protection officer sees the queue, by reference and office', async () => {
    const officer = await aPerson(machine, await anOffice(machine, 'oversight'), 'dpo')
    const { json, text } = await ask(app, officer, 'GET', '/api/retention')
    expect((json.erased as unknown[]).length).toBeGreaterThan(0)
    expect(text).not.toContain(scene.caseId)
    for (const role of ['case_worker', 'supervisor', 'admin'] as const) {
      const other = await aPerson(machine, desk.office, role)
      expect((await ask(app, other, 'GET', '/api/retention')).json).toEqual({ queue: [], requests: [], erased: [] })
    }
    expect(dpo.role).toBe('dpo')
  })
})

test('every part is erased with some class, and every table that holds words knows its part', async () => {
  const found = await ownerRows(
    machine,
    `select c.table_name as name from information_schema.columns c
      where c.table_schema = 'public' and c.column_name = 'body' and exists (
        select from information_schema.columns k where k.table_name = c.table_name and k.column_name = 'case_id')
        and c.table_name not in ('op_log', 'match_request')
        -- What belongs to the file's own row goes with the whole of it.
        and not exists (select from pg_policy p where p.polrelid = c.table_name::regclass
          and pg_get_expr(p.polqual, p.polrelid) like '%part = ''case''%')
        and c.table_name not in (select t.name from kembali.tables_of(array['identity', 'family', 'location', 'narrative',
          'association', 'health', 'services', 'justice', 'legal', 'handover', 'sealed']) t)`,
  )
  expect(found).toEqual([])
  expect(FEATURES.map((feature) => feature.name)).toContain('closure')
})
