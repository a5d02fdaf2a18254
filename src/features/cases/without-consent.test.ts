import { describe, expect, test } from 'vitest'
import type { DecideContext } from '../../core/op.ts'
import { newId } from '../../crypto/random.ts'
import { aConsent, consentOp, withdrawOp } from '../../../test/consent.ts'
import { pull } from '../../server/pull.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, ownerRows, send, type Somebody } from '../../../test/people.ts'
import { appOf, ask } from '../../../test/running-app.ts'
import { editSafeStart } from './ops.ts'

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

const record = {
  purpose: 'case_management',
  text: 'case_management_1',
  recipient: null,
  organisation: null,
  capacity: '15_17',
}
const no = { ...record, child: 'refuses' }
const aGirl = () => aCase(machine, worker, { sex: 'female', ageBand: '15_17' })
/** A girl whose record is kept by law, as a second person has signed. */
async function keptByLaw(): Promise<string> {
  const caseId = await aGirl()
  expect(await said(worker, start(worker, caseId, nobody))).toEqual(['accepted'])
  await answered(caseId, 'signed')
  return caseId
}
const basisOf = async (caseId: string) =>
  (await ownerRows(machine, `select basis from safe_start where case_id = '${caseId}'`))[0]?.basis ?? null

test('that a record is kept without consent, and the answer, stands on the path of its own readers alone', async () => {
  const caseId = await keptByLaw()
  const school = await aPerson(machine, await anOffice(machine, 'education'), 'school')
  await asOwner(
    machine,
    `insert into sharing_grant (id, case_id, person_id, sector, part, purpose, basis, starts_at, ends_at)
     values (gen_random_uuid(), '${caseId}', '${school.id}', 'education', 'case', 'transfer', 'best_interests', now(), now() + interval '9 days')`,
  )
  const path = async (by: Somebody) => {
    const { status, text } = await ask(app, by, 'GET', `/api/cases/${caseId}`)
    expect(status).toBe(200)
    return text
  }
  // Whom its worker telephoned about it, and what was said, tells the same.
  const asked = await ownerRows(machine, `select id from second_signature where case_id = '${caseId}'`)
  const call = {
    id: newId(),
    caseId,
    signatureId: asked[0]?.id,
    act: 'record_without_consent',
    personId: supervisor.id,
  }
  const talk = { ...call, who: null, at: new Date().toISOString(), said: 'not_reached', words: 'Nobody picked up' }
  expect(await said(worker, anOp(worker, 'signatures.note_talk', talk))).toEqual(['accepted'])
  for (const by of [worker, supervisor]) {
    expect(await path(by)).toContain('"act":"record_without_consent"')
    expect(await path(by)).toContain('signatures.note_talk')
  }
  expect(await path(school)).not.toContain('signatures.note_talk')
  expect(await path(school)).not.toContain('record_without_consent')
})

describe('a stand-in who is called for such a record', () => {
  test('reads the request, signs it, and opens nothing else of the file; the phone holds no why', async () => {
    const caseId = await aCase(machine, intake)
    const nothing = { safeNow: null, safeWords: null, howKnown: null, howKnownWords: null }
    await said(intake, anOp(intake, 'cases.write_first_answers', { id: newId(), caseId, ...nothing, ...nobody }))
    const to = { caseId, personId: worker.id, teamId: office.teamId }
    await said(supervisor, anOp(supervisor, 'cases.assign', to))
    const standIn = await aPerson(machine, office, 'supervisor')
    await asOwner(machine, `delete from team_member where person_id = '${standIn.id}'`)
    const [line] = await queue(caseId)
    const seen = async () =>
      ((await ask(app, standIn, 'GET', `/api/cases/${caseId}/signatures`)).json.rows ?? []) as { fields: object }[]
    await asOwner(
      machine,
      `insert into signature_call (signature_id, case_id, person_id) values ('${line?.id}', '${caseId}', '${standIn.id}')`,
    )
    expect((await seen()).map((row) => row.fields)).toMatchObject([{ why: nobody.basisWords }])
    const parts = await ownerRows(
      machine,
      `select part from access where actor = '${standIn.id}' and case_id = '${caseId}'`,
    )
    expect(new Set(parts.map((row) => row.part))).toEqual(new Set(['case']))
    const held = await pull(machine, worker.sid, { device: newId() as never, cursor: null }, newId())
    const onPhone = held.put.filter((row) => row.thing === 'second_signature' && row.caseId === caseId)
    expect(onPhone.map((row) => row.fields)).toMatchObject([{ act: 'record_without_consent', why: null }])
    const [id, act] = [newId(), 'record_without_consent']
    const answer = { id, caseId, signatureId: line?.id, act, decision: 'signed', reason: null }
    expect(await said(standIn, anOp(standIn, 'signatures.answer', answer))).toEqual(['accepted'])
  })

  test('is another than one who was called for something else: that one sees and answers nothing of it', async () => {
    const caseId = await aCase(machine, worker)
    await said(worker, start(worker, caseId, nobody))
    const [line] = await queue(caseId)
    const other = newId()
    await said(worker, anOp(worker, 'justice.ask_without_victim', { id: other, caseId, why: 'Why' }))
    const standIn = await aPerson(machine, office, 'supervisor')
    await asOwner(machine, `delete from team_member where person_id = '${standIn.id}'`)
    await asOwner(
      machine,
      `insert into signature_call (signature_id, case_id, person_id) values ('${other}', '${caseId}', '${standIn.id}')`,
    )
    const { json } = await ask(app, standIn, 'GET', `/api/cases/${caseId}/signatures`)
    expect((json.rows as { id: string }[]).map((row) => row.id)).toEqual([other])
    const [id, act] = [newId(), 'record_without_consent']
    const answer = { id, caseId, signatureId: line?.id, act, decision: 'signed', reason: null }
    expect(await said(standIn, anOp(standIn, 'signatures.answer', answer))).toEqual(['not_allowed'])
  })
})

