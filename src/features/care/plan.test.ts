import { describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { makeApp } from '../../server/http.ts'
import { aGoal, anAction, aPlanPage, aWholePlan, rowOp } from '../../../test/care.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, ownerRows, send, type Somebody } from '../../../test/people.ts'
import { cases } from '../cases/feature.ts'
import { signatures } from '../signatures/feature.ts'
import { care } from './feature.ts'

const machine = await testMachine()
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const app = makeApp(machine)
care.routes(app, machine)
cases.routes(app, machine)
signatures.routes(app, machine)

type Row = { thing: string; id: string; version: number | null; fields: Record<string, string> }
type Team = { waiting: { caseId: string }[] }

async function ask<Body>(by: Somebody, path: string): Promise<Body> {
  const response = await app.request(path, { headers: { cookie: `kembali=${by.sid}` } })
  return (await response.json()) as Body // our own server's schema
}
const rowsOf = async (caseId: string, by = supervisor) =>
  (await ask<{ rows: Row[] }>(by, `/api/cases/${caseId}/care`)).rows
const plannedAt = async (caseId: string) =>
  (await rowsOf(caseId))
    .map((row) => row.fields.plannedAt ?? '')
    .sort()
    .at(-1)
const submitOp = (by: Somebody, caseId: string) => anOp(by, 'care.submit_plan', { id: newId(), caseId, note: null })
async function decideOp(by: Somebody, caseId: string, submissionId: unknown, over: Record<string, unknown> = {}) {
  return anOp(by, 'care.decide_plan', {
    id: newId(),
    caseId,
    submissionId,
    decision: 'approved',
    plannedAt: await plannedAt(caseId),
    reason: null,
    ...over,
  })
}
async function aWaitingPlan() {
  const caseId = await aCase(machine, worker)
  const parts = await aWholePlan(machine, worker, caseId)
  const submission = submitOp(worker, caseId)
  const [answer] = await send(machine, worker, submission)
  expect(answer?.answer).toBe('accepted')
  return { caseId, submissionId: submission.payload.id, ...parts }
}

describe('a plan', () => {
  test('holds what the child wants, goals and actions, and none of it in the clear', async () => {
    const caseId = await aCase(machine, worker)
    await aWholePlan(machine, worker, caseId)
    const rows = await rowsOf(caseId, worker)
    expect(rows.map((row) => row.thing).sort()).toEqual(['care_action', 'care_goal', 'care_plan'])
    expect(rows.find((row) => row.thing === 'care_plan')?.fields.wants).toBe(aPlanPage.wants)
    const [kept] = await ownerRows(
      machine,
      `select (select json_agg(p)::text from care_plan p) || (select json_agg(g)::text from care_goal g)
         || (select json_agg(a)::text from care_action a) || (select json_agg(l)::text from op_log l) as text`,
    )
    for (const word of ['grandmother', 'finish school', 'place in May']) expect(String(kept?.text)).not.toContain(word)
  })

  test('is changed by two people at once field by field', async () => {
    const caseId = await aCase(machine, worker)
    const { goalId } = await aWholePlan(machine, worker, caseId)
    const edit = (set: Record<string, unknown>, baseVersion: number) =>
      rowOp(worker, 'care.edit_goal', caseId, set, { id: goalId, baseVersion })
    const [, silent, open] = await send(
      machine,
      worker,
      edit({ why: 'She was first in her class' }, 1),
      edit({ dueOn: '2199-04-01' }, 1),
      edit({ why: 'She misses her friends' }, 1),
    )
    expect(silent).toMatchObject({ answer: 'accepted', conflicts: [] })
    expect(open).toMatchObject({ answer: 'accepted', conflicts: [{ field: 'why' }] })
    const goal = (await rowsOf(caseId)).find((row) => row.id === goalId)
    expect(goal).toMatchObject({ version: 4, fields: { why: 'She was first in her class', dueOn: '2199-04-01' } })
  })

  test.each([
    ['a goal without words', 'care.edit_goal', { ...aGoal, inTheirWords: ' ' }, 'goal_without_words'],
    ['a goal dropped without saying why', 'care.edit_goal', { ...aGoal, state: 'dropped' }, 'dropped_without_reason'],
    ['an action for no goal', 'care.edit_action', anAction(newId()), 'unknown_goal'],
    ['a review in the past', 'care.edit_plan', { reviewOn: '2020-01-01' }, 'review_in_the_past'],
    ['words the child will say tomorrow', 'care.edit_plan', { wantsSaidOn: '2190-01-01' }, 'in_the_future'],
    ['a second page of the plan', 'care.edit_plan', { wants: 'x' }, 'wrong_row'],
  ])('refuses %s', async (what, type, set, reason) => {
    const caseId = await aCase(machine, worker)
    const id = type === 'care.edit_plan' && !what.startsWith('a second') ? caseId : newId()
    expect((await send(machine, worker, rowOp(worker, type, caseId, set, { id })))[0]).toMatchObject({ reason })
  })

  test('gives nothing of value without saying that it buys nothing, rewards no harm, singles nobody out and how long', async () => {
    const caseId = await aCase(machine, worker)
    const { goalId } = await aWholePlan(machine, worker, caseId)
    const cash = { ...anAction(goalId), kind: 'social_protection' }
    const said = ['not_for_information', 'no_reward_for_harm', 'does_not_single_out', 'known_how_long']
    const answers = await send(
      machine,
      worker,
      rowOp(worker, 'care.edit_action', caseId, cash),
      rowOp(worker, 'care.edit_action', caseId, { ...cash, safeguards: said.slice(1) }),
      rowOp(worker, 'care.edit_action', caseId, { ...cash, safeguards: said }),
    )
    expect(answers.map((one) => ('reason' in one ? one.reason : one.answer))).toEqual([
      'aid_without_safeguards',
      'aid_without_safeguards',
      'accepted',
    ])
  })
})

test('a goal or action of a kind no list has is not taken', async () => {
  const caseId = await aCase(machine, worker)
  const { goalId } = await aWholePlan(machine, worker, caseId)
  const answers = await send(
    machine,
    worker,
    rowOp(worker, 'care.edit_goal', caseId, { ...aGoal, domain: 'ideology' }),
    rowOp(worker, 'care.edit_action', caseId, { ...anAction(goalId), kind: 'police' }),
  )
  expect(answers.map((one) => one.answer === 'malformed' && one.fields)).toEqual([['set.domain'], ['set.kind']])
})

describe('a supervisor', () => {
  test('finds the plan waiting, and approves it once', async () => {
    const { caseId, submissionId } = await aWaitingPlan()
    const team = await ask<Team>(supervisor, '/api/signatures')
    expect(team.waiting.map((one) => one.caseId)).toContain(caseId)
    const [first] = await send(machine, supervisor, await decideOp(supervisor, caseId, submissionId))
    expect(first?.answer).toBe('accepted')
    const other = await aPerson(machine, office, 'supervisor')
    const [second] = await send(machine, other, await decideOp(other, caseId, submissionId))
    expect(second).toMatchObject({ answer: 'refused', reason: 'already_decided' })
    expect((await ask<Team>(supervisor, '/api/signatures')).waiting.map((one) => one.caseId)).not.toContain(caseId)
  })

  test('returns it with a reason, which the worker reads and nobody finds in the clear', async () => {
    const { caseId, submissionId } = await aWaitingPlan()
    const without = await decideOp(supervisor, caseId, submissionId, { decision: 'returned' })
    expect((await send(machine, supervisor, without))[0]).toMatchObject({ reason: 'returned_without_reason' })
    const reason = 'Who speaks with the grandmother first?'
    await send(machine, supervisor, await decideOp(supervisor, caseId, submissionId, { decision: 'returned', reason }))
    const decision = (await rowsOf(caseId, worker)).find((row) => row.thing === 'care_decision')
    expect(decision?.fields).toMatchObject({ decision: 'returned', reason })
    const [kept] = await ownerRows(
      machine,
      `select (select json_agg(d)::text from care_decision d) || (select json_agg(l)::text from op_log l) as text`,
    )
    expect(String(kept?.text)).not.toContain('grandmother')
    expect((await send(machine, worker, submitOp(worker, caseId)))[0]?.answer).toBe('accepted')
  })

  test('answers the plan she read, not what was written meanwhile', async () => {
    const { caseId, submissionId, goalId } = await aWaitingPlan()
    const late = await decideOp(supervisor, caseId, submissionId)
    await send(machine, worker, rowOp(worker, 'care.edit_goal', caseId, { why: 'New' }, { id: goalId, baseVersion: 1 }))
    expect((await send(machine, supervisor, late))[0]).toMatchObject({ reason: 'plan_changed_meanwhile' })
  })

  test('need not answer again because an action was done', async () => {
    const { caseId, submissionId, actionId } = await aWaitingPlan()
    const seen = await plannedAt(caseId)
    await send(machine, supervisor, await decideOp(supervisor, caseId, submissionId))
    await send(
      machine,
      worker,
      rowOp(worker, 'care.edit_action', caseId, { status: 'done' }, { id: actionId, baseVersion: 1 }),
    )
    expect(await plannedAt(caseId)).toBe(seen)
  })

  test('sees what is late in her team, by worker', async () => {
    const caseId = await aCase(machine, worker)
    const task = { title: 'Call', dueAt: '2026-01-01T00:00:00Z', state: 'open' }
    await send(machine, worker, rowOp(worker, 'care.edit_task', caseId, task))
    const { late } = await ask<{ late: { caseId: string; count: number; workerId: string }[] }>(
      supervisor,
      '/api/team-day',
    )
    expect(late.filter((one) => one.caseId === caseId)).toMatchObject([{ count: 1, workerId: worker.id }])
    const elsewhere = await aPerson(machine, await anOffice(machine), 'supervisor')
    expect((await ask<Team>(elsewhere, '/api/signatures')).waiting).toEqual([])
  })

  test('cannot write the plan, and a worker cannot approve it', async () => {
    const { caseId, submissionId } = await aWaitingPlan()
    const edit = rowOp(supervisor, 'care.edit_plan', caseId, { wants: 'x' }, { id: caseId })
    expect((await send(machine, supervisor, edit))[0]?.answer).toBe('not_allowed')
    expect((await send(machine, worker, await decideOp(worker, caseId, submissionId)))[0]).toMatchObject({
      reason: 'supervisor_decides',
    })
  })

  test('gets no plan that lacks something, nor the same one twice', async () => {
    const caseId = await aCase(machine, worker)
    expect((await send(machine, worker, submitOp(worker, caseId)))[0]).toMatchObject({
      reason: 'plan_incomplete',
      details: { missing: 'wants' },
    })
    const waiting = await aWaitingPlan()
    expect((await send(machine, worker, submitOp(worker, waiting.caseId)))[0]).toMatchObject({
      reason: 'plan_waits_already',
    })
  })
})

test('the phone of the worker gets the plan with its card, and the supervisor’s word', async () => {
  const { pull } = await import('../../server/pull.ts')
  const { caseId, submissionId } = await aWaitingPlan()
  await send(machine, supervisor, await decideOp(supervisor, caseId, submissionId))
  const page = await pull(machine, worker.sid, { device: newId() as never, cursor: null }, newId())
  const things = page.put.filter((row) => row.caseId === caseId).map((row) => row.thing)
  for (const thing of ['care_plan', 'care_goal', 'care_action', 'care_submission', 'care_decision'])
    expect(things).toContain(thing)
  expect(things).not.toContain('care_note')
})
