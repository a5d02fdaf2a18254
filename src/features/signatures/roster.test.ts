import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { addMillis, dayOf } from '../../core/time.ts'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
import { startSession } from '../access/store.ts'
import { aRecordOp } from '../../../test/best-interests.ts'
import { closingPayload, signOp } from '../../../test/closure.ts'
import { freshMachine } from '../../../test/db.ts'
import {
  aCase,
  anOffice,
  anOp,
  aPerson,
  asOwner,
  now,
  type Office,
  openCaseOp,
  ownerRows,
  send,
  type Somebody,
} from '../../../test/people.ts'
import { appOf, ask } from '../../../test/running-app.ts'
import { reminders } from './jobs.ts'

// A clock that moves belongs to a database of its own.
const { app, machine } = appOf(await freshMachine())
afterAll(() => machine.db.close())

const country = await anOffice(machine, 'coordination')
const admin = await aPerson(machine, country, 'admin')
const dpo = await aPerson(machine, country, 'dpo')
const province = await anOffice(machine)

/** Signed in anew: the clock was moved. */
async function later(by: Somebody): Promise<Somebody> {
  by.sid = await startSession(machine.db, by.id, 'demo')
  return by
}
const post = async (by: Somebody, path: string, body: object) =>
  ask(app, await later(by), 'POST', path, { body: JSON.stringify(body) })
const dayIn = (days: number) => dayOf(addMillis(now(), days * 86_400_000), machine.pack.timeZone)

async function moveClock(hours: number): Promise<void> {
  await asOwner(
    machine,
    `insert into test_clock (offset_ms) values (${hours * 3_600_000}) on conflict (only_row) do update set offset_ms = excluded.offset_ms`,
  )
}
async function after(hours: number): Promise<void> {
  await moveClock(hours)
  await reminders.run(machine, now())
}
beforeEach(() => moveClock(0))

const entryOf = (office: Office, person: Somebody, over: Record<string, unknown> = {}) => ({
  id: newId(),
  orgId: office.orgId,
  personId: person.id,
  fromOn: dayIn(0),
  untilOn: dayIn(30),
  ...over,
})

/** Somebody of the province, put on the roster of an office by two people. */
async function onRoster(office: Office, over: Record<string, unknown> = {}) {
  const person = await aPerson(machine, province, 'supervisor')
  const entry = entryOf(office, person, over)
  expect((await post(admin, '/api/people/roster', entry)).json).toMatchObject({ waits: true })
  expect((await post(dpo, '/api/people/decide', { id: entry.id, confirm: true })).json).toMatchObject({ done: true })
  return { person, entryId: entry.id }
}

async function anOfficeWith(supervisors: number) {
  const office = await anOffice(machine)
  const worker = await aPerson(machine, office, 'case_worker')
  const above: Somebody[] = []
  for (let n = 0; n < supervisors; n += 1) above.push(await aPerson(machine, office, 'supervisor'))
  return { office, worker, supervisors: above }
}

type Request = { caseId: string; signatureId: string }
async function anAsk(worker: Somebody, of?: string): Promise<Request> {
  const caseId = of ?? (await aCase(machine, worker))
  const op = anOp(worker, 'justice.ask_without_victim', { id: newId(), caseId, why: 'The court has asked' })
  expect((await send(machine, worker, op))[0]?.answer).toBe('accepted')
  return { caseId, signatureId: String(op.payload.id) }
}
const answerOp = (by: Somebody, { caseId, signatureId }: Request, over = {}) =>
  anOp(by, 'signatures.answer', {
    id: newId(),
    caseId,
    signatureId,
    act: 'leave_out_victim',
    decision: 'signed',
    reason: null,
    ...over,
  })
const talkOp = (by: Somebody, { caseId, signatureId }: Request, over = {}) =>
  anOp(by, 'signatures.note_talk', {
    id: newId(),
    caseId,
    signatureId,
    act: 'leave_out_victim',
    personId: null,
    who: null,
    at: now(),
    said: 'agreed',
    words: null,
    ...over,
  })

type Line = {
  id: string
  calls: { called: { name: string; turn: string }[]; next: { turn: string } | null }
  said: string
}
const queueOf = async (by: Somebody) =>
  ((await ask(app, await later(by), 'GET', '/api/signatures')).json as unknown as { waiting: Line[] }).waiting
