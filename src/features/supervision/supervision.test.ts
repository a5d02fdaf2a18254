import { describe, expect, test } from 'vitest'
import type { Op } from '../../core/op.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, aPerson, asOwner, send, type Somebody } from '../../../test/people.ts'
import { appOf, ask } from '../../../test/running-app.ts'
import { putRightOp, reviewOp, talkOp, thisMonth } from '../../../test/supervision.ts'

const machine = await testMachine()

async function anOfficeOfFour() {
  const office = await anOffice(machine)
  const worker = await aPerson(machine, office, 'case_worker')
  const colleague = await aPerson(machine, office, 'case_worker')
  return { worker, colleague, supervisor: await aPerson(machine, office, 'supervisor') }
}

async function heard(by: Somebody, ...operations: Op[]): Promise<string[]> {
  const answers = await send(machine, by, ...operations)
  return answers.map((one) => (one.answer === 'refused' ? one.reason : one.answer))
}

/** A case that was there before this month began, so that the month may draw it. */
async function anOldCase(by: Somebody): Promise<string> {
  const caseId = await aCase(machine, by)
  await asOwner(machine, `update child_case set opened_at = opened_at - interval '70 days' where id = '${caseId}'`)
  return caseId
}

const { app } = appOf(machine)
const drawnFor = async (by: Somebody, month = '') =>
  ((await ask(app, by, 'GET', `/api/supervision/sample${month}`)).json as { files: { caseId: string }[] }).files.map(
    ({ caseId }) => caseId,
  )

describe('a talk', () => {
  test('is noted by the supervisor of the case, with somebody of its team, and is in no path or news of the case', async () => {
    const { worker, colleague, supervisor } = await anOfficeOfFour()
    const stranger = (await anOfficeOfFour()).worker
    const caseId = await aCase(machine, worker)
    expect(await heard(worker, talkOp(worker, caseId, colleague.id))).toEqual(['supervisor_notes'])
    expect(
      await heard(
        supervisor,
        talkOp(supervisor, caseId, stranger.id),
        talkOp(supervisor, caseId, supervisor.id),
        talkOp(supervisor, caseId, worker.id),
      ),
    ).toEqual(['talk_with_whom', 'talk_with_oneself', 'accepted'])
    for (const by of [worker, supervisor])
      expect((await ask(app, by, 'GET', `/api/cases/${caseId}/talks`)).json).toMatchObject({
        notes: [{ talked: 'The visit at night was hard, and well done', isMine: by === supervisor }],
      })
    const file = (await ask(app, worker, 'GET', `/api/cases/${caseId}`)).text
    expect(file).toContain('cases.open_case')
    expect(file).not.toContain('supervision')
  })
})

describe('the sample of a month', () => {
  test('is the same few files whoever asks and however often, and another one in another month', async () => {
    const { worker, supervisor } = await anOfficeOfFour()
    for (let n = 0; n < 8; n += 1) await anOldCase(worker)
    const young = await aCase(machine, worker)
    await asOwner(machine, `update child_case set opened_at = kembali.now() where id = '${young}'`)
    const second = await aPerson(machine, supervisor, 'supervisor')
    const drawn = await drawnFor(supervisor)
    expect(drawn).toHaveLength(5)
    expect(drawn).not.toContain(young)
    expect(await drawnFor(supervisor)).toEqual(drawn)
    expect(await drawnFor(second)).toEqual(drawn)
    const before = await drawnFor(supervisor, '?month=2000-01-01')
    expect(before).toEqual([])
    // Nobody draws for herself, and nobody for another office.
    expect(await drawnFor(worker)).toEqual([])
  })

  test('is looked at by the supervisor, each file once; what is missing is put right by the worker, once', async () => {
    const { worker, supervisor } = await anOfficeOfFour()
    const caseId = await anOldCase(worker)
    expect(await heard(worker, reviewOp(worker, caseId))).toEqual(['supervisor_reviews'])
    const [wordless, unanswered] = [{ found: null }, { answers: [] }].map((over) => reviewOp(supervisor, caseId, over))
    const review = reviewOp(supervisor, caseId)
    const again = reviewOp(supervisor, caseId)
    if (wordless === undefined || unanswered === undefined) throw new Error('both were made')
    expect(await heard(supervisor, wordless, unanswered, review, again)).toEqual([
      'found_without_words',
      'file_without_answers',
      'accepted',
      'reviewed_already',
    ])
    const reviewId = review.payload.id
    expect(await heard(worker, putRightOp(worker, caseId, reviewId), putRightOp(worker, caseId, reviewId))).toEqual([
      'accepted',
      'put_right_already',
    ])
    const { json } = await ask(app, worker, 'GET', `/api/cases/${caseId}/supervision`)
    expect((json as { rows: { thing: string }[] }).rows.map(({ thing }) => thing)).toEqual([
      'file_review',
      'file_put_right',
    ])
  })

  test('says of a month that has not come that it has not come', async () => {
    const { worker, supervisor } = await anOfficeOfFour()
    const caseId = await anOldCase(worker)
    const review = (month: string) => reviewOp(supervisor, caseId, { month })
    expect(await heard(supervisor, review('2199-01-01'), review(thisMonth().replace(/01$/, '02')))).toEqual([
      'in_the_future',
      'in_the_future',
    ])
  })
})

test('days of talks are shown to the two who had them; a worker sees nobody else’s', async () => {
  const { worker, colleague, supervisor } = await anOfficeOfFour()
  const caseId = await aCase(machine, worker)
  await heard(supervisor, talkOp(supervisor, caseId, worker.id, { nextOn: '2199-01-01' }))
  const talks = async (by: Somebody) => (await ask(app, by, 'GET', '/api/staff')).json
  expect(await talks(worker)).toMatchObject({ mine: { supervisors: ['Somebody'], nextOn: '2199-01-01' }, team: [] })
  expect(await talks(colleague)).toMatchObject({ mine: { lastOn: null, nextOn: null }, team: [] })
  const { team } = (await talks(supervisor)) as { team: { id: string; nextOn: string | null }[] }
  expect(team.map(({ id, nextOn }) => [id, nextOn]).sort()).toEqual(
    [
      [worker.id, '2199-01-01'],
      [colleague.id, null],
    ].sort(),
  )
})
