import { describe, expect, test } from 'vitest'
import { noteOp, rowOp } from '../../../test/care.ts'
import { closeCase } from '../../../test/closure.ts'
import { FEATURES, testMachine } from '../../../test/db.ts'
import { aCase, anOffice, aPerson, asOwner, contactOp, ownerRows, send, type Somebody } from '../../../test/people.ts'
import { appOf, ask } from '../../../test/running-app.ts'
import { rowsOf, timeOf } from './month.ts'
import { inOrderOf } from './other-system.ts'

const { app, machine } = appOf(await testMachine())
const audited = async (by: Somebody, action: string) =>
  Number(
    (
      await ownerRows(
        machine,
        `select count(*)::int as n from audit_entry where action = '${action}' and actor = '${by.id}'`,
      )
    )[0]?.n,
  )

describe('my own list', () => {
  test('is written down before it leaves, on paper and as a file', async () => {
    const worker = await aPerson(machine, await anOffice(machine), 'case_worker')
    const out = (as: string) =>
      ask(app, worker, 'POST', '/api/my/list-out', { body: JSON.stringify({ what: 'my_list', as, lines: 3 }) })
    expect((await out('csv')).status).toBe(200)
    expect((await out('paper')).status).toBe(200)
    expect([await audited(worker, 'my_list:csv'), await audited(worker, 'my_list:paper')]).toEqual([1, 1])
    expect((await out('everything')).status).toBe(400)
  })

  test('of a supervisor holds the open cases of her teams, and of no other team', async () => {
    const [office, elsewhere] = [await anOffice(machine), await anOffice(machine)]
    const [worker, stranger] = [
      await aPerson(machine, office, 'case_worker'),
      await aPerson(machine, elsewhere, 'case_worker'),
    ]
    const supervisor = await aPerson(machine, office, 'supervisor')
    const open = await aCase(machine, worker)
    await aCase(machine, stranger)
    const listed = async (by: Somebody) =>
      ((await ask(app, by, 'GET', '/api/cases?scope=team&show=open')).json.cases as { id: string }[]).map(
        ({ id }) => id,
      )
    expect(await listed(supervisor)).toEqual([open])
    expect(await listed(worker)).toEqual([])
    // A team she no longer supervises is not hers.
    await asOwner(machine, `update team_member set ended_at = now() where person_id = '${supervisor.id}'`)
    expect(await listed(supervisor)).toEqual([])
  })
})

describe('the office’s month', () => {
  test('begins and ends at midnight of the country', () => {
    expect(timeOf('2026-02', 'Asia/Makassar')).toEqual({
      from: '2026-01-31T16:00:00.000Z',
      to: '2026-02-28T16:00:00.000Z',
    })
  })

  test('is told in the ministry’s rows and columns, and counts no case that its reader may not open', () => {
    const layout = {
      title: { en: 'Form' },
      confidence: 'recalled' as const,
      columns: ['all' as const, 'female' as const, '12_14' as const],
      sections: [{ label: { en: 'Cases' }, rows: [{ ref: '1', label: { en: 'Visits' }, counts: 'visits' as const }] }],
    }
    const cases = [
      { id: 'a', sex: 'female', ageBand: '12_14' },
      { id: 'b', sex: 'male', ageBand: '15_17' },
    ]
    const counts = [
      { caseId: 'a', counts: 'visits' as const, n: 2 },
      { caseId: 'b', counts: 'visits' as const, n: 1 },
      { caseId: 'b', counts: 'opened' as const, n: 9 },
      { caseId: 'of another office', counts: 'visits' as const, n: 50 },
    ]
    expect(rowsOf(layout, cases, counts)).toEqual([{ ref: '1', values: [3, 2, 2] }])
  })

  test('is exact for the supervisor of that office, and for nobody else', async () => {
    const office = await anOffice(machine)
    const [worker, supervisor] = [
      await aPerson(machine, office, 'case_worker'),
      await aPerson(machine, office, 'supervisor'),
    ]
    const girl = await aCase(machine, worker, { sex: 'female', ageBand: '12_14' })
    const boy = await aCase(machine, worker, { sex: 'male', ageBand: '15_17' })
    await send(machine, worker, noteOp(worker, girl), noteOp(worker, girl, { kind: 'call' }), contactOp(worker, boy))
    await closeCase(machine, worker, supervisor, boy)
    const { rows } = (await ask(app, supervisor, 'GET', '/api/office-month')).json as {
      rows: { ref: string; values: number[] }[]
    }
    const all = Object.fromEntries(rows.map(({ ref, values }) => [ref, values.slice(0, 3)]))
    expect(all).toMatchObject({
      '1': [0, 0, 0],
      '2': [2, 1, 1],
      '5': [1, 0, 1],
      '7': [1, 1, 0],
      '8': [1, 0, 1],
      '10': [1, 1, 0],
      '11': [1, 1, 0],
    })
    for (const role of ['case_worker', 'dpo', 'admin'] as const) {
      const by = await aPerson(machine, office, role)
      expect((await ask(app, by, 'GET', '/api/office-month')).status).toBe(404)
    }
    const elsewhere = await aPerson(machine, await anOffice(machine), 'supervisor')
    const others = (await ask(app, elsewhere, 'GET', '/api/office-month')).json as { rows: { values: number[] }[] }
    expect(others.rows.flatMap(({ values }) => values).every((n) => n === 0)).toBe(true)
  })
})

