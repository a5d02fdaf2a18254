import { describe, expect, test } from 'vitest'
import { newId } from '../../src/crypto/random.ts'
import { pull } from '../../src/server/pull.ts'
import { testMachine } from '../db.ts'
import { aRecordOp } from '../best-interests.ts'
import { rowOp } from '../care.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, ownerRows, send, type Somebody } from '../people.ts'
import { appOf, ask } from '../running-app.ts'

// The people around a child, cases that belong together, and the way back to a family.
const { app, machine } = appOf(await testMachine())
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const elsewhere = await anOffice(machine)
const stranger = await aPerson(machine, elsewhere, 'case_worker')

const aPersonOf = (over: Record<string, unknown> = {}) => ({
  state: 'now',
  relation: 'aunt',
  roles: ['caregiver'],
  inHousehold: true,
  mayBeCalled: 'any_time',
  callName: 'Bibi Sum',
  phone: '0811 000 417',
  ...over,
})
const personOp = (caseId: string, over: Record<string, unknown> = {}) =>
  rowOp(worker, 'family.edit_person', caseId, aPersonOf(over))
const rowsOf = async (by: Somebody, caseId: string) => {
  const { json } = await ask(app, by, 'GET', `/api/cases/${caseId}/family`)
  return json.rows as { thing: string; id: string; fields: Record<string, unknown> }[]
}
const onPhone = async (by: Somebody, caseId: string) =>
  (await pull(machine, by.sid, { device: newId() as never, cursor: null }, newId())).put.filter(
    (row) => row.caseId === caseId,
  )
const aliasOf = async (caseId: string) =>
  String((await ownerRows(machine, `select alias from child_case where id = '${caseId}'`))[0]?.alias)

describe('people around a child', () => {
  test('are written down and read by worker and supervisor, and lie sealed', async () => {
    const caseId = await aCase(machine, worker)
    expect((await send(machine, worker, personOp(caseId)))[0]?.answer).toBe('accepted')
    for (const by of [worker, supervisor])
      expect((await rowsOf(by, caseId)).find((row) => row.thing === 'family_person')?.fields).toMatchObject({
        callName: 'Bibi Sum',
        phone: '0811 000 417',
      })
    expect((await ask(app, stranger, 'GET', `/api/cases/${caseId}/family`)).status).toBe(404)
    const [kept] = await ownerRows(
      machine,
      `select json_agg(p)::text || (select json_agg(l)::text from op_log l) as text from family_person p`,
    )
    for (const secret of ['Bibi Sum', '0811 000 417']) expect(String(kept?.text)).not.toContain(secret)
  })

  test('stand on the phone with a number only where a call does no harm', async () => {
    const caseId = await aCase(machine, worker)
    const calls = async () =>
      (await onPhone(worker, caseId)).filter((row) => row.thing === 'family_call').map((row) => row.fields.phone)
    const aunt = personOp(caseId)
    await send(machine, worker, aunt, personOp(caseId, { mayBeCalled: 'never', phone: '0811 000 999', callName: 'Om' }))
    expect((await calls()).toSorted()).toEqual(['0811 000 417', null])
    expect((await onPhone(worker, caseId)).map((row) => row.thing)).not.toContain('family_person')
    // Whoever may not be called any more leaves the phone without her number.
    const never = rowOp(
      worker,
      'family.edit_person',
      caseId,
      { mayBeCalled: 'never' },
      { id: String(aunt.payload.id), baseVersion: 1 },
    )
    await send(machine, worker, never)
    expect(await calls()).toEqual([null, null])
  })

  test('of a threatened child leave no number on any phone, and stay with whoever opens the file', async () => {
    const caseId = await aCase(machine, worker, { threatened: true })
    await send(machine, worker, personOp(caseId), anOp(worker, 'cases.take_along', { caseId, take: true }))
    expect(JSON.stringify(await onPhone(worker, caseId))).not.toMatch(/Bibi Sum|0811/)
    expect(JSON.stringify(await rowsOf(worker, caseId))).toContain('Bibi Sum')
  })

  test.each([
    ['without what the child calls her', { callName: '' }, 'person_without_name'],
    ['to be called at times, without saying when', { mayBeCalled: 'at_times' }, 'called_when'],
  ])('are not taken %s', async (_what, over, reason) => {
    const caseId = await aCase(machine, worker)
    expect((await send(machine, worker, personOp(caseId, over)))[0]).toMatchObject({ reason })
  })
})