const idsIn = async (by: Somebody) => (await queueOf(by)).map(({ id }) => id)
const rowOf = async (by: Somebody, { caseId, signatureId }: Request) => {
  const { json } = await ask(app, await later(by), 'GET', `/api/cases/${caseId}/signatures`)
  return ((json.rows ?? []) as { id: string; fields: Record<string, unknown> }[]).find((row) => row.id === signatureId)
    ?.fields
}
const statusOf = async (by: Somebody, caseId: string) =>
  (await ask(app, await later(by), 'GET', `/api/cases/${caseId}`)).status

describe('somebody is put on the roster above an office', () => {
  test('by two people, and reads nothing of any child before the second one has said yes', async () => {
    const { office, worker } = await anOfficeWith(0)
    const person = await aPerson(machine, province, 'supervisor')
    const request = await anAsk(worker)
    const entry = entryOf(office, person)
    for (const by of [worker, person, dpo]) expect((await post(by, '/api/people/roster', entry)).status).toBe(404)
    await post(admin, '/api/people/roster', entry)
    await after(1)
    expect(await idsIn(person)).toEqual([])
    expect((await post(admin, '/api/people/decide', { id: entry.id, confirm: true })).json).toMatchObject({
      error: 'needs_another_person',
    })
    await post(dpo, '/api/people/decide', { id: entry.id, confirm: true })
    await after(1)
    expect(await idsIn(person)).toEqual([request.signatureId])
  })

  test('and not after its last day, where nobody said yes by then', async () => {
    const { office } = await anOfficeWith(0)
    const entry = entryOf(office, await aPerson(machine, province, 'supervisor'), { untilOn: dayIn(2) })
    expect((await post(admin, '/api/people/roster', entry)).json).toMatchObject({ waits: true })
    await after(73)
    expect((await post(dpo, '/api/people/decide', { id: entry.id, confirm: true })).json).toMatchObject({
      error: 'proposal_over',
    })
    await after(1)
  })

  test('only of another office, only a supervisor, never of police, and for days to come', async () => {
    const { office, supervisors } = await anOfficeWith(1)
    const own = supervisors[0] as Somebody // one was made
    const person = await aPerson(machine, province, 'supervisor')
    const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')
    const worker = await aPerson(machine, province, 'case_worker')
    const health = await anOffice(machine, 'health')
    const policeOffice = await anOffice(machine, 'police')
    for (const [entry, code] of [
      [entryOf(office, own), 'own_office'],
      [entryOf(office, worker), 'not_a_supervisor'],
      [entryOf(office, police), 'not_a_supervisor'],
      [entryOf(health, person), 'firewall'],
      [entryOf(policeOffice, person), 'firewall'],
      [entryOf(office, person, { fromOn: dayIn(-2), untilOn: dayIn(2) }), 'roster_days'],
      [entryOf(office, person, { fromOn: dayIn(3), untilOn: dayIn(1) }), 'roster_days'],
      [entryOf(office, person, { untilOn: dayIn(800) }), 'roster_days'],
    ] as const)
      expect((await post(admin, '/api/people/roster', entry)).json).toMatchObject({ error: code })
    // Whoever was made something else while it waited is not put on it either.
    const entry = entryOf(office, person)
    await post(admin, '/api/people/roster', entry)
    await asOwner(machine, `update app_user set role = 'case_worker' where id = '${person.id}'`)
    expect((await post(dpo, '/api/people/decide', { id: entry.id, confirm: true })).json).toMatchObject({
      error: 'not_a_supervisor',
    })
    // And the table itself takes nobody from behind the wall.
    const row = (of: Office, who: Somebody, sector: string) =>
      asOwner(
        machine,
        `insert into signature_roster (id, org_id, person_id, sector, from_on, until_on, asked_by, confirmed_by)
           values ('${newId()}', '${of.orgId}', '${who.id}', '${sector}', current_date, current_date + 5, '${admin.id}', '${dpo.id}')`,
      )
    await expect(row(policeOffice, police, 'police')).rejects.toThrow(/signature_roster_firewall/)
    await expect(row(office, police, 'police')).rejects.toThrow(/signature_roster_firewall|foreign key/)
    await expect(row(office, police, 'child_protection')).rejects.toThrow(/foreign key/)
  })

  test('once for the same days', async () => {
    const { office } = await anOfficeWith(1)
    const { person } = await onRoster(office)
    const again = entryOf(office, person, { fromOn: dayIn(10), untilOn: dayIn(40) })
    expect((await post(admin, '/api/people/roster', again)).json).toMatchObject({ error: 'on_roster_already' })
  })
})