describe('a signature that was given', () => {
  test('counts while the answer stands, also when only its words are written again', async () => {
    const caseId = await keptByLaw()
    expect(await said(worker, start(worker, caseId, nobody))).toEqual(['accepted'])
    expect(await said(worker, start(worker, caseId, { basisWords: 'His family is still not found' }))).toEqual([
      'accepted',
    ])
    expect(await queue(caseId)).toEqual([])
  })

  test('counts no more after a yes that the child took back', async () => {
    const caseId = await keptByLaw()
    const yes = await aConsent(machine, worker, caseId, record)
    expect(await said(worker, withdrawOp(worker, caseId, yes))).toEqual(['accepted'])
    expect(await basisOf(caseId)).toBe('not_yet')
    expect(await said(worker, start(worker, caseId, nobody))).toEqual(['accepted'])
    expect(await queue(caseId)).toHaveLength(1)
    expect(await said(worker, start(worker, caseId, nobody))).toEqual(['accepted'])
    expect(await queue(caseId)).toHaveLength(1)
  })

  test.each([['consent'], ['not_yet'], [null]])('counts no more once the answer was %s', async (basis) => {
    const caseId = await keptByLaw()
    const others = basis === 'consent' ? ['consent', 'not_yet'] : [basis]
    for (const other of others) await said(worker, start(worker, caseId, { basis: other }))
    expect(await said(worker, start(worker, caseId, nobody))).toEqual(['accepted'])
    expect(await queue(caseId)).toHaveLength(1)
  })

  test.each([
    ['the answer', nobody],
    ['its words alone', { basisWords: 'She is not asked again' }],
  ])('counts no more after a no in the ledger: asked anew with %s', async (_what, set) => {
    const caseId = await keptByLaw()
    // A phone says itself when she was asked: an hour before the signature does not make the no older than it.
    const askedAt = new Date(Date.now() - 3_600_000).toISOString()
    await aConsent(machine, worker, caseId, { ...no, askedAt })
    expect(await basisOf(caseId)).toBe('lawful_basis')
    // She could be asked: the no itself asks, with the words that stand, and once.
    const [line] = await queue(caseId)
    expect(await why(caseId, line?.id ?? '')).toMatchObject({ why: nobody.basisWords })
    expect(await said(worker, start(worker, caseId, set))).toEqual(['accepted'])
    expect(await queue(caseId)).toHaveLength(1)
    await answered(caseId, 'signed')
    expect(await said(worker, start(worker, caseId, nobody))).toEqual(['accepted'])
    expect(await queue(caseId)).toEqual([])
  })

  test('counts no more after a no that its key worker in the shelter heard, in the file or of a first call', async () => {
    const house = await anOffice(machine)
    const keyWorker = await aPerson(machine, house, 'shelter_worker')
    const nothing = { safeNow: null, safeWords: null, howKnown: null, howKnownWords: null }
    const [inFile, ofCall] = [await keptByLaw(), await aGirl()]
    const first = { id: newId(), caseId: ofCall, ...nothing, ...nobody }
    expect(await said(worker, anOp(worker, 'cases.write_first_answers', first))).toEqual(['accepted'])
    await answered(ofCall, 'signed')
    const agreed = await aGirl()
    await said(worker, start(worker, agreed, { basis: 'consent' }))
    for (const caseId of [inFile, ofCall, agreed]) {
      await asOwner(
        machine,
        `insert into case_team (case_id, person_id, sector, role) values ('${caseId}', '${keyWorker.id}', '${house.sector}', 'shelter_worker')`,
      )
      await aConsent(machine, keyWorker, caseId, no)
    }
    expect([await queue(inFile), await queue(ofCall), await queue(agreed)].map((lines) => lines.length)).toEqual([
      1, 1, 0,
    ])
    // She asked for it, and reads nothing of it.
    const { json } = await ask(app, keyWorker, 'GET', `/api/cases/${ofCall}/signatures`)
    expect(json.rows).toEqual([])
    await aConsent(machine, keyWorker, inFile, no)
    expect(await queue(inFile)).toHaveLength(1)
    await answered(inFile, 'signed')
  })

  test('counts no more after a no that comes with the answer, in one batch', async () => {
    const caseId = await keptByLaw()
    const both = [consentOp(worker, caseId, no), start(worker, caseId, nobody)]
    expect(await said(worker, ...both)).toEqual(['accepted', 'accepted'])
    expect(await queue(caseId)).toHaveLength(1)
  })

  test('of a first call counts for the worker who writes the same, and not after a no', async () => {
    const nothing = { safeNow: null, safeWords: null, howKnown: null, howKnownWords: null }
    const [heard, unheard] = [await aGirl(), await aGirl()]
    for (const caseId of [heard, unheard]) {
      const first = anOp(worker, 'cases.write_first_answers', { id: newId(), caseId, ...nothing, ...nobody })
      expect(await said(worker, first)).toEqual(['accepted'])
      await answered(caseId, 'signed')
    }
    await aConsent(machine, worker, heard, no)
    for (const caseId of [heard, unheard])
      expect(await said(worker, start(worker, caseId, nobody))).toEqual(['accepted'])
    expect(await queue(heard)).toHaveLength(1)
    expect(await queue(unheard)).toEqual([])
  })
})

