import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Op } from '../../src/core/op.ts'
import { addMillis, type Instant } from '../../src/core/time.ts'
import { asPerson } from '../../src/server/as-person.ts'
import { pull } from '../../src/server/pull.ts'
import { newId } from '../../src/crypto/random.ts'
import { keyOf, type Row } from '../../src/web/replica.ts'
import { checkOp, submitOp, wholeAssessment } from '../assessment.ts'
import { protectOp } from '../best-interests.ts'
import { testMachine } from '../db.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, now, send } from '../people.ts'
import { appOf, ask } from '../running-app.ts'
import { english } from '../speech.ts'
import { first, saidUnsafe } from '../../src/features/cases/first-answers-store.ts'
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

test.each<[string, SafetyWord, Instant | null]>([
  ['another could not know of it', { ...said('yes', 'low', 2), by: 'b' }, at(1)],
  ['another had heard of it', { ...said('yes', 'low', 4), by: 'b' }, null],
  ['it is her own word', { ...said('yes', 'low', 2), by: 'a' }, null],
  ['this phone has just written it', said('yes', 'low', 2), null],
])('a word that came late on the third day, and then safe: %s', (_what, safe, since) => {
  const late: SafetyWord = { ...said('no', 'emergency', 1), by: 'a', heardAt: at(3) }
  expect(unsafeSince({ safeNow: null, at: at(1) }, [late, safe])).toBe(since)
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

test('a lower risk from a phone without a line does not end the danger that was seen meanwhile', async () => {
  const caseId = await aCase(machine, worker)
  const colleague = await aPerson(machine, office, 'case_worker')
  await asOwner(
    machine,
    `insert into case_team (case_id, person_id, sector, role) values ('${caseId}', '${colleague.id}', 'child_protection', 'case_worker')`,
  )
  const ago = (minutes: number) => addMillis(now(), -minutes * 60_000)
  const danger = ago(10)
  await accepted(checkOp(worker, caseId, { at: danger, safeNow: 'not_known', harmToChild: 'emergency' }))
  // Written twenty minutes ago in the field, and sent only now: the server has it after the danger.
  const sheets = wholeAssessment(colleague, caseId).map((op) => ({
    ...op,
    payload: { ...op.payload, at: ago(25) },
    claimedAt: ago(25),
  }))
  const submission = { ...submitOp(colleague, caseId, { harmToChild: 'low' }), claimedAt: ago(20) }
  const answers = await send(machine, colleague, ...sheets, submission)
  expect(answers.filter((one) => one.answer !== 'accepted')).toEqual([])
  expect((await dayOf()).unsafe).toMatchObject([{ caseId, since: danger }])
  expect(await nextStep(caseId)).toBe('See that the child is safe')
  await send(machine, colleague, checkOp(colleague, caseId, { at: now() }))
  expect((await dayOf()).unsafe).toEqual([])
})

test('a "not safe" that comes late is ended by nobody who could not know of it, and by whoever says it herself', async () => {
  const caseId = await aCase(machine, worker)
  const colleague = await aPerson(machine, office, 'case_worker')
  await asOwner(
    machine,
    `insert into case_team (case_id, person_id, sector, role) values ('${caseId}', '${colleague.id}', 'child_protection', 'case_worker')`,
  )
  const ago = (minutes: number) => addMillis(now(), -minutes * 60_000)
  const [seen] = await send(machine, colleague, checkOp(colleague, caseId, { at: ago(10) }))
  expect(seen?.answer).toBe('accepted')
  // Written in the field twenty minutes ago, and sent only now.
  const late = ago(20)
  await accepted(
    checkOp(worker, caseId, { at: late, safeNow: 'no', harmToChild: 'high', done: 'She sleeps at her aunt’s' }),
  )
  expect(await nextStep(caseId)).toBe('See that the child is safe')
  expect((await dayOf()).unsafe).toMatchObject([{ caseId, since: late }])
  await accepted(checkOp(worker, caseId, { at: ago(5) }))
  expect((await dayOf()).unsafe).toEqual([])
  expect(await nextStep(caseId)).toBe('A limit of the law')

  // The first answer of all the same: it was written before the check, and nobody had heard of it.
  const first = { ...notSafe(caseId), claimedAt: ago(30) }
  await accepted(first)
  expect((await dayOf()).unsafe).toEqual([])
  const other = await aCase(machine, worker)
  await asOwner(
    machine,
    `insert into case_team (case_id, person_id, sector, role) values ('${other}', '${colleague.id}', 'child_protection', 'case_worker')`,
  )
  await send(machine, colleague, checkOp(colleague, other, { at: ago(10) }))
  await accepted({ ...notSafe(other), claimedAt: ago(30) })
  expect((await dayOf()).unsafe).toMatchObject([{ caseId: other }])
  expect(await nextStep(other)).toBe('See that the child is safe')
  await send(machine, colleague, checkOp(colleague, other, { at: now() }))
  expect((await dayOf()).unsafe).toEqual([])
})

test('the log is not looked into where nobody says that a child is not safe', async () => {
  const [safe, unsafe] = [await aCase(machine, worker), await aCase(machine, worker)]
  await accepted(checkOp(worker, safe))
  await accepted(notSafe(unsafe))
  const plan = (caseId: string) =>
    asPerson(machine.db, worker.sid, null, async (tx) => {
      const { rows } = await sql<{ [line: string]: string }>`explain (analyze, costs off, timing off, summary off)
        select said_unsafe.at from child_case c left join safe_start s on s.case_id = c.id
          ${first(sql`false`)} ${saidUnsafe} where c.id = ${caseId}`.execute(tx)
      const lines = rows.flatMap((row) => Object.values(row))
      return lines.filter((line) => /Scan.* on op_log l /.test(line)).map((line) => line.includes('never executed'))
    })
  expect(await plan(safe)).toEqual([true])
  expect(await plan(unsafe)).toEqual([false])
  await accepted(checkOp(worker, unsafe))
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
function said(
  safeNow: 'yes' | 'no' | 'not_known',
  harmToChild: 'emergency' | 'high' | 'medium' | 'low',
  day = 2,
): SafetyWord {
  return { kind: 'check', at: at(day), safeNow, harmToChild }
}