describe('whoever stands on the roster is called', () => {
  test('at once where nobody of the office can sign', async () => {
    const { office, worker } = await anOfficeWith(0)
    const { person } = await onRoster(office)
    const request = await anAsk(worker)
    expect(await idsIn(person)).toEqual([request.signatureId])
    expect(await rowOf(worker, request)).toMatchObject({ called: ['Somebody'] })
  })

  test('within a minute where the only supervisor is put away or kept from this child while it waits', async () => {
    for (const how of ['put away', 'kept away']) {
      const { office, worker, supervisors } = await anOfficeWith(1)
      const { person } = await onRoster(office)
      const request = await anAsk(worker)
      expect(await idsIn(person)).toEqual([])
      const of = String(supervisors[0]?.id)
      await asOwner(
        machine,
        how === 'put away'
          ? `update app_user set disabled_at = now() where id = '${of}'`
          : `insert into case_exclusion (case_id, person_id) values ('${request.caseId}', '${of}')`,
      )
      await reminders.run(machine, now())
      expect(await idsIn(person)).toEqual([request.signatureId])
    }
  })

  test('else after two days of silence of the first ones and their stand-ins, and the queue says whose turn it is', async () => {
    const { office, worker, supervisors } = await anOfficeWith(1)
    const supervisor = supervisors[0] as Somebody // one was made
    const standIn = await aPerson(machine, office, 'supervisor')
    await asOwner(machine, `delete from team_member where person_id = '${standIn.id}'`)
    const { person } = await onRoster(office)
    const request = await anAsk(worker)
    const turns = async (by: Somebody) => {
      const line = (await queueOf(by)).find(({ id }) => id === request.signatureId)
      return [line?.calls.called.map(({ turn }) => turn), line?.calls.next?.turn ?? null]
    }
    await after(1)
    expect(await turns(supervisor)).toEqual([['first'], 'stand_in'])
    await after(25)
    expect(await turns(supervisor)).toEqual([['first', 'stand_in'], 'roster'])
    await after(47)
    expect(await idsIn(person)).toEqual([])
    await after(49)
    expect(await idsIn(person)).toEqual([request.signatureId])
    expect(await turns(supervisor)).toEqual([['first', 'stand_in', 'roster'], null])
    const notices = await ownerRows(machine, `select stage from notice where person_id = '${person.id}'`)
    expect(notices).toEqual([{ stage: 'due_soon' }])
  })

  test('never before her first day and never after her last one', async () => {
    const { office, worker } = await anOfficeWith(0)
    const early = await onRoster(office, { fromOn: dayIn(5), untilOn: dayIn(6) })
    const request = await anAsk(worker)
    expect(await idsIn(early.person)).toEqual([])
    await after(5 * 24)
    expect(await idsIn(early.person)).toEqual([request.signatureId])
    await after(8 * 24)
    expect(await idsIn(early.person)).toEqual([])
    expect(await statusOf(early.person, request.caseId)).toBe(404)
    expect((await send(machine, await later(early.person), answerOp(early.person, request)))[0]?.answer).toBe(
      'not_allowed',
    )
  })
})