describe('a copy of one case for another system', () => {
  test('stands in that system’s order, with all that is known of a field and nothing for what nobody said', () => {
    const system = {
      id: 'x',
      name: { en: 'X' },
      confidence: 'recalled' as const,
      sections: [
        {
          label: { en: 'One' },
          fields: [
            { label: { en: 'Goals' }, from: 'care_goal.inTheirWords' },
            { label: { en: 'Name' }, from: 'child_identity.fullName' },
            { label: { en: 'Age' }, from: 'child_identity.approxAge', or: 'case.ageBand' },
          ],
        },
      ],
    }
    const rows = [
      { thing: 'care_goal', fields: { inTheirWords: 'School' } },
      { thing: 'care_goal', fields: { inTheirWords: 'Sleep' } },
      { thing: 'child_identity', fields: { fullName: null, approxAge: null } },
      { thing: 'case', fields: { ageBand: '12_14' } },
    ]
    expect(inOrderOf(system, rows).map(({ values }) => values)).toEqual([['School', 'Sleep'], [], ['12_14']])
  })

  test('is opened by who may read the case, holds only her parts, and is written down each time', async () => {
    const office = await anOffice(machine)
    const worker = await aPerson(machine, office, 'case_worker')
    const caseId = await aCase(machine, worker)
    await send(
      machine,
      worker,
      rowOp(worker, 'cases.edit_identity', caseId, { fullName: 'Adi Putra' }, { id: caseId }),
      rowOp(worker, 'cases.edit_card', caseId, { callName: 'Adi' }, { id: caseId }),
    )
    const { fields } = (await ask(app, worker, 'GET', `/api/cases/${caseId}/copy`)).json as {
      fields: { name: string; values: unknown[] }[]
    }
    expect(fields.find((one) => one.name === 'fullName')?.values).toEqual(['Adi Putra'])
    expect(await audited(worker, 'copy_for_system')).toBe(1)
    const stranger = await aPerson(machine, await anOffice(machine), 'case_worker')
    expect((await ask(app, stranger, 'GET', `/api/cases/${caseId}/copy`)).status).toBe(404)
    expect((await ask(app, worker, 'GET', `/api/cases/${caseId}/copy?system=nobodys`)).status).toBe(404)
  })

  test('names in the pack only fields that some feature keeps, and none of the parts that say what kind of child it is', () => {
    const things = new Map(
      FEATURES.flatMap((feature) => feature.mutable ?? []).map((one) => [one.meta.table, one] as const),
    )
    // Facts, and the case's own row: kept by their features, but not field by field.
    const facts = ['case', 'care_follow_up']
    const layouts = [...machine.pack.otherSystems, machine.pack.namedCopy]
    for (const { from } of layouts.flatMap(({ sections }) => sections.flatMap(({ fields }) => fields))) {
      const [thing = '', name = ''] = from.split('.')
      const of = things.get(thing)
      expect({ from, isKept: facts.includes(thing) || (of !== undefined && name in of.schema.shape) }).toEqual({
        from,
        isKept: true,
      })
      expect(['association', 'health', 'sealed']).not.toContain(of?.meta.part)
    }
  })
})
