import { describe, expect, test } from 'vitest'
import { addDuration, dayOf, instant } from '../../core/time.ts'
import { newId } from '../../crypto/random.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, now, ownerRows, send, type Somebody } from '../../../test/people.ts'
import { rowOp } from '../../../test/care.ts'
import { appOf, ask as get } from '../../../test/running-app.ts'
import { changesOf } from './change-log.ts'
import { threadsOf } from './question.ts'

const { app, machine } = appOf(await testMachine())
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const today = dayOf(now(), 'UTC')

const askOp = (by: Somebody, caseId: string, over: Record<string, unknown> = {}) =>
  anOp(by, 'work.ask', {
    id: newId(),
    caseId,
    answers: null,
    forWhom: 'supervisor',
    words: 'Who has the birth paper?',
    ...over,
  })
const callOp = (by: Somebody, caseId: string, over: Record<string, unknown> = {}) =>
  anOp(by, 'work.call_attention', {
    id: newId(),
    caseId,
    reason: 'paper_missing',
    untilOn: dayOf(addDuration(now(), 'P7D', 'UTC'), 'UTC'),
    words: 'The birth paper is not in the file',
    ...over,
  })

describe('a question about a child', () => {
  test('waits before the supervisor, is answered by her, and its words lie sealed', async () => {
    const caseId = await aCase(machine, worker)
    const question = askOp(worker, caseId)
    expect((await send(machine, worker, question))[0]?.answer).toBe('accepted')
    const waiting = async () =>
      ((await get(app, supervisor, 'GET', '/api/work/team')).json.questions as { caseId: string }[]).filter(
        (one) => one.caseId === caseId,
      ).length
    expect(await waiting()).toBe(1)
    const answer = askOp(supervisor, caseId, { answers: question.payload.id, words: 'The school has it' })
    expect((await send(machine, supervisor, answer))[0]?.answer).toBe('accepted')
    expect(await waiting()).toBe(0)
    const { rows } = (await get(app, worker, 'GET', `/api/cases/${caseId}/asked`)).json as {
      rows: { fields: { words: string } }[]
    }
    expect(rows.map((row) => row.fields.words)).toEqual(['Who has the birth paper?', 'The school has it'])
    const [kept] = await ownerRows(
      machine,
      `select (select json_agg(q)::text from case_question q where case_id = '${caseId}') || (select json_agg(l)::text from op_log l where case_id = '${caseId}') as text`,
    )
    expect(String(kept?.text)).not.toContain('birth paper')
  })

  test('can be asked and answered by whoever may only read the file', async () => {
    const caseId = await aCase(machine, worker)
    const clinician = await aPerson(machine, await anOffice(machine, 'health'), 'clinician')
    await asOwner(
      machine,
      `insert into case_team (case_id, person_id, sector, role) values ('${caseId}', '${clinician.id}', 'health', 'clinician')`,
    )
    expect((await send(machine, clinician, askOp(clinician, caseId)))[0]?.answer).toBe('accepted')
  })

  test.each([
    ['an empty question', { words: '  ' }, 'nothing_asked'],
    ['an answer to what nobody asked', { answers: newId() }, 'answers_no_question'],
  ])('%s is refused', async (_what, over, reason) => {
    const caseId = await aCase(machine, worker)
    expect((await send(machine, worker, askOp(worker, caseId, over)))[0]).toMatchObject({ reason })
  })

  test('that nobody has answered stands before what was answered', () => {
    const one = (id: string, at: string, answers: string | null = null) => ({
      id,
      caseId: '',
      answers,
      words: id,
      writtenBy: '',
      writtenByName: null,
      forWhom: 'anybody' as const,
      at: instant(at),
    })
    const threads = threadsOf([
      one('answered', '2026-01-03T00:00Z'),
      one('open', '2026-01-01T00:00Z'),
      one('answer', '2026-01-04T00:00Z', 'answered'),
    ])
    expect(threads.map(({ question, answers }) => [question.id, answers.length])).toEqual([
      ['open', 0],
      ['answered', 1],
    ])
  })
})

describe('a call for attention', () => {
  test('stands on the supervisor’s day until somebody has looked, and only once', async () => {
    const caseId = await aCase(machine, worker)
    const call = callOp(worker, caseId)
    await send(machine, worker, call)
    const standing = async () =>
      ((await get(app, supervisor, 'GET', '/api/work/team')).json.attention as { caseId: string }[]).filter(
        (one) => one.caseId === caseId,
      ).length
    expect(await standing()).toBe(1)
    const end = () => anOp(supervisor, 'work.end_attention', { id: call.payload.id, caseId })
    expect((await send(machine, supervisor, end()))[0]?.answer).toBe('accepted')
    expect(await standing()).toBe(0)
    expect((await send(machine, supervisor, end()))[0]).toMatchObject({ reason: 'attention_over' })
  })

  test.each([
    ['without a word', { words: '' }, 'attention_without_words'],
    ['until yesterday', { untilOn: '2020-01-01' }, 'attention_in_the_past'],
    ['for a year', { untilOn: `${Number(today.slice(0, 4)) + 1}-12-31` }, 'attention_too_long'],
  ])('%s is refused', async (_what, over, reason) => {
    const caseId = await aCase(machine, worker)
    expect((await send(machine, worker, callOp(worker, caseId, over)))[0]).toMatchObject({ reason })
  })

  test('knows no reason that is about what a child is', async () => {
    const caseId = await aCase(machine, worker)
    const [answer] = await send(machine, worker, callOp(worker, caseId, { reason: 'dangerous' }))
    expect(answer).toMatchObject({ answer: 'malformed', fields: ['reason'] })
  })
})

