import { describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { hoursOf } from '../../core/office-work.ts'
import { addMillis } from '../../core/time.ts'
import { aRecordOp, protectOp } from '../../../test/best-interests.ts'
import { rowOp } from '../../../test/care.ts'
import { testMachine } from '../../../test/db.ts'
import {
  aCase,
  anOffice,
  anOp,
  aPerson,
  asOwner,
  contactOp,
  now,
  ownerRows,
  send,
  type Somebody,
} from '../../../test/people.ts'
import { appOf, ask } from '../../../test/running-app.ts'
import type { ChildCase } from '../cases/case.ts'
import { safeStartTasks } from '../cases/safe-start.ts'
import { fitOf } from './wish.ts'

const { app, machine } = appOf(await testMachine())
const DAY = 24 * 3_600_000

describe('a load', () => {
  const workload = {
    hoursAMonth: 120,
    confidence: 'recalled' as const,
    hours: { open_case: 3, first_month: 6, limits: 8, way_back: 1, task: 1 },
  }
  test('is the sum of what each kind of work takes, and looks like the guess it is', () => {
    expect(hoursOf([], workload)).toBe(0)
    expect(
      hoursOf(
        [
          { kind: 'open_case', count: 4 },
          { kind: 'limits', count: 1 },
        ],
        workload,
      ),
    ).toBe(20)
    expect(hoursOf([{ kind: 'task', count: 3 }], { ...workload, hours: { ...workload.hours, task: 0.4 } })).toBe(1)
  })

  test('on a supervisor’s day counts what each feature calls work', async () => {
    const office = await anOffice(machine)
    const [worker, supervisor] = [
      await aPerson(machine, office, 'case_worker'),
      await aPerson(machine, office, 'supervisor'),
    ]
    const caseId = await aCase(machine, worker)
    const hours = async () => {
      const { loads } = (await ask(app, supervisor, 'GET', '/api/team-day')).json as {
        loads: { workerId: string; hours: number }[]
      }
      return loads.find((one) => one.workerId === worker.id)?.hours
    }
    const { hours: of } = machine.pack.workload
    expect(await hours()).toBe(of.open_case + of.first_month)
    const dueAt = new Date(Date.now() + 86_400_000).toISOString()
    await send(machine, worker, rowOp(worker, 'care.edit_task', caseId, { title: 'Call', dueAt, state: 'open' }))
    await send(machine, worker, contactOp(worker, caseId))
    expect(await hours()).toBe(of.open_case + of.first_month + of.task + of.limits)
  })
})

describe('a child’s wish', () => {
  const speaks = (languages: string[], gender: 'female' | 'male' | 'not_said') => ({ languages, gender })
  test.each([
    [
      'is met by a woman who speaks its language',
      { prefers: 'female', language: 'id' },
      speaks(['id', 'en'], 'female'),
      { language: true, gender: true },
    ],
    [
      'is not met by a man, and that is said',
      { prefers: 'female', language: null },
      speaks(['id'], 'male'),
      { language: null, gender: false },
    ],
    [
      'says nothing about somebody who said nothing',
      { prefers: 'female', language: 'id' },
      speaks([], 'not_said'),
      { language: null, gender: null },
    ],
    [
      'that does not mind is met by everybody',
      { prefers: 'either', language: null },
      speaks(['id'], 'male'),
      { language: null, gender: null },
    ],
  ] as const)('%s', (_what, wish, says, expected) => {
    expect(fitOf(wish, { ...says, languages: [...says.languages] })).toEqual(expected)
  })

  test('decides nothing: a case is given to whomever the supervisor chooses', async () => {
    const office = await anOffice(machine)
    const [worker, colleague, supervisor] = [
      await aPerson(machine, office, 'case_worker'),
      await aPerson(machine, office, 'case_worker'),
      await aPerson(machine, office, 'supervisor'),
    ]
    const caseId = await aCase(machine, worker)
    const wish = rowOp(worker, 'allocation.edit_wish', caseId, { prefers: 'female', language: 'id' }, { id: caseId })
    expect((await send(machine, worker, wish))[0]?.answer).toBe('accepted')
    await ask(app, colleague, 'POST', '/api/my/about', {
      body: JSON.stringify({ languages: ['dv'], gender: 'male' }),
    })
    const give = anOp(supervisor, 'cases.assign', { caseId, personId: colleague.id, teamId: office.teamId })
    expect((await send(machine, supervisor, give))[0]?.answer).toBe('accepted')
  })
})

test('what a worker says of herself is read by her own office, and changed by nobody else', async () => {
  const office = await anOffice(machine)
  const [worker, supervisor] = [
    await aPerson(machine, office, 'case_worker'),
    await aPerson(machine, office, 'supervisor'),
  ]
  const put = (by: Somebody, says: object) => ask(app, by, 'POST', '/api/my/about', { body: JSON.stringify(says) })
  expect((await put(worker, { languages: ['id'], gender: 'female' })).status).toBe(200)
  expect((await put(worker, { languages: ['Adi from the harbour'], gender: 'female' })).status).toBe(400)
  const seen = async (by: Somebody) =>
    ((await ask(app, by, 'GET', '/api/allocation')).json.said as { workerId: string }[]).map((one) => one.workerId)
  expect(await seen(supervisor)).toEqual([worker.id])
  expect(await seen(await aPerson(machine, await anOffice(machine), 'supervisor'))).toEqual([])
})

describe('a case that moves to another office', () => {
  async function twoOffices({ isWeighed = true } = {}) {
    const [office, other] = [await anOffice(machine), await anOffice(machine)]
    const people = {
      worker: await aPerson(machine, office, 'case_worker'),
      supervisor: await aPerson(machine, office, 'supervisor'),
      theirs: await aPerson(machine, other, 'case_worker'),
      boss: await aPerson(machine, other, 'supervisor'),
    }
    const caseId = await aCase(machine, people.worker)
    await send(
      machine,
      people.worker,
      rowOp(people.worker, 'cases.edit_card', caseId, { callName: 'Adi' }, { id: caseId }),
      ...(isWeighed ? [aRecordOp(people.worker, caseId, { about: ['transfer'] })] : []),
    )
    return { ...people, office, other, caseId }
  }
  type Scene = Awaited<ReturnType<typeof twoOffices>>
  const offerOp = ({ supervisor, other, caseId }: Scene, over: Record<string, unknown> = {}, by = supervisor) =>
    anOp(by, 'allocation.offer_transfer', {
      id: newId(),
      caseId,
      toTeam: other.teamId,
      childTold: 'told',
      why: 'The family moved to your district',
      needs: 'A worker who speaks the island’s language',
      ...over,
    })
  const answerOp = (by: Somebody, { caseId, theirs }: Scene, transferId: unknown, over: Record<string, unknown> = {}) =>
    anOp(by, 'allocation.answer_transfer', {
      id: newId(),
      caseId,
      transferId,
      answer: 'accepted',
      workerId: theirs.id,
      reason: null,
      ...over,
    })
  const opens = async (by: Somebody, caseId: string) => (await ask(app, by, 'GET', `/api/cases/${caseId}`)).status
  async function offered() {
    const scene = await twoOffices()
    const offer = offerOp(scene)
    expect((await send(machine, scene.supervisor, offer))[0]?.answer).toBe('accepted')
    return { scene, transferId: offer.payload.id }
  }

  test('carries the child’s own words, with their day or with why there are none', async () => {
    const scene = await twoOffices()
    const { supervisor, caseId } = scene
    const none = { childSays: null, childSaidOn: null, childSilent: null }
    expect((await send(machine, supervisor, offerOp(scene, none)))[0]).toMatchObject({
      reason: 'decision_without_child',
    })
    const said = { childSays: 'I want to keep my worker', childSaidOn: '2026-01-05', childSilent: null }
    expect((await send(machine, supervisor, offerOp(scene, said)))[0]?.answer).toBe('accepted')
    const read = (await ask(app, supervisor, 'GET', `/api/cases/${caseId}/transfer`)).json as { offers: object[] }
    expect(read.offers).toMatchObject([said])
  })

  test('keeps the child’s own words from whoever reads the file’s own part alone, until that office accepts', async () => {
    const scene = await twoOffices()
    const { supervisor, boss, caseId } = scene
    const school = await aPerson(machine, await anOffice(machine, 'education'), 'school')
    await asOwner(
      machine,
      `insert into sharing_grant (id, case_id, person_id, sector, part, purpose, basis, starts_at, ends_at)
       values (gen_random_uuid(), '${caseId}', '${school.id}', 'education', 'case', 'transfer', 'best_interests', now(), now() + interval '9 days')`,
    )
    const words = 'I want to keep my worker'
    const offer = offerOp(scene, { childSays: words, childSaidOn: '2026-01-05', childSilent: null })
    expect((await send(machine, supervisor, offer))[0]?.answer).toBe('accepted')
    const read = async (by: Somebody) => (await ask(app, by, 'GET', `/api/cases/${caseId}/transfer`)).text
    for (const by of [boss, school]) {
      expect(await read(by)).toContain('The family moved')
      expect(await read(by)).not.toContain(words)
      expect(await read(by)).not.toContain('2026-01-05')
    }
    expect((await send(machine, boss, answerOp(boss, scene, offer.payload.id)))[0]?.answer).toBe('accepted')
    expect(await read(boss)).toContain(words)
  })

  test('stays where it is until that office accepts; those who are asked read the offer and nothing of the child', async () => {
    const { scene } = await offered()
    const { caseId, worker, boss, theirs } = scene
    expect(await opens(worker, caseId)).toBe(200)
    const seen = (await ask(app, boss, 'GET', `/api/cases/${caseId}`)).json
    expect({ card: seen.card, identity: seen.identity }).toEqual({ card: null, identity: null })
    const { offers } = (await ask(app, boss, 'GET', `/api/cases/${caseId}/transfer`)).json as { offers: object[] }
    expect(offers).toMatchObject([{ why: 'The family moved to your district', side: 'to', answer: null }])
    expect(await opens(theirs, caseId)).toBe(404)
    const { offered: waiting } = (await ask(app, boss, 'GET', '/api/allocation')).json as {
      offered: { caseId: string }[]
    }
    expect(waiting.map((one) => one.caseId)).toEqual([caseId])
  })

  test('shows them nothing that colleagues ask of one another before they accept, and all of it after', async () => {
    const { scene, transferId } = await offered()
    const { caseId, worker, boss } = scene
    const words = 'Who has the letter of his school?'
    const asked = anOp(worker, 'work.ask', { id: newId(), caseId, answers: null, forWhom: 'anybody', words })
    expect((await send(machine, worker, asked))[0]?.answer).toBe('accepted')
    const read = async () => (await ask(app, boss, 'GET', `/api/cases/${caseId}/asked`)).text
    expect(await read()).not.toContain(words)
    await send(machine, boss, answerOp(boss, scene, transferId))
    expect(await read()).toContain(words)
  })

  test('is given to nobody who is kept away from the child', async () => {
    const { scene, transferId } = await offered()
    const { caseId, boss, theirs, other } = scene
    await asOwner(machine, `insert into case_exclusion (case_id, person_id) values ('${caseId}', '${theirs.id}')`)
    expect((await send(machine, boss, answerOp(boss, scene, transferId)))[0]?.answer).not.toBe('accepted')
    expect(await opens(theirs, caseId)).toBe(404)
    const free = await aPerson(machine, other, 'case_worker')
    const answer = answerOp(boss, scene, transferId, { workerId: free.id })
    expect((await send(machine, boss, answer))[0]?.answer).toBe('accepted')
  })

  test('is not offered on an urgent protection of months ago by claiming to write at that time', async () => {
    const scene = await twoOffices({ isWeighed: false })
    const { caseId, worker, supervisor } = scene
    const [then, later] = [addMillis(now(), -60 * DAY), addMillis(now(), -60 * DAY + 3_600_000)]
    await asOwner(machine, `update child_case set opened_at = now() - interval '90 days' where id = '${caseId}'`)
    const protect = protectOp(worker, caseId, { decision: 'transfer', protectedAt: then })
    expect((await send(machine, worker, { ...protect, claimedAt: then }))[0]?.answer).toBe('accepted')
    expect((await send(machine, supervisor, { ...offerOp(scene), claimedAt: later }))[0]).toMatchObject({
      reason: 'needs_best_interests',
    })
  })

  test('is theirs in the moment they accept: their worker starts, the old office leaves, and what was written stays', async () => {
    const { scene, transferId } = await offered()
    const { caseId, worker, supervisor, boss, theirs } = scene
    const [answer] = await send(machine, boss, answerOp(boss, scene, transferId))
    expect(answer?.answer).toBe('accepted')
    for (const by of [worker, supervisor]) expect(await opens(by, caseId)).toBe(404)
    for (const by of [theirs, boss]) expect(await opens(by, caseId)).toBe(200)
    const file = (await ask(app, theirs, 'GET', `/api/cases/${caseId}`)).json as {
      card: { fields: object }
      timeline: { type: string }[]
    }
    expect(file.card.fields).toMatchObject({ callName: 'Adi' })
    expect(file.timeline.map((one) => one.type)).toEqual(
      expect.arrayContaining(['cases.edit_card', 'allocation.offer_transfer', 'allocation.answer_transfer']),
    )
    const [late] = await send(
      machine,
      worker,
      rowOp(worker, 'cases.edit_card', caseId, { village: 'X' }, { id: caseId, baseVersion: 1 }),
    )
    expect(late?.answer).toBe('not_allowed')
  })

  test('is late with nothing on the day it comes: its first steps are counted from that day, for its worker and in every list', async () => {
    const { scene, transferId } = await offered()
    const { caseId, boss, supervisor, theirs } = scene
    await asOwner(machine, `update child_case set opened_at = now() - interval '660 days' where id = '${caseId}'`)
    const late = async (by: Somebody) => {
      const day = (await ask(app, by, 'GET', '/api/team-day')).json as { late: { caseId: string }[] }
      return day.late.map((one) => one.caseId)
    }
    expect(await late(supervisor)).toEqual([caseId])
    await send(machine, boss, answerOp(boss, scene, transferId))
    expect(await late(boss)).toEqual([])
    const file = (await ask(app, theirs, 'GET', `/api/cases/${caseId}`)).json as { case: ChildCase }
    const tasks = safeStartTasks(file.case, { safeStart: null, identity: null, matchRequested: false })
    expect(tasks.length).toBeGreaterThan(0)
    for (const { dueAt } of tasks) expect(dueAt > now()).toBe(true)
  })

  test('that is declined is closed to them again, and the office that offered reads why', async () => {
    const { scene, transferId } = await offered()
    const { caseId, boss, supervisor } = scene
    const decline = answerOp(boss, scene, transferId, {
      answer: 'declined',
      workerId: null,
      reason: 'No worker is free',
    })
    expect((await send(machine, boss, decline))[0]?.answer).toBe('accepted')
    expect(await opens(boss, caseId)).toBe(404)
    const { offers } = (await ask(app, supervisor, 'GET', `/api/cases/${caseId}/transfer`)).json as { offers: object[] }
    expect(offers).toMatchObject([{ answer: 'declined', reason: 'No worker is free', side: 'from' }])
  })

  test('is not offered before it was weighed what is best for the child, by no way at all', async () => {
    const scene = await twoOffices({ isWeighed: false })
    const { caseId, supervisor, worker } = scene
    expect((await ask(app, supervisor, 'GET', `/api/cases/${caseId}/transfer`)).json).toMatchObject({
      isWeighed: false,
    })
    expect((await send(machine, supervisor, offerOp(scene)))[0]).toMatchObject({
      reason: 'needs_best_interests',
      details: { decision: 'transfer' },
    })
    // About another decision, it says nothing of this one.
    await send(machine, worker, aRecordOp(worker, caseId, { about: ['closure'] }))
    expect((await send(machine, supervisor, offerOp(scene)))[0]).toMatchObject({ reason: 'needs_best_interests' })
    await expect(
      asOwner(
        machine,
        `insert into case_transfer (id, case_id, op_id, from_org, to_team, child_told, offered_by, decided_at, ends_at, body)
         values (gen_random_uuid(), '${caseId}', gen_random_uuid(), '${scene.office.orgId}', '${scene.other.teamId}', 'told',
           '${supervisor.id}', now(), now() + interval '14 days', '')`,
      ),
    ).rejects.toThrow(/best-interests record comes before/)
    await send(machine, worker, aRecordOp(worker, caseId, { about: ['transfer'] }))
    expect((await send(machine, supervisor, offerOp(scene)))[0]?.answer).toBe('accepted')
  })

  test('and one that changes hands within its office needs no weighing', async () => {
    const scene = await twoOffices({ isWeighed: false })
    const colleague = await aPerson(machine, scene.office, 'case_worker')
    const give = anOp(scene.supervisor, 'cases.assign', {
      caseId: scene.caseId,
      personId: colleague.id,
      teamId: scene.office.teamId,
    })
    expect((await send(machine, scene.supervisor, give))[0]?.answer).toBe('accepted')
  })

  test('can be taken back by the office that offered it, and offered to one office at a time', async () => {
    const { scene, transferId } = await offered()
    const { supervisor, boss, caseId } = scene
    expect((await send(machine, supervisor, offerOp(scene)))[0]).toMatchObject({ reason: 'offered_already' })
    const withdraw = answerOp(supervisor, scene, transferId, { answer: 'withdrawn', workerId: null })
    expect((await send(machine, supervisor, withdraw))[0]?.answer).toBe('accepted')
    expect(await opens(boss, caseId)).toBe(404)
    expect((await send(machine, supervisor, offerOp(scene)))[0]?.answer).toBe('accepted')
  })

  test.each([
    ['without a reason', { why: '' }, 'offer_without_reason'],
    ['to a team that is not there', { toTeam: newId() }, undefined],
  ])('is not offered %s', async (_what, over, reason) => {
    const scene = await twoOffices()
    const [answer] = await send(machine, scene.supervisor, offerOp(scene, over))
    expect(answer).toMatchObject(reason === undefined ? { answer: 'not_allowed' } : { reason })
  })

  test('is never offered to police, nor by a worker', async () => {
    const scene = await twoOffices()
    const police = await anOffice(machine, 'police')
    await aPerson(machine, police, 'security_desk')
    const [answer] = await send(machine, scene.supervisor, offerOp(scene, { toTeam: police.teamId }))
    expect(answer?.answer).toBe('not_allowed')
    expect((await send(machine, scene.worker, offerOp(scene, {}, scene.worker)))[0]).toMatchObject({
      reason: 'supervisor_decides',
    })
  })

  test.each([
    ['by the office that offered it', 'supervisor', {}, 'not_for_your_office'],
    ['without a worker', 'boss', { workerId: null }, 'choose_a_worker'],
    ['with a worker of the other office', 'boss', 'worker', 'not_a_worker_of_this_office'],
  ] as const)('is not accepted %s', async (_what, who, over, reason) => {
    const { scene, transferId } = await offered()
    const by = scene[who]
    const [answer] = await send(
      machine,
      by,
      answerOp(by, scene, transferId, over === 'worker' ? { workerId: scene.worker.id } : over),
    )
    expect(answer).toMatchObject({ reason })
  })

  test('is not taken over twice, and its words lie sealed', async () => {
    const { scene, transferId } = await offered()
    await send(machine, scene.boss, answerOp(scene.boss, scene, transferId))
    const [again] = await send(machine, scene.boss, answerOp(scene.boss, scene, transferId))
    expect(again).toMatchObject({ reason: 'already_answered' })
    const [kept] = await ownerRows(
      machine,
      `select (select json_agg(x)::text from case_transfer x where case_id = '${scene.caseId}') || (select json_agg(l)::text from op_log l where case_id = '${scene.caseId}') as text`,
    )
    for (const word of ['district', 'island']) expect(String(kept?.text)).not.toContain(word)
  })

  test('an offer nobody answered is over after fourteen days, and closes what it opened', async () => {
    const { scene, transferId } = await offered()
    const accept = () => send(machine, scene.boss, answerOp(scene.boss, scene, transferId))
    await asOwner(
      machine,
      `update case_transfer set ends_at = now() - interval '1 hour' where case_id = '${scene.caseId}'`,
    )
    expect((await accept())[0]?.answer).not.toBe('accepted')
    await asOwner(
      machine,
      `update sharing_grant set starts_at = now() - interval '15 days', ends_at = now() - interval '1 hour' where case_id = '${scene.caseId}'`,
    )
    expect(await opens(scene.boss, scene.caseId)).toBe(404)
    expect((await accept())[0]?.answer).not.toBe('accepted')
    expect((await send(machine, scene.supervisor, offerOp(scene)))[0]?.answer).toBe('accepted')
  })
})