describe('whoever was called from the roster', () => {
  test('reads that one request and its part, signs it, and a day later nothing', async () => {
    const { office, worker } = await anOfficeWith(0)
    const { person } = await onRoster(office)
    const request = await anAsk(worker)
    const another = await anAsk(worker)
    const third = await aCase(machine, worker)
    await asOwner(machine, `delete from signature_call where signature_id = '${another.signatureId}'`)
    expect(await rowOf(person, request)).toMatchObject({ why: 'The court has asked', askedByName: 'Somebody' })
    expect((await ask(app, await later(person), 'GET', `/api/cases/${request.caseId}`)).json).toMatchObject({
      card: null,
      safeStart: null,
    })
    for (const closed of [another.caseId, third]) expect(await statusOf(person, closed)).toBe(404)
    const rights = await ownerRows(
      machine,
      `select distinct part, level from access where actor = '${person.id}' order by part`,
    )
    expect(rights).toEqual([
      { part: 'case', level: 'read' },
      { part: 'justice', level: 'read' },
    ])
    expect((await send(machine, person, answerOp(person, request)))[0]?.answer).toBe('accepted')
    expect(await rowOf(worker, request)).toMatchObject({ answer: { decision: 'signed', answeredByName: 'Somebody' } })
    expect(await statusOf(person, request.caseId)).toBe(200)
    await after(25)
    expect(await statusOf(person, request.caseId)).toBe(404)
  })

  test('closes what she signs, and closes again what she does not want opened, and writes nothing else of the file', async () => {
    const { office, worker } = await anOfficeWith(0)
    const { person } = await onRoster(office)
    const caseId = await aCase(machine, worker)
    const weighed = aRecordOp(worker, caseId)
    const asked = anOp(worker, 'closure.ask_to_close', closingPayload(caseId))
    expect((await send(machine, worker, weighed, asked)).map((one) => one.answer)).toEqual(['accepted', 'accepted'])
    const by = await later(person)
    const stateOf = async () =>
      (await ownerRows(machine, `select state, closed_for from child_case where id = '${caseId}'`))[0]
    const signed = await send(machine, by, signOp(by, caseId, 'close_case', asked.payload.id))
    expect([signed[0]?.answer, await stateOf()]).toEqual(['accepted', { state: 'closed', closed_for: 'goals_met' }])
    const clocks = await ownerRows(machine, `select class from retention_clock where case_id = '${caseId}'`)
    expect(clocks.length).toBeGreaterThan(3)

    const opened = anOp(worker, 'closure.reopen_case', { id: newId(), caseId, reason: 'child_asks', why: 'He called' })
    expect((await send(machine, worker, opened))[0]?.answer).toBe('accepted')
    expect(await stateOf()).toMatchObject({ state: 'open' })
    const close = sql`select kembali.close_as_answered(${caseId}, ${asked.opId}, now(), 'goals_met', '[]')`
    await expect(asPerson(machine.db, by.sid, null, (tx) => close.execute(tx))).rejects.toThrow(/not allowed/)
    const no = { decision: 'declined', reason: 'Ask her aunt first' }
    const declined = await send(machine, by, signOp(by, caseId, 'reopen_case', opened.payload.id, no))
    expect([declined[0]?.answer, await stateOf()]).toMatchObject(['accepted', { state: 'closed' }])
  })

  test('signs no other request of the same part of the same child, and registers no child there', async () => {
    const { office, worker, supervisors } = await anOfficeWith(1)
    const { person } = await onRoster(office)
    const request = await anAsk(worker)
    await after(49)
    const supervisor = await later(supervisors[0] as Somebody) // one was made
    await send(machine, supervisor, answerOp(supervisor, request, { decision: 'declined', reason: 'Not yet' }))
    const next = await anAsk(await later(worker), request.caseId)
    expect(await idsIn(person)).toEqual([])
    expect((await send(machine, await later(person), answerOp(person, next)))[0]?.answer).toBe('not_allowed')
    const open = openCaseOp(person, { orgId: office.orgId, teamId: office.teamId })
    expect((await send(machine, await later(person), open))[0]?.answer).toBe('not_allowed')
  })

  test.each([
    [
      'is taken off it by one',
      async (_: Somebody, entryId: string) => {
        expect((await post(admin, '/api/people/roster/take-off', { id: entryId })).json).toMatchObject({ done: true })
      },
    ],
    [
      'ends her account',
      (person: Somebody) => asOwner(machine, `update app_user set ended_at = kembali.now() where id = '${person.id}'`),
    ],
    [
      'is made something else',
      (person: Somebody) => asOwner(machine, `update app_user set role = 'case_worker' where id = '${person.id}'`),
    ],
    [
      'is kept away from this child',
      (person: Somebody, _: string, caseId: string) =>
        asOwner(machine, `insert into case_exclusion (case_id, person_id) values ('${caseId}', '${person.id}')`),
    ],
  ] as const)('reads nothing from the moment in which she %s', async (_what, act) => {
    const { office, worker } = await anOfficeWith(0)
    const { person, entryId } = await onRoster(office)
    const request = await anAsk(worker)
    expect(await statusOf(person, request.caseId)).toBe(200)
    await act(person, entryId, request.caseId)
    const rows = await ownerRows(
      machine,
      `select 1 from access where actor = '${person.id}' and ends_at > kembali.now()`,
    )
    expect(rows).toEqual([])
    await reminders.run(machine, now())
    expect(
      await ownerRows(machine, `select 1 from access where actor = '${person.id}' and ends_at > kembali.now()`),
    ).toEqual([])
  })

  test('reads nothing from the moment in which her office leaves the protection sectors, or theirs does', async () => {
    for (const side of ['hers', 'theirs']) {
      const { office, worker } = await anOfficeWith(0)
      const national = await anOffice(machine)
      const person = await aPerson(machine, national, 'supervisor')
      const entry = entryOf(office, person)
      await post(admin, '/api/people/roster', entry)
      await post(dpo, '/api/people/decide', { id: entry.id, confirm: true })
      const request = await anAsk(worker)
      expect(await idsIn(person)).toEqual([request.signatureId])
      await asOwner(
        machine,
        side === 'hers'
          ? `update organisation set sector = 'police' where id = '${national.orgId}'`
          : `update organisation set sector = 'health' where id = '${office.orgId}'`,
      )
      expect(await ownerRows(machine, `select 1 from access where actor = '${person.id}'`)).toEqual([])
      expect(await ownerRows(machine, `select 1 from signature_roster where id = '${entry.id}'`)).toEqual([])
    }
  })

  test('is called again when she is put on it again', async () => {
    const { office, worker } = await anOfficeWith(0)
    const { person, entryId } = await onRoster(office)
    const request = await anAsk(worker)
    await post(admin, '/api/people/roster/take-off', { id: entryId })
    await reminders.run(machine, now())
    expect(await idsIn(person)).toEqual([])
    const entry = entryOf(office, person)
    await post(admin, '/api/people/roster', entry)
    await post(dpo, '/api/people/decide', { id: entry.id, confirm: true })
    await reminders.run(machine, now())
    expect(await idsIn(person)).toEqual([request.signatureId])
  })

  test('of twenty answers from both offices in one moment one is heard', async () => {
    const { office, worker, supervisors } = await anOfficeWith(1)
    const { person } = await onRoster(office)
    const request = await anAsk(worker)
    await after(49)
    const both = [await later(person), await later(supervisors[0] as Somebody)] // one was made
    const heard = await Promise.all(
      Array.from({ length: 20 }, (_, n) => {
        const by = both[n % 2] as Somebody // two of them
        return send(machine, by, answerOp(by, request))
      }),
    )
    expect(heard.flat().filter(({ answer }) => answer === 'accepted')).toHaveLength(1)
  })
})