describe('what is new to a person', () => {
  const news = async (by: Somebody, caseId: string) =>
    (await get(app, by, 'GET', `/api/cases/${caseId}/news`)).json as {
      since: string | null
      news: { type: string; actorName: string }[]
    }
  const away = (by: Somebody) =>
    asOwner(machine, `update case_look set looked_at = looked_at - interval '1 hour' where person_id = '${by.id}'`)

  test('is what others did after her own last visit: by whom and of what kind, and no word of it', async () => {
    const caseId = await aCase(machine, worker)
    expect(await news(worker, caseId)).toEqual({ since: null, news: [] })
    await away(worker)
    await send(machine, supervisor, askOp(supervisor, caseId, { forWhom: 'worker' }))
    await send(machine, worker, rowOp(worker, 'cases.edit_card', caseId, { callName: 'Adi' }, { id: caseId }))
    const seen = await news(worker, caseId)
    expect(seen.news.map((one) => one.type)).toEqual(['work.ask'])
    expect(JSON.stringify(seen)).not.toContain('birth paper')
    // A second glance in the same visit shows the same; a new visit starts anew.
    expect((await news(worker, caseId)).news).toHaveLength(1)
    await away(worker)
    await news(worker, caseId)
    await asOwner(machine, `update op_log set at = at - interval '2 hours' where case_id = '${caseId}'`)
    expect((await news(worker, caseId)).news).toEqual([])
  })

  test('never names the part that says what kind of child it is', async () => {
    const caseId = await aCase(machine, worker)
    await news(worker, caseId)
    await away(worker)
    await send(machine, supervisor, askOp(supervisor, caseId))
    await asOwner(machine, `update op_log set part = 'association' where case_id = '${caseId}' and type = 'work.ask'`)
    expect((await news(worker, caseId)).news).toEqual([])
  })
})

describe('the change log', () => {
  test('says who changed which field, and what stood there before', async () => {
    const caseId = await aCase(machine, worker)
    const edit = (callName: string, baseVersion: number) =>
      rowOp(worker, 'cases.edit_card', caseId, { callName }, { id: caseId, baseVersion })
    await send(machine, worker, edit('Adi', 0), edit('Adi R', 1))
    const { changes } = (await get(app, worker, 'GET', `/api/cases/${caseId}/changes`)).json as {
      changes: { field: string; before: unknown; after: unknown; by: string }[]
    }
    expect(changes.map(({ field, before, after, by }) => ({ field, before, after, by }))).toEqual([
      { field: 'callName', before: 'Adi', after: 'Adi R', by: 'Somebody' },
      { field: 'callName', before: null, after: 'Adi', by: 'Somebody' },
    ])
  })

  test('names no child that somebody may look for', async () => {
    const caseId = await aCase(machine, worker)
    await send(machine, worker, rowOp(worker, 'cases.edit_card', caseId, { callName: 'Adi' }, { id: caseId }))
    await send(machine, worker, anOp(worker, 'cases.shield_case', { caseId, threatened: true }))
    const { text } = await get(app, worker, 'GET', `/api/cases/${caseId}/changes`)
    expect(text).not.toContain('Adi')
  })

  test('gives a reader only what is of her own parts', async () => {
    const caseId = await aCase(machine, worker)
    await send(machine, worker, rowOp(worker, 'cases.edit_card', caseId, { village: 'Lower Harbour' }, { id: caseId }))
    const shelter = await aPerson(machine, await anOffice(machine, 'civil_society'), 'cso_worker')
    await asOwner(
      machine,
      `insert into sharing_grant (id, case_id, person_id, sector, part, purpose, basis, starts_at, ends_at)
       values ('${newId()}', '${caseId}', '${shelter.id}', 'civil_society', 'services', 'casework', 'consent', now(), now() + interval '1 day')`,
    )
    expect((await get(app, shelter, 'GET', `/api/cases/${caseId}/changes`)).json).toEqual({ changes: [] })
  })

  test('leaves out what was written anew as it stood, and an empty field that stayed empty', () => {
    const edit = (opId: string, set: Record<string, unknown>) => ({
      opId,
      thing: 'care_plan',
      rowId: 'r',
      at: instant('2026-01-01T00:00Z'),
      by: null,
      set,
    })
    const changes = changesOf([edit('1', { why: '' }), edit('2', { why: 'a' }), edit('3', { why: 'a', list: [] })])
    expect(changes.map(({ field, before, after }) => [field, before, after])).toEqual([['why', '', 'a']])
  })
})

test('who opened a file to read it is known to those who may open it, and to nobody else', async () => {
  const caseId = await aCase(machine, worker)
  await send(machine, worker, rowOp(worker, 'cases.edit_card', caseId, { village: 'X' }, { id: caseId }))
  await get(app, supervisor, 'GET', `/api/cases/${caseId}`)
  const { people } = (await get(app, worker, 'GET', `/api/cases/${caseId}/opened`)).json as {
    people: { role: string; days: number }[]
  }
  expect(people.map(({ role, days }) => ({ role, days }))).toEqual([{ role: 'supervisor', days: 1 }])
  const stranger = await aPerson(machine, await anOffice(machine), 'case_worker')
  expect((await get(app, stranger, 'GET', `/api/cases/${caseId}/opened`)).status).toBe(404)
})
