import { expect, test } from 'vitest'
import type { Op } from '../../src/core/op.ts'
import { addMillis, type Instant } from '../../src/core/time.ts'
import { pull } from '../../src/server/pull.ts'
import { newId } from '../../src/crypto/random.ts'
import { keyOf, type Row } from '../../src/web/replica.ts'
import { checkOp } from '../assessment.ts'
import { protectOp } from '../best-interests.ts'
import { testMachine } from '../db.ts'
import { aCase, anOffice, anOp, aPerson, now, send } from '../people.ts'
import { appOf, ask } from '../running-app.ts'
import { english } from '../speech.ts'
import { nextOf } from '../../src/features/cases/screens/group-tasks.ts'
import { tasks } from '../../src/features/assessment/screens/tasks.ts'
import { type SafetyWord, unsafeSince } from '../../src/features/assessment/unsafe.ts'

// A child somebody said is not safe: first on her worker's day and on her supervisor's, by one rule, until a check says otherwise.
// It stands here because it looks at both: what the server tells, and the rules of the screens.
const machine = await testMachine()
const { app } = appOf(machine)
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const elsewhere = await aPerson(machine, await anOffice(machine), 'supervisor')

type Unsafe = { caseId: string; since: Instant }
const dayOf = async (by = supervisor) =>
  (await ask(app, by, 'GET', '/api/team-day')).json as { unsafe: Unsafe[]; late: { caseId: string; since: Instant }[] }

/** The next step of a case as her worker's phone has it. */
async function nextStep(caseId: string) {
  const page = await pull(machine, worker.sid, { device: newId() as never, cursor: null }, newId()) // just made
  const rows = new Map<string, Row>(page.put.map((row) => [keyOf(row), row]))
  // Only `t` of the words is used here.
  const due = tasks({ rows, pack: machine.pack, now: now(), speech: english() as never })
  const limit = { caseId, title: 'A limit of the law', dueAt: addMillis(now(), -86_400_000), limit: true }
  return nextOf([limit, ...due], caseId, now())?.title
}
const accepted = async (...ops: Op[]) =>
  expect((await send(machine, worker, ...ops)).map((one) => one.answer)).toEqual(ops.map(() => 'accepted'))
const notSafe = (caseId: string) =>
  anOp(worker, 'cases.edit_safe_start', { id: caseId, caseId, set: { safeNow: 'no' } }, { baseVersion: 0 })

test('a first answer "not safe" is her worker’s next step, and first on her supervisor’s day, until a check says safe', async () => {
  const caseId = await aCase(machine, worker)
  await accepted(notSafe(caseId))
  expect(await nextStep(caseId)).toBe('See that the child is safe')
  const { unsafe, late } = await dayOf()
  expect(unsafe).toEqual([
    { caseId, alias: expect.any(String), workerName: expect.any(String), since: expect.any(String) },
  ])
  // What is late is counted by the same rule.
  expect(late).toEqual([expect.objectContaining({ caseId, since: unsafe[0]?.since })])
  expect((await dayOf(elsewhere)).unsafe).toEqual([])

  await accepted(checkOp(worker, caseId))
  expect(await nextStep(caseId)).toBe('A limit of the law')
  expect((await dayOf()).unsafe).toEqual([])
})

test('an emergency is the same, and protecting ends it once a check after it says that the child is safe', async () => {
  const caseId = await aCase(machine, worker)
  const great = { harmToChild: 'emergency', at: addMillis(now(), -60_000) }
  await accepted(checkOp(worker, caseId, great))
  await accepted(protectOp(worker, caseId, { protectedAt: addMillis(now(), -30_000) }))
  expect(await nextStep(caseId)).toBe('See that the child is safe')
  expect((await dayOf()).unsafe).toMatchObject([{ caseId, since: great.at }])

  await accepted(checkOp(worker, caseId, { harmToChild: 'emergency' }))
  expect(await nextStep(caseId)).toBe('A limit of the law')
  expect((await dayOf()).unsafe).toEqual([])
})

test.each<[string, SafetyWord[], Instant | null]>([
  ['nothing more', [], '2026-03-01T00:00:00Z' as Instant],
  ['that it is not known, and the risk is high', [said('not_known', 'high')], '2026-03-01T00:00:00Z' as Instant],
  ['that it is not known, and the risk is lower', [said('not_known', 'medium')], '2026-03-01T00:00:00Z' as Instant],
  ['that the child is safe', [said('yes', 'high')], null],
  [
    'an assessment with a lower risk',
    [{ kind: 'assessed', at: at(2), harmToChild: 'low' }],
    '2026-03-01T00:00:00Z' as Instant,
  ],
  ['a protection that nobody has checked', [{ kind: 'protected', at: at(2) }], '2026-03-01T00:00:00Z' as Instant],
  ['safe, and then again not', [said('yes', 'low'), said('no', 'high', 3)], at(3)],
])('a child who was not safe, and then: %s', (_what, words, since) => {
  expect(unsafeSince({ safeNow: 'no', at: at(1) }, words)).toBe(since)
})

test.each<[string, SafetyWord[], Instant | null]>([
  ['nothing more', [], at(1)],
  ['a check that knows no more, and a lower risk', [said('not_known', 'medium')], null],
  ['an assessment with a lower risk', [{ kind: 'assessed', at: at(2), harmToChild: 'low' }], null],
  ['an assessment with a high one', [{ kind: 'assessed', at: at(2), harmToChild: 'high' }], at(1)],
])('a child who was in great danger, and then: %s', (_what, words, since) => {
  const great: SafetyWord = { kind: 'assessed', at: at(1), harmToChild: 'emergency' }
  expect(unsafeSince({ safeNow: null, at: at(1) }, [great, ...words])).toBe(since)
})

test('a first answer that is written after a check counts from when it was written', async () => {
  const caseId = await aCase(machine, worker)
  await accepted(checkOp(worker, caseId, { at: addMillis(now(), -60_000) }))
  await accepted(notSafe(caseId))
  expect(await nextStep(caseId)).toBe('See that the child is safe')
  expect((await dayOf()).unsafe).toMatchObject([{ caseId }])
  await accepted(checkOp(worker, caseId))
  expect((await dayOf()).unsafe).toEqual([])
})

function at(day: number): Instant {
  return `2026-03-0${day}T00:00:00Z` as Instant // canonical
}
function said(safeNow: 'yes' | 'no' | 'not_known', harmToChild: 'high' | 'medium' | 'low', day = 2): SafetyWord {
  return { kind: 'check', at: at(day), safeNow, harmToChild }
}
