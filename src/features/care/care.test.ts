import { describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { makeApp } from '../../server/http.ts'
import { addDuration } from '../../core/time.ts'
import { noteOp, rowOp } from '../../../test/care.ts'
import { closeCase } from '../../../test/closure.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, now, ownerRows, send, type Somebody } from '../../../test/people.ts'
import { care } from './feature.ts'

const machine = await testMachine()
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const app = makeApp(machine)
care.routes(app, machine)

const ask = async (by: Somebody, path: string) => {
  const response = await app.request(path, { headers: { cookie: `kembali=${by.sid}` } })
  return { status: response.status, body: (await response.json()) as { notes?: Note[]; rows?: Row[] } } // our own server's schema
}
type Note = { id: string; folded: boolean; minutes: number; words: Record<string, string> | null }
type Row = { thing: string; id: string; version: number; fields: Record<string, unknown> }

const taskOp = (by: Somebody, caseId: string, set: Record<string, unknown>, id?: string, baseVersion = 0) =>
  rowOp(by, 'care.edit_task', caseId, set, id === undefined ? {} : { id, baseVersion })
const aTask = { title: 'Ask the school for a place', dueAt: addDuration(now(), 'P2D', 'UTC'), state: 'open' }

describe('a note', () => {
  test('is kept with what was said, and nothing of it lies in the clear', async () => {
    const caseId = await aCase(machine, worker)
    const [answer] = await send(machine, worker, noteOp(worker, caseId))
    expect(answer?.answer).toBe('accepted')
    const { body } = await ask(worker, `/api/cases/${caseId}/notes`)
    expect(body.notes?.[0]?.words?.howIsTheChild).toBe('He laughed when the goat came in')
    const rows = await ownerRows(
      machine,
      `select (select json_agg(n)::text from care_note n where case_id = '${caseId}') || (select json_agg(l)::text from op_log l where case_id = '${caseId}') as text`,
    )
    expect(String(rows[0]?.text)).not.toContain('goat')
  })

  test('with details of harm stays closed until somebody opens that one', async () => {
    const caseId = await aCase(machine, worker)
    const harm = noteOp(worker, caseId, { folded: true, howIsTheChild: 'What was done to her' })
    await send(machine, worker, harm, noteOp(worker, caseId))
    const closed = await ask(worker, `/api/cases/${caseId}/notes`)
    expect(closed.body.notes?.map((note) => [note.folded, note.words === null]).sort()).toEqual([
      [false, false],
      [true, true],
    ])
    expect(JSON.stringify(closed.body)).not.toContain('What was done')
    const opened = await ask(worker, `/api/cases/${caseId}/notes?open=${String(harm.payload.id)}`)
    expect(opened.body.notes).toHaveLength(1)
    expect(opened.body.notes?.[0]?.words?.howIsTheChild).toBe('What was done to her')
  })

  test('is corrected by another one that names it, of the same case only', async () => {
    const caseId = await aCase(machine, worker)
    const first = noteOp(worker, caseId)
    const [, corrected] = await send(machine, worker, first, noteOp(worker, caseId, { corrects: first.payload.id }))
    expect(corrected?.answer).toBe('accepted')
    const elsewhere = await aCase(machine, worker)
    const [foreign] = await send(machine, worker, noteOp(worker, elsewhere, { corrects: first.payload.id }))
    expect(foreign).toMatchObject({ answer: 'refused', reason: 'corrects_unknown_note' })
    expect((await ask(worker, `/api/cases/${caseId}/notes`)).body.notes).toHaveLength(2)
  })

  test.each([
    ['nothing in it', { howIsTheChild: ' ' }, { answer: 'refused', reason: 'note_empty' }],
    ['a moment that is still to come', { at: '2090-01-01T00:00:00Z' }, { answer: 'refused', reason: 'in_the_future' }],
    ['a kind we do not know', { kind: 'interrogation' }, { answer: 'malformed', fields: ['kind'] }],
    ['200 pages', { agreed: 'x'.repeat(600_000) }, { answer: 'malformed', fields: ['agreed'] }],
    ['a field we do not have', { group: 'x' }, { answer: 'malformed', fields: ['unknown_field'] }],
    ['no day that exists', { at: '2026-02-30T10:00:00Z' }, { answer: 'malformed', fields: ['at'] }],
  ])('with %s is answered plainly and leaves nothing behind', async (_what, over, expected) => {
    const caseId = await aCase(machine, worker)
    const [answer] = await send(machine, worker, noteOp(worker, caseId, over))
    expect(answer).toMatchObject(expected)
    expect(await ownerRows(machine, `select id from care_note where case_id = '${caseId}'`)).toEqual([])
  })

  test('loses its hidden control and direction characters', async () => {
    const caseId = await aCase(machine, worker)
    await send(machine, worker, noteOp(worker, caseId, { agreed: 'school\u202Ekcab \u0000on Monday' }))
    expect((await ask(worker, `/api/cases/${caseId}/notes`)).body.notes?.[0]?.words?.agreed).toBe(
      'schoolkcab on Monday',
    )
  })

  test('of a closed case, of another office or of no case at all is not taken', async () => {
    const caseId = await aCase(machine, worker)
    await closeCase(machine, worker, supervisor, caseId)
    expect((await send(machine, worker, noteOp(worker, caseId)))[0]).toMatchObject({ reason: 'case_closed' })
    const stranger = await aPerson(machine, await anOffice(machine), 'case_worker')
    for (const id of [caseId, newId()])
      expect((await send(machine, stranger, noteOp(stranger, id)))[0]?.answer).toBe('not_allowed')
  })
})

describe('a task', () => {
  test('is begun, changed and ended field by field', async () => {
    const caseId = await aCase(machine, worker)
    const begun = taskOp(worker, caseId, aTask)
    const id = String(begun.payload.id)
    await send(machine, worker, begun, taskOp(worker, caseId, { state: 'done', outcome: 'A place from May' }, id, 1))
    const { body } = await ask(worker, `/api/cases/${caseId}/care`)
    expect(body.rows).toMatchObject([
      {
        thing: 'care_task',
        id,
        version: 2,
        fields: { state: 'done', title: 'Ask the school for a place', outcome: 'A place from May' },
      },
    ])
  })

  test('that two people change differently keeps both values until one of them chooses', async () => {
    const caseId = await aCase(machine, worker)
    const begun = taskOp(worker, caseId, aTask)
    const id = String(begun.payload.id)
    await send(machine, worker, begun, taskOp(worker, caseId, { title: 'Ask the school on Main Road' }, id, 1))
    const [late] = await send(machine, worker, taskOp(worker, caseId, { title: 'Ask both schools' }, id, 1))
    expect(late).toMatchObject({ answer: 'accepted', conflicts: [{ field: 'title' }] })
    const conflictId = late?.answer === 'accepted' ? late.conflicts[0]?.conflictId : ''
    await send(machine, worker, anOp(worker, 'cases.settle_difference', { conflictId, caseId, keep: 'mine' }))
    const { body } = await ask(worker, `/api/cases/${caseId}/care`)
    expect(body.rows?.[0]?.fields.title).toBe('Ask both schools')
  })

  test.each([
    ['without a title', { ...aTask, title: '' }, 'task_without_title'],
    ['without a day', { title: 'Call', state: 'open' }, 'task_without_day'],
    ['that is cancelled without a reason', { ...aTask, state: 'cancelled' }, 'cancelled_without_reason'],
    ['that sets nothing', {}, 'nothing_changed'],
    ['of somebody who is not on the case', { ...aTask, ownerId: newId() }, 'owner_not_on_case'],
  ])('%s is refused', async (_what, set, reason) => {
    const caseId = await aCase(machine, worker)
    expect((await send(machine, worker, taskOp(worker, caseId, set)))[0]).toMatchObject({ answer: 'refused', reason })
  })

  test('cannot take the id of a task of another case, whether or not one may see that case', async () => {
    const [mine, other] = [await aCase(machine, worker), await aCase(machine, worker)]
    const begun = taskOp(worker, other, aTask)
    await send(machine, worker, begun)
    const id = String(begun.payload.id)
    expect((await send(machine, worker, taskOp(worker, mine, aTask, id)))[0]?.answer).toBe('not_allowed')
    const stranger = await aPerson(machine, await anOffice(machine), 'case_worker')
    const theirs = await aCase(machine, stranger)
    expect((await send(machine, stranger, taskOp(stranger, theirs, aTask, id)))[0]?.answer).toBe('not_allowed')
    expect((await ask(worker, `/api/cases/${other}/care`)).body.rows?.[0]?.version).toBe(1)
  })

  test('is with the supervisor to read and not to write', async () => {
    const caseId = await aCase(machine, worker)
    await send(machine, worker, taskOp(worker, caseId, aTask))
    expect((await ask(supervisor, `/api/cases/${caseId}/care`)).body.rows).toHaveLength(1)
    expect((await send(machine, supervisor, taskOp(supervisor, caseId, aTask)))[0]?.answer).toBe('not_allowed')
  })
})
