import { afterAll, describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { startSession } from '../access/store.ts'
import { pull } from '../../server/pull.ts'
import { freshMachine } from '../../../test/db.ts'
import {
  aCase,
  anOffice,
  anOp,
  aPerson,
  asOwner,
  contactOp,
  now,
  ownerRows,
  send,
  type Somebody,
} from '../../../test/people.ts'
import { appOf, ask } from '../../../test/running-app.ts'
import { reminders } from './jobs.ts'

// A clock that moves belongs to a database of its own.
const { app, machine } = appOf(await freshMachine())
afterAll(() => machine.db.close())

async function anOfficeWith(supervisors: number) {
  const office = await anOffice(machine)
  const worker = await aPerson(machine, office, 'case_worker')
  const above: Somebody[] = []
  for (let n = 0; n < supervisors; n += 1) above.push(await aPerson(machine, office, 'supervisor'))
  const [supervisor, other] = above
  if (supervisor === undefined) throw new Error('an office has a supervisor')
  return { office, worker, supervisor, other: other ?? supervisor }
}

/** A supervisor of the same office who supervises no team of it. */
async function aStandIn(of: Somebody): Promise<Somebody> {
  const person = await aPerson(machine, of, 'supervisor')
  await asOwner(machine, `delete from team_member where person_id = '${person.id}'`)
  return person
}

async function anAsk(worker: Somebody, caseId?: string) {
  const of = caseId ?? (await aCase(machine, worker))
  const op = anOp(worker, 'justice.ask_without_victim', {
    id: newId(),
    caseId: of,
    why: 'The court has asked as a witness',
  })
  const [answer] = await send(machine, worker, op)
  expect(answer?.answer).toBe('accepted')
  return { caseId: of, signatureId: String(op.payload.id) }
}

const answerOp = (by: Somebody, { caseId, signatureId }: { caseId: string; signatureId: string }, over = {}) =>
  anOp(by, 'signatures.answer', {
    id: newId(),
    caseId,
    signatureId,
    act: 'leave_out_victim',
    decision: 'signed',
    reason: null,
    ...over,
  })

type Queue = { waiting: { id: string; act: string }[] }
const queueOf = async (by: Somebody) =>
  ((await ask(app, by, 'GET', '/api/signatures')).json as unknown as Queue).waiting.map((one) => one.id)
const rowOf = async (by: Somebody, { caseId, signatureId }: { caseId: string; signatureId: string }) => {
  const { json } = await ask(app, by, 'GET', `/api/cases/${caseId}/signatures`)
  return ((json.rows ?? []) as { id: string; fields: Record<string, unknown> }[]).find((row) => row.id === signatureId)
    ?.fields
}

async function moveClock(hours: number): Promise<void> {
  await asOwner(
    machine,
    `insert into test_clock (offset_ms) values (${hours * 3_600_000}) on conflict (only_row) do update set offset_ms = excluded.offset_ms`,
  )
}
const later = async (by: Somebody): Promise<Somebody> => ({ ...by, sid: await startSession(machine.db, by.id, 'demo') })
const noticesAbout = (signatureId: string) =>
  ownerRows(
    machine,
    `select person_id, stage from notice where about = 'signature|${signatureId}' order by stage, person_id`,
  )

describe('what needs a second person', () => {
  test('waits in the supervisor’s queue, with a word to her that nobody finds in the clear, and leaves it when signed', async () => {
    const { worker, supervisor } = await anOfficeWith(1)
    const request = await anAsk(worker)
    expect(await queueOf(supervisor)).toEqual([request.signatureId])
    expect(await rowOf(supervisor, request)).toMatchObject({ why: 'The court has asked as a witness', answer: null })
    const reason = 'Only for this hearing'
    const [answer] = await send(machine, supervisor, answerOp(supervisor, request, { reason }))
    expect(answer?.answer).toBe('accepted')
    expect(await queueOf(supervisor)).toEqual([])
    expect(await rowOf(worker, request)).toMatchObject({ answer: { decision: 'signed', reason } })
    const [kept] = await ownerRows(
      machine,
      `select (select json_agg(s)::text from second_signature s) || (select json_agg(a)::text from second_signature_answer a)
         || (select json_agg(l)::text from op_log l) as text`,
    )
    for (const word of ['The court has asked', reason]) expect(String(kept?.text)).not.toContain(word)
  })

  test('does in the same moment what its feature does with it', async () => {
    const { worker, supervisor } = await anOfficeWith(1)
    const request = await anAsk(worker)
    const contact = () =>
      contactOp(worker, request.caseId, { capacities: ['witness'], victimRemovedWords: 'Heard as a witness only' })
    expect((await send(machine, worker, contact()))[0]).toMatchObject({ reason: 'victim_removed_without_supervisor' })
    await send(machine, supervisor, answerOp(supervisor, request))
    expect((await send(machine, worker, contact()))[0]?.answer).toBe('accepted')
  })

  test('changes nothing when it is declined, which takes a reason the worker reads', async () => {
    const { worker, supervisor } = await anOfficeWith(1)
    const request = await anAsk(worker)
    const without = answerOp(supervisor, request, { decision: 'declined' })
    expect((await send(machine, supervisor, without))[0]).toMatchObject({ reason: 'declined_without_reason' })
    const reason = 'She is a victim here as well'
    await send(machine, supervisor, answerOp(supervisor, request, { decision: 'declined', reason }))
    expect(await rowOf(worker, request)).toMatchObject({ answer: { decision: 'declined', reason } })
    const [row] = await ownerRows(
      machine,
      `select count(*)::int as n from victim_agreement where case_id = '${request.caseId}'`,
    )
    expect(row?.n).toBe(0)
    // And it may be asked again.
    await anAsk(worker, request.caseId)
  })

  test('is asked once, not twice at a time', async () => {
    const { worker } = await anOfficeWith(1)
    const { caseId } = await anAsk(worker)
    const again = anOp(worker, 'justice.ask_without_victim', { id: newId(), caseId, why: 'Again' })
    expect((await send(machine, worker, again))[0]).toMatchObject({ reason: 'asked_already' })
  })
})

describe('nobody signs for herself', () => {
  test('not a worker', async () => {
    const { worker } = await anOfficeWith(1)
    expect((await send(machine, worker, answerOp(worker, await anAsk(worker))))[0]).toMatchObject({
      reason: 'own_request',
    })
  })
  test('not another worker of the case', async () => {
    const { worker, office } = await anOfficeWith(1)
    const request = await anAsk(worker)
    const colleague = await aPerson(machine, office, 'case_worker')
    await asOwner(
      machine,
      `insert into case_team (case_id, person_id, sector, role) values ('${request.caseId}', '${colleague.id}', 'child_protection', 'case_worker')`,
    )
    expect((await send(machine, colleague, answerOp(colleague, request)))[0]).toMatchObject({
      reason: 'supervisor_signs',
    })
  })
  test('and a supervisor of another office learns nothing of it', async () => {
    const { worker } = await anOfficeWith(1)
    const request = await anAsk(worker)
    const elsewhere = (await anOfficeWith(1)).supervisor
    expect((await send(machine, elsewhere, answerOp(elsewhere, request)))[0]?.answer).toBe('not_allowed')
    expect(await queueOf(elsewhere)).toEqual([])
  })
})

test('of twenty answers of two supervisors in one moment one is heard, and the others are told', async () => {
  const { worker, supervisor, other } = await anOfficeWith(2)
  const request = await anAsk(worker)
  const heard = await Promise.all(
    Array.from({ length: 20 }, (_, n) => {
      const by = n % 2 === 0 ? supervisor : other
      return send(machine, by, answerOp(by, request, n < 10 ? {} : { decision: 'declined', reason: 'No' }))
    }),
  )
  const answers = heard.flat()
  expect(answers.filter((one) => one.answer === 'accepted')).toHaveLength(1)
  expect(answers.filter((one) => one.answer === 'refused' && one.reason === 'already_signed')).toHaveLength(19)
})

describe('a supervisor who is silent', () => {
  test('keeps nobody from working: after a day her stand-ins are called, and each of them reads that one request', async () => {
    await moveClock(0)
    const { worker, supervisor } = await anOfficeWith(1)
    const standIn = await aStandIn(supervisor)
    const request = await anAsk(worker)
    const another = await aCase(machine, worker)
    await reminders.run(machine, now())
    expect(await queueOf(standIn)).toEqual([])
    expect((await ask(app, standIn, 'GET', `/api/cases/${request.caseId}`)).status).toBe(404)
    await moveClock(25)
    await reminders.run(machine, now())
    const [her, hers] = [await later(standIn), await later(worker)]
    expect(await queueOf(her)).toEqual([request.signatureId])
    expect(await rowOf(her, request)).toMatchObject({ why: 'The court has asked as a witness', called: ['Somebody'] })
    // Of everything else the file stays closed: other parts of this case, and every other case.
    const { json } = await ask(app, her, 'GET', `/api/cases/${request.caseId}`)
    expect([json.card, json.safeStart]).toEqual([null, null])
    expect((await ask(app, her, 'GET', `/api/cases/${another}`)).status).toBe(404)
    // The worker’s caseload never waited.
    expect((await send(machine, hers, contactOp(hers, request.caseId)))[0]?.answer).toBe('accepted')
    expect((await send(machine, her, answerOp(her, request)))[0]?.answer).toBe('accepted')
    await moveClock(25 + 25)
    expect((await ask(app, await later(standIn), 'GET', `/api/cases/${request.caseId}`)).status).toBe(404)
    await moveClock(0)
  })

  test('whom she named is called, and nobody else of the office', async () => {
    await moveClock(0)
    const { worker, supervisor } = await anOfficeWith(1)
    const [named, unnamed] = [await aStandIn(supervisor), await aStandIn(supervisor)]
    const naming = { teamId: supervisor.teamId, personId: named.id, isNamed: true }
    const post = (by: Somebody, body: object) =>
      ask(app, by, 'POST', '/api/signatures/stand-ins', { body: JSON.stringify(body) })
    expect((await post(worker, naming)).status).toBe(404)
    expect((await post(named, naming)).status).toBe(404)
    expect((await post(supervisor, { ...naming, personId: worker.id })).status).toBe(404)
    expect((await post(supervisor, naming)).status).toBe(200)
    const request = await anAsk(worker)
    await moveClock(25)
    await reminders.run(machine, now())
    expect(await queueOf(await later(named))).toEqual([request.signatureId])
    expect(await queueOf(await later(unnamed))).toEqual([])
    await moveClock(0)
  })

  test('is nobody to wait for where nobody else supervises the team: the stand-in is called at once', async () => {
    await moveClock(0)
    const { worker, supervisor } = await anOfficeWith(1)
    const standIn = await aStandIn(supervisor)
    await asOwner(machine, `update app_user set ended_at = now() where id = '${supervisor.id}'`)
    const request = await anAsk(worker)
    expect(await queueOf(standIn)).toEqual([request.signatureId])
  })
})

test('everybody who can sign is reminded once before the 72 hours are over and once after, the asker only after', async () => {
  await moveClock(0)
  const { worker, supervisor } = await anOfficeWith(1)
  const standIn = await aStandIn(supervisor)
  const { signatureId } = await anAsk(worker)
  const stages = async () => (await noticesAbout(signatureId)).map((one) => [one.person_id, one.stage])
  for (const [hours, expected] of [
    [20, []],
    [25, [[standIn.id, 'due_soon']]],
    [49, [supervisor.id, standIn.id].sort().map((id) => [id, 'due_soon'])],
  ] as const) {
    await moveClock(hours)
    await reminders.run(machine, now())
    await reminders.run(machine, now())
    expect(await stages()).toEqual(expected)
  }
  await moveClock(73)
  await reminders.run(machine, now())
  const passed = (await stages()).filter(([, stage]) => stage === 'passed').map(([id]) => id)
  expect(passed).toEqual([supervisor.id, standIn.id, worker.id].sort())
  const count = (await stages()).length
  await reminders.run(machine, now())
  expect(await stages()).toHaveLength(count)
  await moveClock(0)
})

test('the phone of the worker hears of the answer, and nobody’s device holds what only waits for a signature', async () => {
  await moveClock(0)
  const { worker, supervisor } = await anOfficeWith(1)
  const request = await anAsk(worker)
  const device = newId() as never
  const first = await pull(machine, worker.sid, { device, cursor: null }, newId())
  const rowIn = (page: typeof first) =>
    page.put.find((row) => row.thing === 'second_signature' && row.id === request.signatureId)
  expect(rowIn(first)?.fields).toMatchObject({ answer: null })
  await send(machine, supervisor, answerOp(supervisor, request))
  const second = await pull(machine, worker.sid, { device, cursor: first.cursor }, newId())
  expect(rowIn(second)?.fields).toMatchObject({ answer: { decision: 'signed' } })
  expect(second.put.some((row) => row.thing === 'victim_agreement')).toBe(true)
  const hers = await pull(machine, supervisor.sid, { device: newId() as never, cursor: null }, newId())
  expect(hers.put).toEqual([])
})
