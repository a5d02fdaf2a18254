import { describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { aGoal, rowOp } from '../../../test/care.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, aPerson, asOwner, ownerRows, send } from '../../../test/people.ts'
import { appOf, ask } from '../../../test/running-app.ts'
import { allAid, healthNoteOp, serviceOp, sessionOp } from '../../../test/services.ts'

const machine = await testMachine()
const { app } = appOf(machine)
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const clinician = await aPerson(machine, await anOffice(machine, 'health'), 'clinician')
const caseId = await aCase(machine, worker)
await asOwner(
  machine,
  `insert into case_team (case_id, person_id, sector, role) values ('${caseId}', '${clinician.id}', 'health', 'clinician')`,
)

const said = async (by: typeof worker, op: Parameters<typeof send>[2]) => (await send(machine, by, op))[0]

describe('a service for a child', () => {
  test('works towards a goal of its plan, and is changed field by field', async () => {
    const goal = rowOp(worker, 'care.edit_goal', caseId, aGoal)
    const op = serviceOp(worker, caseId, { kind: 'education', layer: null, goalId: goal.payload.id })
    const end = rowOp(
      worker,
      'services.edit_service',
      caseId,
      { state: 'ended', endsOn: '2026-02-01', ended: 'child_ended', outcome: 'She likes the other class better' },
      { id: String(op.payload.id), baseVersion: 1 },
    )
    const answers = await send(machine, worker, goal, op, end)
    expect(answers.map((one) => one.answer)).toEqual(['accepted', 'accepted', 'accepted'])
  })

  test.each([
    ['what is not said', { what: ' ' }, 'service_without_words'],
    ['a treatment for its name', { kind: 'mental_health' }, 'kept_with_health'],
    ['the layer of a treatment', { layer: 'l4_specialised' }, 'kept_with_health'],
    ['a goal of another file', { goalId: newId() }, 'unknown_goal'],
    ['help of value without its safeguards', { kind: 'livelihood', layer: null }, 'aid_without_safeguards'],
    ['no first day though it goes on', { startsOn: null }, 'service_without_start'],
    ['an end without a reason', { state: 'ended', endsOn: '2026-02-01' }, 'service_ended_without_reason'],
    [
      'an end before its beginning',
      { state: 'ended', endsOn: '2025-02-01', ended: 'done' },
      'service_ends_before_it_starts',
    ],
  ])('with %s is refused', async (_what, over, reason) => {
    expect(await said(worker, serviceOp(worker, caseId, over))).toMatchObject({ reason })
  })
})

describe('what took place', () => {
  const service = serviceOp(worker, caseId)
  const goods = serviceOp(worker, caseId, { kind: 'basic_needs', layer: null, safeguards: allAid })
  const given = {
    came: 'given',
    what: 'Shoes',
    worth: 200_000,
    agreedBy: 'The supervisor',
    receivedBy: 'carer',
    acknowledged: 'mark',
  }

  test('is that a child was there, or was not and why', async () => {
    const missed = sessionOp(worker, caseId, service.payload.id, { came: 'did_not_come', whyNot: 'no_childcare' })
    const answers = await send(machine, worker, service, goods, sessionOp(worker, caseId, service.payload.id), missed)
    expect(answers.map((one) => one.answer)).toEqual(Array(4).fill('accepted'))
  })
  test('is what was given against somebody’s word, its worth sealed', async () => {
    const op = sessionOp(worker, caseId, goods.payload.id, given)
    expect(await said(worker, op)).toMatchObject({ answer: 'accepted' })
    const [row] = await ownerRows(
      machine,
      `select (select json_agg(s)::text from service_session s) || (select json_agg(s)::text from child_service s)
         || (select json_agg(l)::text from op_log l where case_id = '${caseId}') as text`,
    )
    for (const word of ['Shoes', '200000', 'nothing_to_be_told', 'l3_focused', 'counsellor'])
      expect(String(row?.text)).not.toContain(word)
  })
  test.each([
    ['an absence without a reason', { came: 'did_not_come' }, 'missed_without_reason'],
    ['a presence with a reason for absence', { whyNot: 'ill' }, 'missed_without_reason'],
    ['a day to come', { onDay: '2190-01-01' }, 'in_the_future'],
    ['a day before the service began', { onDay: '2025-12-31' }, 'before_the_service'],
    ['a service of another file', { serviceId: newId() }, 'unknown_service'],
    ['a gift in a service that gives nothing', given, 'not_a_giving_service'],
    ['a receiver of nothing', { receivedBy: 'child', acknowledged: 'mark' }, 'session_gives_nothing'],
  ])('with %s is refused', async (_what, over, reason) => {
    expect(await said(worker, sessionOp(worker, caseId, service.payload.id, over))).toMatchObject({ reason })
  })
  test.each([
    ['nobody who agreed', { agreedBy: null }, 'given_without_words'],
    ['nobody who received it', { receivedBy: null }, 'given_without_acknowledgement'],
    ['no acknowledgement', { acknowledged: null }, 'given_without_acknowledgement'],
  ])('is not a thing given with %s', async (_what, over, reason) => {
    const op = sessionOp(worker, caseId, goods.payload.id, { ...given, ...over })
    expect(await said(worker, op)).toMatchObject({ reason })
  })
})

describe('what a health worker writes', () => {
  const service = serviceOp(worker, caseId, { kind: 'health', layer: null })
  test('is hers to write, and read by the worker but not by her supervisor', async () => {
    await send(machine, worker, service)
    expect(await said(clinician, healthNoteOp(clinician, caseId, service.payload.id))).toMatchObject({
      answer: 'accepted',
    })
    expect(await said(worker, healthNoteOp(worker, caseId, service.payload.id))).toMatchObject({
      answer: 'not_allowed',
    })
    const read = async (by: typeof worker) => (await ask(app, by, 'GET', `/api/cases/${caseId}/services/health`)).text
    expect(await read(worker)).toContain('woke screaming')
    expect(await read(clinician)).toContain('woke screaming')
    expect(await read(supervisor)).not.toContain('woke screaming')
  })
  test('is of a kind of care, and of nothing else', async () => {
    expect(
      await said(clinician, healthNoteOp(clinician, caseId, service.payload.id, { kind: 'education' })),
    ).toMatchObject({
      reason: 'not_a_health_kind',
    })
  })
  test('comes with no card: a phone that fetches everything has none of it', async () => {
    expect((await ask(app, worker, 'GET', `/api/cases/${caseId}/services`)).text).not.toContain('woke screaming')
  })
})

describe('a talk with people around a child', () => {
  // Made when it is sent: an operation that waits unsent would be a gap in what this device has said.
  async function begun(kind: string): Promise<string> {
    const op = serviceOp(worker, caseId, { kind, layer: null })
    expect((await said(worker, op))?.answer).toBe('accepted')
    return String(op.payload.id)
  }
  const aMeeting = {
    afraid: 'no',
    isTogether: true,
    tookPart: ['child', 'parent'],
    childYes: 'yes',
    carerYes: 'not_asked_yet',
    ledBy: 'Her counsellor',
    said: 'She wants to sleep at home on Sundays',
    answered: 'Her father was quiet',
    agreed: 'One Sunday first',
    next: null,
    nextOn: null,
    outcome: 'not_yet',
  }
  const heard = async (serviceId: string, over: Record<string, unknown> | null) => {
    const meeting = over === null ? null : { ...aMeeting, ...over }
    const answer = await said(worker, sessionOp(worker, caseId, serviceId, { meeting }))
    return answer?.answer === 'refused' ? answer.reason : answer?.answer
  }

  test.each([
    ['is kept', 'family_mediation', {}, 'accepted'],
    ['is not, where safety was never asked about', 'family_mediation', null, 'meeting_without_safety'],
    [
      'is not, where somebody sits with somebody she is afraid of',
      'family_mediation',
      { afraid: 'yes' },
      'meeting_not_safe',
    ],
    ['is not, before each was asked alone', 'family_mediation', { afraid: 'not_asked_yet' }, 'ask_who_is_afraid'],
    [
      'is, with one side alone, where somebody is afraid',
      'family_mediation',
      { afraid: 'yes', isTogether: false, tookPart: ['parent'] },
      'accepted',
    ],
    [
      'is not, where they sit in one room though nobody ticked it',
      'family_mediation',
      { afraid: 'yes', isTogether: false },
      'meeting_not_safe',
    ],
    [
      'with outsiders needs its yes whatever the service is called',
      'family_mediation',
      { childYes: 'no_answer', isTogether: false, tookPart: ['school'] },
      'meeting_without_yes',
    ],
    [
      'is not, against the child’s no',
      'family_mediation',
      { childYes: 'no', isTogether: false },
      'meeting_against_child',
    ],
    [
      'with outsiders needs its yes',
      'community_mediation',
      { childYes: 'no_answer', isTogether: false },
      'meeting_without_yes',
    ],
    [
      'with outsiders needs the carer’s, where it is too young',
      'community_mediation',
      { childYes: 'too_young' },
      'meeting_without_yes',
    ],
    [
      'with outsiders is kept with that yes',
      'community_mediation',
      { childYes: 'too_young', carerYes: 'yes' },
      'accepted',
    ],
    ['says who took part', 'family_mediation', { tookPart: [] }, 'meeting_without_people'],
    ['says what was said', 'family_mediation', { said: '' }, 'meeting_without_words'],
  ])('%s', async (_what, kind, over, expected) => {
    expect(await heard(await begun(kind), over)).toBe(expected)
  })

  test('takes nobody’s name and no reason why a child was away, and lies sealed', async () => {
    const family = await begun('family_mediation')
    for (const field of ['names', 'why', 'reason', 'place'])
      expect(
        (await said(worker, sessionOp(worker, caseId, family, { meeting: { ...aMeeting, [field]: 'x' } })))?.answer,
      ).toBe('malformed')
    const sentence = 'Only those who talked know this sentence'
    expect(await heard(family, { said: sentence })).toBe('accepted')
    const [kept] = await ownerRows(
      machine,
      `select json_agg(s)::text || (select json_agg(l)::text from op_log l where case_id = '${caseId}') as text from service_session s where case_id = '${caseId}'`,
    )
    expect(String(kept?.text)).not.toContain(sentence)
  })

  test('stands as an older phone wrote it, which asked none of this', async () => {
    const op = sessionOp(worker, caseId, await begun('community_mediation'))
    expect(op.payload).not.toHaveProperty('meeting')
    expect((await said(worker, op))?.answer).toBe('accepted')
  })

  test('is none where the service is something else', async () => {
    expect(await heard(await begun('education'), {})).toBe('not_a_meeting')
  })
})