describe('a call on the telephone', () => {
  test('is written down beside the request, is no signature, and moves no hour', async () => {
    const { office, worker, supervisors } = await anOfficeWith(1)
    const supervisor = supervisors[0] as Somebody // one was made
    const { person } = await onRoster(office)
    expect((await post(supervisor, '/api/signatures/work-phone', { phone: '+62 812 0000' })).status).toBe(200)
    const request = await anAsk(worker)
    const before = await rowOf(worker, request)
    expect(before?.signers).toMatchObject([
      { personId: supervisor.id, turn: 'first', phone: '+62 812 0000', organisation: null },
      { personId: person.id, turn: 'roster', phone: null, organisation: 'An office', calledAt: null },
    ])
    const said = 'She agrees, and reads it in the morning'
    const talk = talkOp(worker, request, { personId: supervisor.id, words: said })
    expect((await send(machine, worker, talk))[0]?.answer).toBe('accepted')
    expect(await rowOf(supervisor, request)).toMatchObject({
      dueAt: before?.dueAt,
      answer: null,
      talks: [{ name: 'Somebody', said: 'agreed', words: said, writtenByName: 'Somebody', answeredToo: false }],
    })
    expect((await queueOf(supervisor))[0]?.said).toBe('agreed')
    const [granted] = await ownerRows(
      machine,
      `select count(*)::int as n from victim_agreement where case_id = '${request.caseId}'`,
    )
    expect(granted?.n).toBe(0)
    await send(machine, supervisor, answerOp(supervisor, request))
    expect(await rowOf(worker, request)).toMatchObject({ talks: [{ answeredToo: true }], signers: [] })
    const [kept] = await ownerRows(
      machine,
      `select (select json_agg(t)::text from signature_talk t) || (select json_agg(l)::text from op_log l) as text`,
    )
    expect(String(kept?.text)).not.toContain(said)
  })

  test('may be with the roster too, and names whoever a phone without signal did not know', async () => {
    const { office, worker } = await anOfficeWith(1)
    const { person } = await onRoster(office)
    const request = await anAsk(worker)
    await send(machine, worker, talkOp(worker, request, { personId: person.id, said: 'not_reached' }))
    await send(machine, worker, talkOp(worker, request, { who: 'The lady on duty', said: 'not_agreed' }))
    const row = await rowOf(worker, request)
    expect(row).toMatchObject({
      talks: [
        { name: 'Somebody', said: 'not_reached' },
        { name: 'The lady on duty', said: 'not_agreed' },
      ],
    })
  })

  test.each([
    ['with nobody', () => ({}), 'nobody_called'],
    ['with oneself', (worker: Somebody) => ({ personId: worker.id }), 'called_oneself'],
    ['with a colleague', (_: Somebody, colleague: Somebody) => ({ personId: colleague.id }), 'cannot_sign_this'],
    ['in the future', () => ({ who: 'X', at: '2090-01-01T00:00:00Z' }), 'in_the_future'],
    ['of last year', () => ({ who: 'X', at: '2020-01-01T00:00:00Z' }), 'called_long_before'],
  ])('%s is refused with a sentence', async (_what, over, reason) => {
    const { office, worker } = await anOfficeWith(1)
    const colleague = await aPerson(machine, office, 'case_worker')
    const request = await anAsk(worker)
    expect((await send(machine, worker, talkOp(worker, request, over(worker, colleague))))[0]).toMatchObject({ reason })
  })

  test('is written by whoever carries the child, about a request of that child', async () => {
    const { worker, supervisors } = await anOfficeWith(1)
    const supervisor = supervisors[0] as Somebody // one was made
    const request = await anAsk(worker)
    const another = await anAsk(worker)
    const stranger = await aPerson(machine, await anOffice(machine), 'case_worker')
    for (const by of [supervisor, stranger])
      expect((await send(machine, by, talkOp(by, request, { who: 'Somebody' })))[0]?.answer).toBe('not_allowed')
    for (const over of [
      { signatureId: newId() },
      { signatureId: another.signatureId },
      { act: 'urgent_protection' },
    ] as const)
      expect((await send(machine, worker, talkOp(worker, request, { who: 'Somebody', ...over })))[0]).toMatchObject({
        reason: 'request_not_there',
      })
  })
})

test('a work number is a number, her own, and gone with her role', async () => {
  const { worker, supervisors } = await anOfficeWith(1)
  const supervisor = supervisors[0] as Somebody // one was made
  expect((await post(worker, '/api/signatures/work-phone', { phone: '021 555' })).status).toBe(404)
  for (const phone of ['call me', '1', 'x'.repeat(50)])
    expect((await post(supervisor, '/api/signatures/work-phone', { phone })).status).toBe(400)
  expect((await post(supervisor, '/api/signatures/work-phone', { phone: '(021) 555' })).status).toBe(400)
  await post(supervisor, '/api/signatures/work-phone', { phone: '021 555 12' })
  expect((await ask(app, supervisor, 'GET', '/api/signatures')).json).toMatchObject({ phone: '021 555 12' })
  await asOwner(machine, `update app_user set role = 'case_worker' where id = '${supervisor.id}'`)
  expect(await ownerRows(machine, `select 1 from work_phone where person_id = '${supervisor.id}'`)).toEqual([])
})