describe('two cases that belong together', () => {
  const askOp = (by: Somebody, caseId: string, alias: string, relation = 'sibling') =>
    anOp(by, 'family.request_link', { id: newId(), caseId, alias, relation })
  const linksOf = async (by: Somebody, caseId: string) =>
    (await rowsOf(by, caseId)).filter((row) => row.thing === 'family_link')
  const answerOp = (by: Somebody, caseId: string, linkId: unknown, decision = 'agreed') =>
    anOp(by, 'family.answer_link', { caseId, linkId, decision })

  async function link(a: string, b: string, relation: string): Promise<string | undefined> {
    await send(machine, worker, askOp(worker, a, await aliasOf(b), relation))
    const asked = (await linksOf(stranger, b)).find((row) => row.fields.state === 'waiting')
    const [answer] = await send(machine, stranger, answerOp(stranger, b, asked?.id))
    return answer?.answer === 'refused' ? answer.reason : answer?.answer
  }

  test('are linked when both workers agree, and neither file opens to the other', async () => {
    const [mine, hers] = [await aCase(machine, worker), await aCase(machine, stranger)]
    await send(machine, worker, askOp(worker, mine, await aliasOf(hers)))
    const [before] = await linksOf(worker, mine)
    const [asked] = await linksOf(stranger, hers)
    expect(before?.fields).toMatchObject({ state: 'waiting', alias: null, worker: null, office: null })
    expect(asked?.fields).toMatchObject({ state: 'waiting', alias: null, worker: 'Somebody', side: 'was_asked' })
    expect((await send(machine, stranger, answerOp(stranger, hers, asked?.id)))[0]?.answer).toBe('accepted')
    expect((await linksOf(worker, mine))[0]?.fields).toMatchObject({ state: 'agreed', alias: await aliasOf(hers) })
    expect((await linksOf(stranger, hers))[0]?.fields).toMatchObject({ state: 'agreed', alias: await aliasOf(mine) })
    expect((await ask(app, worker, 'GET', `/api/cases/${hers}`)).status).toBe(404)
    expect((await ask(app, stranger, 'GET', `/api/cases/${mine}`)).status).toBe(404)
    expect((await send(machine, worker, personOp(hers)))[0]?.answer).toBe('not_allowed')
  })

  test('are asked about without learning whether there is such a case: the same answer, the same row, and a no looks like silence', async () => {
    const [mine, hers] = [await aCase(machine, worker), await aCase(machine, stranger)]
    const answers = await send(
      machine,
      worker,
      askOp(worker, mine, await aliasOf(hers)),
      askOp(worker, mine, 'Nobody Atall'),
    )
    expect(answers.map((one) => ({ ...one, opId: null }))[0]).toEqual({ ...answers[1], opId: null })
    const [asked] = await linksOf(stranger, hers)
    await send(machine, stranger, answerOp(stranger, hers, asked?.id, 'declined'))
    const seen = (await linksOf(worker, mine)).map(({ fields: { id: _id, askedAt: _at, ...rest } }) => rest)
    expect(seen[0]).toEqual(seen[1])
    await expect(
      ownerRows(machine, `select has_column_privilege('k_app', 'family_link', 'other_case', 'select') as may`),
    ).resolves.toEqual([{ may: false }])
  })

  test('tell a person who is kept away from the other child nothing of it, and nobody where a threatened child is cared for', async () => {
    const [mine, hers] = [await aCase(machine, worker), await aCase(machine, stranger)]
    await link(mine, hers, 'sibling')
    const seen = async (by: Somebody) => (await linksOf(by, mine))[0]?.fields
    expect(await seen(worker)).toMatchObject({ alias: await aliasOf(hers), worker: 'Somebody' })
    await asOwner(machine, `update child_case set threatened = true where id = '${hers}'`)
    expect(await seen(worker)).toMatchObject({ alias: await aliasOf(hers), worker: null, office: null })
    await asOwner(machine, `insert into case_exclusion (case_id, person_id) values ('${hers}', '${supervisor.id}')`)
    expect(await seen(supervisor)).toMatchObject({ alias: null, worker: null, office: null })
  })

  test('end for both when one of them says so', async () => {
    const [mine, hers] = [await aCase(machine, worker), await aCase(machine, stranger)]
    await link(mine, hers, 'sibling')
    const [own] = await linksOf(worker, mine)
    expect(
      (await send(machine, worker, anOp(worker, 'family.end_link', { caseId: mine, linkId: own?.id })))[0]?.answer,
    ).toBe('accepted')
    expect((await linksOf(stranger, hers))[0]?.fields).toMatchObject({ state: 'ended', alias: null })
  })

  test('never make a circle: nobody is her own mother’s mother, over however many generations', async () => {
    const grandmother = await aCase(machine, worker)
    const mother = await aCase(machine, stranger)
    const child = await aCase(machine, worker)
    expect(await link(grandmother, mother, 'child')).toBe('accepted')
    expect(await link(child, mother, 'mother')).toBe('accepted')
    // The grandmother's mother would be her own grandchild: the circle closes only here, and is refused here.
    const other = await aCase(machine, stranger)
    expect(await link(child, other, 'child')).toBe('accepted')
    expect(await link(grandmother, other, 'mother')).toBe('circular_family')
    expect((await send(machine, worker, askOp(worker, child, await aliasOf(mother), 'child')))[0]).toMatchObject({
      reason: 'circular_family',
    })
    expect((await send(machine, worker, askOp(worker, child, await aliasOf(child))))[0]).toMatchObject({
      reason: 'circular_family',
    })
    expect((await send(machine, worker, askOp(worker, child, await aliasOf(mother), 'mother')))[0]).toMatchObject({
      reason: 'linked_already',
    })
  })

  test('are answered by whoever was asked, and by nobody else', async () => {
    const [mine, hers] = [await aCase(machine, worker), await aCase(machine, stranger)]
    await send(machine, worker, askOp(worker, mine, await aliasOf(hers)))
    const [own] = await linksOf(worker, mine)
    expect((await send(machine, worker, answerOp(worker, mine, own?.id)))[0]).toMatchObject({
      reason: 'link_does_not_wait',
    })
    const [asked] = await linksOf(stranger, hers)
    expect((await send(machine, worker, answerOp(worker, hers, asked?.id)))[0]?.answer).toBe('not_allowed')
    expect((await send(machine, supervisor, answerOp(supervisor, mine, own?.id)))[0]?.answer).toBe('not_allowed')
  })
})

