import { describe, expect, test } from 'vitest'
import type { Op } from '../../core/op.ts'
import { newId } from '../../crypto/random.ts'
import { aDecision, anOutsider, aSeatOf, callOp, minutesOp } from '../../../test/conference.ts'
import { testMachine } from '../../../test/db.ts'
import { appOf, ask } from '../../../test/running-app.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, now, send, type Somebody } from '../../../test/people.ts'

const machine = await testMachine()
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const stranger = await aPerson(machine, await anOffice(machine), 'case_worker')

/** What the gate says to each: accepted, or the reason why not. */
async function heard(...operations: Op[]): Promise<string[]> {
  const answers = await send(machine, worker, ...operations)
  return answers.map((one) => (one.answer === 'refused' ? one.reason : one.answer))
}

const yesOf = (caseId: string, over: Record<string, unknown> = {}) =>
  anOp(worker, 'referrals.record_consent', {
    id: newId(),
    caseId,
    purpose: 'referral_specific',
    recipient: 'school_focal',
    text: 'referral_specific_1',
    language: 'en',
    capacity: 'not_known',
    child: 'agrees',
    adult: 'agrees',
    adultIs: 'guardian',
    withheld: null,
    askedAt: now(),
    endsOn: null,
    organisation: null,
    explainedBy: 'Her worker',
    childSaid: null,
    ...over,
  })

async function called(caseId: string): Promise<unknown> {
  const op = callOp(worker, caseId)
  expect(await heard(op)).toEqual(['accepted'])
  return op.payload.id
}

describe('somebody from outside', () => {
  const school = { invited: [{ personId: null, as: 'school_focal' }] }

  test('is asked to come only while a yes of the child stands', async () => {
    const caseId = await aCase(machine, worker)
    expect(await heard(callOp(worker, caseId, school))).toEqual(['outside_without_yes'])
    const yes = yesOf(caseId)
    const op = callOp(worker, caseId, school)
    expect(await heard(yes, op)).toEqual(['accepted', 'accepted'])
    const takenBack = { id: newId(), caseId, consentId: yes.payload.id, by: 'child', withdrawnAt: now(), said: null }
    expect(await heard(anOp(worker, 'referrals.withdraw_consent', takenBack), callOp(worker, caseId, school))).toEqual([
      'accepted',
      'outside_without_yes',
    ])
    // Who was asked before has still been there, and that is written down.
    const seats = [aSeatOf(worker.id), anOutsider('school_focal')]
    expect(await heard(minutesOp(worker, caseId, op.payload.id, [], { seats }))).toEqual(['accepted'])
  })

  test('is never one whom the firewall keeps out, whatever a child says', async () => {
    const caseId = await aCase(machine, worker)
    const police = { invited: [{ personId: null, as: 'police_investigation' }] }
    expect(await heard(callOp(worker, caseId, police))).toEqual(['firewall_above_consent'])
  })

  test('is given nothing to do that way either', async () => {
    const caseId = await aCase(machine, worker)
    const decisions = [aDecision('', { ownerId: null, ownerAs: 'school_focal' })]
    const op = minutesOp(worker, caseId, await called(caseId), [supervisor], { decisions })
    expect(await heard(op)).toEqual(['outside_without_yes'])
  })
})

test('a colleague is one of the office or of the case, and not one who is kept away from it', async () => {
  const caseId = await aCase(machine, worker)
  const inviting = (of: Somebody) => callOp(worker, caseId, { invited: [{ personId: of.id, as: null }] })
  expect(await heard(inviting(stranger), inviting(supervisor))).toEqual(['not_a_colleague', 'accepted'])
  await asOwner(machine, `insert into case_exclusion (case_id, person_id) values ('${caseId}', '${supervisor.id}')`)
  expect(await heard(inviting(supervisor))).toEqual(['not_a_colleague'])
})

