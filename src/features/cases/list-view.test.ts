import { describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { closeCase } from '../../../test/closure.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, ownerRows, send, type Somebody } from '../../../test/people.ts'
import { appOf, ask } from '../../../test/running-app.ts'
import { belongsOn, firstView, LISTS_AT_MOST, type ListView, narrowing } from './list-view.ts'

const { app, machine } = appOf(await testMachine())
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')

describe('a list of cases', () => {
  const of = { region: 'NC-TL', ageBand: '15_17', stage: 'working', workerId: 'w' } as const
  test.each([
    ['lets everything through that nobody narrowed', {}, true],
    ['shows the place that was chosen', { region: 'NC-TL' }, true],
    ['leaves another place out', { region: 'NC-GN' }, false],
    ['wants every choice at once', { region: 'NC-TL', ageBand: '6_11' as const }, false],
    ['knows the worker', { workerId: 'x' }, false],
  ])('%s', (_what, over, expected) => {
    expect(belongsOn({ ...firstView(true), ...over }, of)).toBe(expected)
  })
  test('says how many choices narrow it', () => {
    expect(narrowing({ ...firstView(false), region: 'NC-TL', stage: 'working' })).toBe(2)
  })
})

describe('a list somebody keeps', () => {
  const keep = (by: Somebody, view: Partial<ListView> | Record<string, unknown>, id = newId()) =>
    ask(app, by, 'POST', '/api/my/lists', { body: JSON.stringify({ id, view: { ...firstView(false), ...view } }) })
  const lists = async (by: Somebody) =>
    (await ask(app, by, 'GET', '/api/my/lists')).json.lists as { id: string; view: ListView }[]

  test('is there at her next sign-in, for her alone, and gone when she drops it', async () => {
    const [somebody, other] = [
      await aPerson(machine, office, 'case_worker'),
      await aPerson(machine, office, 'supervisor'),
    ]
    const id = newId()
    expect((await keep(somebody, { region: 'NC-TL', show: 'overdue' }, id)).status).toBe(200)
    expect(await lists(somebody)).toMatchObject([{ id, view: { region: 'NC-TL', show: 'overdue' } }])
    expect(await lists(other)).toEqual([])
    const drop = (by: Somebody) => ask(app, by, 'POST', '/api/my/lists/remove', { body: JSON.stringify({ id }) })
    expect((await drop(other)).status).toBe(404)
    expect((await drop(somebody)).status).toBe(200)
    expect(await lists(somebody)).toEqual([])
  })

  test.each([
    ['a name where a place belongs', { region: 'Adi' }],
    ['a search', { search: 'Adi' }],
    ['a column that tells what kind of case it is', { columns: ['association'] }],
    ['a name for the list itself', { name: 'Adi and his brother' }],
  ])('takes no %s', async (_what, over) => {
    const somebody = await aPerson(machine, office, 'case_worker')
    expect((await keep(somebody, over)).status).toBe(400)
    expect(await lists(somebody)).toEqual([])
  })

  test('is refused when there are enough, with a sentence for it', async () => {
    const somebody = await aPerson(machine, office, 'case_worker')
    for (let n = 0; n < LISTS_AT_MOST; n += 1) expect((await keep(somebody, {})).status).toBe(200)
    const { status, json } = await keep(somebody, {})
    expect({ status, error: json.error }).toEqual({ status: 409, error: 'enough_lists' })
  })
})

test('a supervisor gives several cases in one go: each is an act of its own in the log', async () => {
  const colleague = await aPerson(machine, office, 'case_worker')
  const caseIds = [await aCase(machine, worker), await aCase(machine, worker)]
  const give = caseIds.map((caseId) =>
    anOp(supervisor, 'cases.assign', { caseId, personId: colleague.id, teamId: office.teamId }),
  )
  expect((await send(machine, supervisor, ...give)).map((one) => one.answer)).toEqual(['accepted', 'accepted'])
  const logged = await ownerRows(
    machine,
    `select case_id from op_log where type = 'cases.assign' and case_id in ('${caseIds.join("','")}')`,
  )
  expect(logged).toHaveLength(2)
})

test('a printed page stands in the path of the case and in the ledger, also of a closed case', async () => {
  const caseId = await aCase(machine, worker)
  await closeCase(machine, worker, supervisor, caseId)
  const print = anOp(supervisor, 'cases.note_print', { id: newId(), caseId, what: 'case', named: true })
  expect((await send(machine, supervisor, print))[0]?.answer).toBe('accepted')
  const [entry] = await ownerRows(
    machine,
    `select (select clear->>'named' from op_log where op_id = '${print.opId}') as named,
            (select count(*)::int from audit_entry where action = 'cases.note_print' and actor = '${supervisor.id}') as entries`,
  )
  expect(entry).toEqual({ named: 'true', entries: 1 })
})