describe('a child looks for its family', () => {
  async function aTracing(over: Record<string, unknown> = {}) {
    const caseId = await aCase(machine, worker)
    const set = {
      state: 'open',
      childWants: 'yes',
      relation: 'mother',
      whom: 'Her mother, who sold fish at the harbour',
      ...over,
    }
    const op = rowOp(worker, 'family.edit_tracing', caseId, set)
    const [answer] = await send(machine, worker, op)
    return { caseId, tracingId: String(op.payload.id), answer }
  }
  const fact = (type: string, of: { caseId: string; tracingId: string }, over: Record<string, unknown>) =>
    anOp(worker, `family.${type}`, { id: newId(), caseId: of.caseId, tracingId: of.tracingId, ...over })
  const verifyOp = (of: { caseId: string; tracingId: string }, over: Record<string, unknown> = {}) =>
    fact('verify', of, {
      doneOn: '2026-01-05',
      isFamily: true,
      childSays: 'She sings when she cooks',
      familySays: 'He has a scar from the stove',
      how: 'Asked apart, by two workers',
      ...over,
    })
  const reunifyOp = (of: { caseId: string; tracingId: string }, over: Record<string, unknown> = {}) =>
    fact('reunify', of, {
      kind: 'full',
      fromOn: '2026-01-10',
      childAgrees: 'agrees',
      firstVisitOn: '2026-01-17',
      childSays: 'I want to sleep there',
      agreed: 'His aunt is there; he calls me at any hour',
      ...over,
    })
  const stateOf = async (tracingId: string) =>
    (await ownerRows(machine, `select state from family_tracing where id = '${tracingId}'`))[0]?.state

  test('only when it wants to', async () => {
    expect((await aTracing({ childWants: 'no' })).answer).toMatchObject({ reason: 'tracing_not_wanted' })
    expect((await aTracing({ childWants: 'no', state: 'not_wanted' })).answer?.answer).toBe('accepted')
  })

  /** That the child goes back was weighed, an hour ago. */
  const weigh = (caseId: string) => send(machine, worker, aRecordOp(worker, caseId, { about: ['return'] }))

  test('step by step: a trace, a family that is verified on both sides, a return, and a visit that is due', async () => {
    const of = await aTracing()
    const step = {
      action: 'case_by_case',
      doneOn: '2026-01-03',
      cameOfIt: 'a_trace',
      words: 'A stall keeper knows her',
    }
    expect((await send(machine, worker, fact('add_step', of, step)))[0]?.answer).toBe('accepted')
    expect(await stateOf(of.tracingId)).toBe('in_progress')
    expect((await send(machine, worker, reunifyOp(of)))[0]).toMatchObject({ reason: 'not_verified_yet' })
    expect((await send(machine, worker, verifyOp(of, { familySays: null })))[0]).toMatchObject({
      reason: 'verified_one_side',
    })
    expect((await send(machine, worker, verifyOp(of)))[0]?.answer).toBe('accepted')
    expect(await stateOf(of.tracingId)).toBe('verified')
    expect((await send(machine, worker, reunifyOp(of, { childAgrees: 'not_asked_yet' })))[0]).toMatchObject({
      reason: 'child_not_asked',
    })
    expect((await send(machine, worker, reunifyOp(of)))[0]).toMatchObject({ reason: 'needs_best_interests' })
    expect((await weigh(of.caseId))[0]?.answer).toBe('accepted')
    expect((await send(machine, worker, reunifyOp(of, { firstVisitOn: '2026-01-01' })))[0]).toMatchObject({
      reason: 'visit_before_return',
    })
    expect((await send(machine, worker, reunifyOp(of, { firstVisitOn: '2026-01-18' })))[0]).toMatchObject({
      reason: 'visit_too_late',
    })
    expect((await send(machine, worker, reunifyOp(of)))[0]?.answer).toBe('accepted')
    expect(await stateOf(of.tracingId)).toBe('reunified')
    const due = (await onPhone(worker, of.caseId)).filter((row) => row.thing === 'family_due')
    expect(due.map((row) => [row.fields.kind, row.fields.on])).toContainEqual(['visit', '2026-01-17'])
    expect(JSON.stringify(due)).not.toContain('fish')
  })

  test('a doubt that came later stops the return: the last word about a family counts', async () => {
    const of = await aTracing()
    await send(machine, worker, verifyOp(of), verifyOp(of, { isFamily: false, doneOn: '2026-01-06' }))
    expect((await send(machine, worker, reunifyOp(of)))[0]).toMatchObject({ reason: 'not_verified_yet' })
  })

  test('the database asks once more, whoever writes', async () => {
    const of = await aTracing()
    const put = (kind: string) =>
      asOwner(
        machine,
        `insert into family_reunification (id, case_id, op_id, tracing_id, kind, from_on, child_agrees, first_visit_on, decided_at, body)
           values ('${newId()}', '${of.caseId}', '${newId()}', '${of.tracingId}', '${kind}', '2026-01-10', 'agrees', '2026-01-17', now(), '')`,
      )
    await expect(put('full')).rejects.toThrow(/verified before a reunification/)
    await send(machine, worker, verifyOp(of))
    await expect(put('full')).rejects.toThrow(/best-interests record comes before/)
    await put('contact_only')
    await weigh(of.caseId)
    await put('full')
  })

  test('contact alone needs no weighing, but people who were verified', async () => {
    const of = await aTracing()
    const contact = { kind: 'contact_only' }
    expect((await send(machine, worker, reunifyOp(of, contact)))[0]).toMatchObject({ reason: 'not_verified_yet' })
    await send(machine, worker, verifyOp(of))
    expect((await send(machine, worker, reunifyOp(of, contact)))[0]?.answer).toBe('accepted')
    expect(await stateOf(of.tracingId)).toBe('verified')
  })
})