describe('minutes are not saved', () => {
  test.each([
    ['without the child’s view', { childView: ' ' }, 'child_view'],
    ['without why the child was not heard', { childVoice: 'not_heard' }, 'child_not_heard'],
    ['of one person alone', { seats: [aSeatOf(worker.id)] }, 'present'],
    ['where nobody does what was decided', { decisions: [aDecision('', { ownerId: null })] }, 'owner'],
    ['where what was decided was due before', { decisions: [aDecision(worker.id, { dueOn: '2020-01-01' })] }, 'due'],
    ['without how the child is told', { childTold: null }, 'child_told'],
    [
      'without the words of whoever sees it differently',
      { seats: [aSeatOf(worker.id), aSeatOf(supervisor.id, { position: 'dissents' })] },
      'seat_words',
    ],
    ['that it was called off without saying why', { kind: 'called_off' }, 'why'],
  ])('%s', async (_what, over, missing) => {
    const caseId = await aCase(machine, worker)
    const op = minutesOp(worker, caseId, await called(caseId), [supervisor], over)
    const [answer] = await send(machine, worker, op)
    expect(answer).toMatchObject({ reason: 'minutes_incomplete', details: { missing } })
  })
})

test('a conference that moves is called anew once; what is written down is put right by a row of its own', async () => {
  const caseId = await aCase(machine, worker)
  const first = await called(caseId)
  const moved = callOp(worker, caseId, { replaces: first })
  expect(await heard(moved, callOp(worker, caseId, { replaces: first }))).toEqual(['accepted', 'unknown_conference'])
  const minutes = minutesOp(worker, caseId, moved.payload.id, [supervisor])
  expect(await heard(minutesOp(worker, caseId, first, [supervisor]), minutes)).toEqual([
    'unknown_conference',
    'accepted',
  ])
  expect(await heard(minutesOp(worker, caseId, moved.payload.id, [supervisor]))).toEqual(['minutes_are_there'])
  const corrects = { corrects: minutes.payload.id }
  expect(await heard(minutesOp(worker, caseId, moved.payload.id, [supervisor], corrects))).toEqual(['accepted'])
  expect(await heard(minutesOp(worker, caseId, moved.payload.id, [supervisor], corrects))).toEqual([
    'minutes_changed_meanwhile',
  ])
})

test('her supervisor prepares one that was called, begins none, and writes no minutes', async () => {
  const caseId = await aCase(machine, worker)
  const first = await called(caseId)
  const say = async (by: Somebody, op: Op) => {
    const [answer] = await send(machine, by, op)
    return answer?.answer === 'refused' ? answer.reason : answer?.answer
  }
  const stranger = await aPerson(machine, await anOffice(machine), 'supervisor')
  expect(await say(supervisor, callOp(supervisor, caseId))).toBe('not_allowed')
  expect(await say(stranger, callOp(stranger, caseId, { replaces: first }))).toBe('not_allowed')
  const prepared = callOp(supervisor, caseId, { replaces: first, agenda: 'What she wants, and where she can live' })
  expect(await say(supervisor, prepared)).toBe('accepted')
  expect(await say(supervisor, minutesOp(supervisor, caseId, prepared.payload.id, [worker]))).toBe('not_allowed')
  expect(await say(worker, minutesOp(worker, caseId, prepared.payload.id, [supervisor]))).toBe('accepted')
})

test('her supervisor reads what was decided, with names, and finds what comes on her day', async () => {
  const { app } = appOf(machine)
  const caseId = await aCase(machine, worker)
  const conferenceId = await called(caseId)
  const team = async () =>
    ((await ask(app, supervisor, 'GET', '/api/conference/team')).json as { coming: { id: string }[] }).coming.map(
      ({ id }) => id,
    )
  expect(await team()).toContain(conferenceId)
  expect(await heard(minutesOp(worker, caseId, conferenceId, [supervisor]))).toEqual(['accepted'])
  expect(await team()).not.toContain(conferenceId)
  const { json } = await ask(app, supervisor, 'GET', `/api/cases/${caseId}/conferences`)
  const { rows } = json as { rows: { thing: string; fields: Record<string, unknown> }[] }
  expect(rows.find(({ thing }) => thing === 'conference_minutes')?.fields).toMatchObject({
    childView: 'I want to stay with my aunt',
    names: { [worker.id]: 'Somebody', [supervisor.id]: 'Somebody' },
  })
})
