import { describe, expect, test } from 'vitest'
import { testMachine } from '../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, contactOp, now, ownerRows, send } from '../../test/people.ts'
import { pulling } from '../../test/pulling.ts'
import { ask } from '../../test/running-app.ts'
import { english } from '../../test/speech.ts'
import { LEAST_PROTOCOL, PROTOCOL } from '../core/protocol.ts'
import { newId } from '../crypto/random.ts'
import { OpIdReused } from './op-log.ts'
import { makeWholeApp } from './whole-app.ts'

const machine = await testMachine()
const app = makeWholeApp(machine, 'dist/web')
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const caseId = await aCase(machine, worker)

/** As phones wrote it two versions ago: kept as they were, and never made to follow the schema. */
const TWO_AGO = {
  check: () => ({
    id: newId(),
    caseId,
    at: now(),
    how: 'seen',
    safeNow: 'no',
    risk: 'high',
    nextOn: null,
    childSaidOn: null,
    childSays: 'I sleep at my aunt’s',
    dangers: 'nobody is at home at night',
    done: 'the aunt stays with her',
  }),
  conclusion: () => ({
    id: newId(),
    caseId,
    roundId: caseId,
    risk: 'medium',
    childSaidOn: null,
    childSilent: 'not_asked_yet',
    conclusion: 'she is with her aunt',
    childSays: null,
  }),
  closing: () => ({ caseId, reason: 'goals_reached' }),
}

/** As they wrote it one version ago: today's names, and no operation said its version. */
const ONE_AGO = {
  check: () => ({
    id: newId(),
    caseId,
    at: now(),
    how: 'seen',
    safeNow: 'no',
    harmToChild: 'high',
    nextOn: null,
    childSaidOn: null,
    childSays: 'I sleep at my aunt’s',
    couldHarm: 'nobody is at home at night',
    done: 'the aunt stays with her',
  }),
  agreement: () => ({ id: newId(), caseId }),
}

const { fetch } = pulling(machine)

/** What the phone of the worker is told of one row. */
async function told(thing: string, id: string) {
  const { put } = await fetch(await freshPhone(), null)
  return put.find((row) => row.thing === thing && row.id === id)?.fields
}
const freshPhone = async () => ({ ...worker, device: newId() })

describe('what an older phone wrote is taken with the same meaning', () => {
  test.each([
    ['two versions ago', 'assessment.check_safety', TWO_AGO.check()],
    ['one version ago', 'assessment.check_safety', ONE_AGO.check()],
    ['today', 'assessment.check_safety@2', ONE_AGO.check()],
  ])('a safety check of %s', async (_when, type, payload) => {
    const [answer] = await send(machine, worker, anOp(worker, type, payload))
    expect(answer?.answer).toBe('accepted')
    expect(await told('safety_check', payload.id)).toMatchObject({
      harmToChild: 'high',
      couldHarm: 'nobody is at home at night',
      done: 'the aunt stays with her',
      childSays: 'I sleep at my aunt’s',
    })
  })

  test('a conclusion of two versions ago meets the rule that today’s meets', async () => {
    const { risk, ...same } = TWO_AGO.conclusion()
    const [old] = await send(machine, worker, anOp(worker, 'assessment.submit', { ...same, risk }))
    const [today] = await send(machine, worker, anOp(worker, 'assessment.submit@2', { ...same, harmToChild: risk }))
    expect(old).toMatchObject({ answer: 'refused', reason: 'assessment_incomplete' })
    expect({ ...old, opId: null }).toEqual({ ...today, opId: null })
  })

  test('it is known again by what was sent, and has one effect; the ledger calls it by its plain name', async () => {
    const op = anOp(worker, 'assessment.check_safety', TWO_AGO.check())
    const [first] = await send(machine, worker, op)
    expect(await send(machine, worker, op)).toEqual([first])
    await expect(send(machine, worker, { ...op, payload: { ...ONE_AGO.check(), id: op.payload.id } })).rejects.toThrow(
      OpIdReused,
    )
    const versioned = anOp(worker, 'assessment.check_safety@2', ONE_AGO.check())
    await send(machine, worker, versioned)
    expect(
      await ownerRows(machine, `select distinct type from op_log where op_id in ('${op.opId}', '${versioned.opId}')`),
    ).toEqual([{ type: 'assessment.check_safety' }])
  })
})

describe('what can be taken no longer is refused with a sentence', () => {
  test.each([
    ['a closing by one word, two versions ago', 'cases.close_case', TWO_AGO.closing()],
    ['an agreement in advance, one version ago', 'justice.agree_without_victim', ONE_AGO.agreement()],
    [
      'a signature under the decisions of a conference',
      'signatures.answer',
      { id: newId(), caseId, signatureId: newId(), act: 'conference_decisions', decision: 'signed', reason: null },
    ],
  ])('%s', async (_what, type, payload) => {
    const op = anOp(supervisor, type, payload)
    const [answer] = await send(machine, supervisor, op)
    expect(answer).toEqual({ opId: op.opId, answer: 'refused', reason: 'no_longer_taken', details: {} })
    expect(await send(machine, supervisor, op)).toEqual([answer])
    expect(english().find('refused.no_longer_taken')).toMatch(/Your words stand here/)
  })

  test('a version still to come is not guessed at, and waits for a server that knows it', async () => {
    const [answer] = await send(machine, worker, anOp(worker, 'assessment.check_safety@3', ONE_AGO.check()))
    expect(answer).toMatchObject({ answer: 'retry', why: 'server_older' })
    expect(await ownerRows(machine, `select from op_log where op_id = '${answer?.opId ?? ''}'`)).toEqual([])
  })
})

describe('a phone whose program is too old for this server', () => {
  const say = (protocol: string, path: string, body: unknown) =>
    ask(app, worker, 'POST', path, { body: JSON.stringify(body), headers: { 'x-kembali': protocol } })

  test('is told which is the least, and nothing is taken from it or sent to it', async () => {
    const op = contactOp(worker, caseId)
    for (const [path, body] of [
      ['/api/operations', { operations: [op] }],
      ['/api/pull', { device: worker.device, cursor: null }],
    ] as const) {
      const { status, json } = await say(String(LEAST_PROTOCOL - 1), path, body)
      expect({ status, json }).toMatchObject({ status: 426, json: { error: 'phone_too_old', least: LEAST_PROTOCOL } })
    }
    expect(await ownerRows(machine, `select from op_log where op_id = '${op.opId}'`)).toEqual([])
    // The same operation, once its program has been renewed.
    const { json } = await say(String(PROTOCOL), '/api/operations', { operations: [op] })
    expect(json).toMatchObject({ answers: [{ answer: 'accepted' }] })
  })

  test('is not one of the two versions before this one', async () => {
    for (let protocol = PROTOCOL; protocol >= Math.max(1, PROTOCOL - 2); protocol -= 1)
      expect((await say(String(protocol), '/api/pull', { device: newId(), cursor: null })).status).toBe(200)
  })
})