describe('a no in the ledger', () => {
  test.each([['consent'], ['assent']])('is not written over by %s in the safe start', async (basis) => {
    const caseId = await aGirl()
    expect(await said(worker, start(worker, caseId, { basis }))).toEqual(['accepted'])
    await aConsent(machine, worker, caseId, no)
    expect(await said(worker, start(worker, caseId, { basis }))).toEqual(['said_no_to_record'])
    const yes = await aConsent(machine, worker, caseId, record)
    expect(await said(worker, start(worker, caseId, { basis }))).toEqual(['accepted'])
    await said(worker, withdrawOp(worker, caseId, yes))
    expect(await said(worker, start(worker, caseId, { basis }))).toEqual(['said_no_to_record'])
    expect(await basisOf(caseId)).toBe('not_yet')
    // Whether the child is safe is asked all the same.
    expect(await said(worker, start(worker, caseId, { safeNow: 'yes' }))).toEqual(['accepted'])
  })

  test('is not written over by a yes of before it, that comes late from a phone', async () => {
    const caseId = await aGirl()
    await aConsent(machine, worker, caseId, no)
    await aConsent(machine, worker, caseId, { ...record, askedAt: new Date(Date.now() - 3_600_000).toISOString() })
    expect(await basisOf(caseId)).not.toBe('assent')
  })

  test('is left to the server by a phone, which decides without it', () => {
    const [caseId, by] = [newId(), { role: 'case_worker' } as DecideContext]
    const edit = { id: caseId, caseId, set: { basis: 'consent' } }
    expect(editSafeStart.decide(edit, { closedAt: null }, by).ok).toBe(true)
    const refused = { ok: false, refusal: { reason: 'said_no_to_record' } }
    expect(editSafeStart.decide(edit, { closedAt: null, saidNoToRecord: true }, by)).toEqual(refused)
  })
})

describe('a difference about who agrees', () => {
  const conflictOf = async (caseId: string) =>
    (await ownerRows(machine, `select id from conflict where case_id = '${caseId}'`))[0]?.id
  const differs = async (caseId: string, basis: string) => {
    await said(worker, start(worker, caseId, { basis: 'not_yet' }))
    const late = { id: caseId, caseId, set: { basis, basisWords: nobody.basisWords } }
    await said(worker, anOp(worker, 'cases.edit_safe_start', late, { baseVersion: 0 }))
    const settled = { conflictId: await conflictOf(caseId), caseId, keep: 'mine', both: null }
    return anOp(worker, 'cases.settle_difference', settled)
  }

  test('is no way round a no: it ends, and what stands stays', async () => {
    const caseId = await aGirl()
    const settle = await differs(caseId, 'consent')
    await aConsent(machine, worker, caseId, no)
    expect(await said(worker, settle)).toEqual(['accepted'])
    expect(await basisOf(caseId)).toBe('not_yet')
  })

  test('is no way round a second person', async () => {
    const caseId = await aGirl()
    const settle = await differs(caseId, 'lawful_basis')
    await answered(caseId, 'signed')
    expect(await said(worker, settle)).toEqual(['accepted'])
    expect(await basisOf(caseId)).toBe('lawful_basis')
    expect(await queue(caseId)).toHaveLength(1)
  })
})
