import { describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, send, type Somebody } from '../../../test/people.ts'
import { appOf, ask } from '../../../test/running-app.ts'

// A record that is kept although nobody could be asked: it holds at once, and a second person signs within 72 hours.
const machine = await testMachine()
const { app } = appOf(machine)
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const intake = await aPerson(machine, office, 'intake')
const supervisor = await aPerson(machine, office, 'supervisor')

const said = async (by: Somebody, ...ops: ReturnType<typeof anOp>[]) =>
  (await send(machine, by, ...ops)).map((one) => ('reason' in one ? one.reason : one.answer))
const start = (by: Somebody, caseId: string, set: Record<string, unknown>) =>
  anOp(by, 'cases.edit_safe_start', { id: caseId, caseId, set }, { baseVersion: 99 })
const nobody = { basis: 'lawful_basis', basisWords: 'He does not speak yet, and his family is not found' }

type Line = { id: string; act: string; caseId: string }
const queue = async (caseId: string) =>
  ((await ask(app, supervisor, 'GET', '/api/signatures')).json as unknown as { waiting: Line[] }).waiting.filter(
    (one) => one.caseId === caseId,
  )
const why = async (caseId: string, id: string) =>
  (
    (await ask(app, supervisor, 'GET', `/api/cases/${caseId}/signatures`)).json.rows as {
      id: string
      fields: unknown
    }[]
  )
    .filter((row) => row.id === id)
    .map((row) => row.fields)[0]
async function answered(caseId: string, decision: 'signed' | 'declined'): Promise<void> {
  const [line] = await queue(caseId)
  const answer = {
    id: newId(),
    caseId,
    signatureId: line?.id,
    act: 'record_without_consent',
    decision,
    reason: 'Ask his aunt',
  }
  expect(await said(supervisor, anOp(supervisor, 'signatures.answer', answer))).toEqual(['accepted'])
}

describe('a safe start without anybody who could be asked', () => {
  test('stands at once, and waits among her supervisor’s signatures with why', async () => {
    const caseId = await aCase(machine, worker)
    expect(await said(worker, start(worker, caseId, nobody))).toEqual(['accepted'])
    const [line, ...more] = await queue(caseId)
    expect(line).toMatchObject({ act: 'record_without_consent' })
    expect(more).toEqual([])
    expect(await why(caseId, line?.id ?? '')).toMatchObject({ why: nobody.basisWords, answer: null })
    const { json } = await ask(app, worker, 'GET', `/api/cases/${caseId}`)
    expect(json.safeStart).toMatchObject({ fields: { basis: 'lawful_basis' } })
  })

  test('is asked for once while it waits, and anew after it was declined or somebody had agreed meanwhile', async () => {
    const caseId = await aCase(machine, worker)
    await said(worker, start(worker, caseId, nobody), start(worker, caseId, nobody))
    expect(await queue(caseId)).toHaveLength(1)
    await answered(caseId, 'declined')
    await said(worker, start(worker, caseId, nobody))
    expect(await queue(caseId)).toHaveLength(1)
    await answered(caseId, 'signed')
    await said(worker, start(worker, caseId, { basis: 'lawful_basis', basisWords: 'Still nobody' }))
    expect(await queue(caseId)).toEqual([])
    await said(worker, start(worker, caseId, { basis: 'consent' }), start(worker, caseId, nobody))
    expect(await queue(caseId)).toHaveLength(1)
  })

  test('is asked for by whoever took the first call too, and not again by the worker who gets the case', async () => {
    const caseId = await aCase(machine, intake)
    const nothing = { safeNow: null, safeWords: null, howKnown: null, howKnownWords: null }
    const first = anOp(intake, 'cases.write_first_answers', { id: newId(), caseId, ...nothing, ...nobody })
    expect(await said(intake, first)).toEqual(['accepted'])
    const [line] = await queue(caseId)
    expect(await why(caseId, line?.id ?? '')).toMatchObject({ why: nobody.basisWords })
    const to = { caseId, personId: worker.id, teamId: office.teamId }
    await said(supervisor, anOp(supervisor, 'cases.assign', to))
    expect(await said(worker, start(worker, caseId, nobody))).toEqual(['accepted'])
    expect(await queue(caseId)).toHaveLength(1)
  })
})
