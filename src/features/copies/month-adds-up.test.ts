import * as fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { aRecordOp } from '../../../test/best-interests.ts'
import { noteOp } from '../../../test/care.ts'
import { testMachine } from '../../../test/db.ts'
import { MonthlyLayout } from '../../core/office-work.ts'
import { newId } from '../../crypto/random.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, ownerRows, send, type Somebody } from '../../../test/people.ts'
import { appOf, ask } from '../../../test/running-app.ts'

const { app, machine } = appOf(await testMachine())
const { pack } = machine
const COUNTS = ['open_at_start', 'opened', 'taken_over', 'reopened', 'closed', 'handed_over', 'open_at_end'] as const
type Count = (typeof COUNTS)[number]
type Told = Record<Count, number>
const refs = new Map(pack.monthly.sections.flatMap(({ rows }) => rows).map(({ counts, ref }) => [counts, ref]))

async function told(by: Somebody, month: string): Promise<{ all: Told; rows: { ref: string; values: number[] }[] }> {
  const { rows } = (await ask(app, by, 'GET', `/api/office-month?month=${month}`)).json as {
    rows: { ref: string; values: number[] }[]
  }
  const of = (counts: Count) => rows.find(({ ref }) => ref === refs.get(counts))?.values[0] ?? -1
  return { all: Object.fromEntries(COUNTS.map((counts) => [counts, of(counts)])) as Told, rows } // each of its counts
}

const moveTo = (iso: string) =>
  asOwner(
    machine,
    `insert into test_clock (offset_ms) values (${Date.parse(iso) - Date.now()})
       on conflict (only_row) do update set offset_ms = excluded.offset_ms`,
  )
afterAll(() => asOwner(machine, 'delete from test_clock'))

const MONTHS = ['2025-02', '2025-03', '2025-04'] as const
type Act = 'close_or_reopen' | 'transfer'
type Step = { day: number; act: Act }
/** From the middle of January, so that some are open before the first month, to the end of April. */
const LAST_DAY = 105
const history = fc.record({
  office: fc.constantFrom(0 as const, 1 as const),
  sex: fc.constantFrom('female', 'male', 'other', 'not_known'),
  ageBand: fc.constantFrom('0_5', '12_14', 'not_known'),
  steps: fc
    .uniqueArray(fc.integer({ min: 0, max: LAST_DAY }), { minLength: 1, maxLength: 6 })
    .chain((days) =>
      fc.tuple(
        ...days
          .toSorted((a, b) => a - b)
          .map((day) => fc.record({ day: fc.constant(day), act: fc.constantFrom<Act>('close_or_reopen', 'transfer') })),
      ),
    ),
})
const momentOf = (day: number) => new Date(Date.parse('2025-01-15T03:00Z') + day * 86_400_000).toISOString()
const monthOf = (day: number) => momentOf(day).slice(0, 7)

describe('the months of two offices between which cases move, close and open again', () => {
  test('add up in each month for each of them, whatever happened, and tell nothing of the other', async () => {
    const offices = [await anOffice(machine), await anOffice(machine)] as const
    const people = await Promise.all(
      offices.map(async (office) => ({
        worker: await aPerson(machine, office, 'case_worker'),
        supervisor: await aPerson(machine, office, 'supervisor'),
      })),
    )
    const histories = fc.sample(history, { numRuns: 24, seed: 189 })
    const expected = new Map<string, Told>()
    const add = (office: number, month: string, counts: Count) => {
      const key = `${office} ${month}`
      const sums = expected.get(key) ?? (Object.fromEntries(COUNTS.map((one) => [one, 0])) as Told)
      sums[counts] += 1
      expected.set(key, sums)
    }
    for (const { office, sex, ageBand, steps } of histories) {
      const id = newId()
      const [first, ...rest] = steps as [Step, ...Step[]] // at least one
      const by = people[office]
      await asOwner(
        machine,
        `insert into child_case (id, op_id, alias, org_id, team_id, opened_by, worker_id, region, sex, age_band, opened_at)
         values ('${id}', '${newId()}', '${id}', '${offices[office].orgId}', '${offices[office].teamId}', '${by?.worker.id}',
           '${by?.worker.id}', 'NC-TL', '${sex}', '${ageBand}', '${momentOf(first.day)}')`,
      )
      let holder: number = office
      let isOpen = true
      const lived: { day: number; holder: number; isOpen: boolean }[] = [{ day: first.day, holder, isOpen }]
      add(holder, monthOf(first.day), 'opened')
      for (const { day, act } of rest) {
        await moveTo(momentOf(day))
        const month = monthOf(day)
        if (act === 'close_or_reopen' && isOpen) {
          await asOwner(
            machine,
            `update child_case set state = 'closed', closed_for = 'death', closed_at = kembali.now() where id = '${id}'`,
          )
          add(holder, month, 'closed')
          isOpen = false
        } else if (act === 'close_or_reopen') {
          await asOwner(
            machine,
            `update child_case set state = 'open', closed_for = null, closed_at = null where id = '${id}'`,
          )
          add(holder, month, 'reopened')
          isOpen = true
        } else if (isOpen) {
          const next = 1 - holder
          await asOwner(
            machine,
            `update child_case set org_id = '${offices[next]?.orgId}', team_id = '${offices[next]?.teamId}',
               worker_id = '${people[next]?.worker.id}' where id = '${id}'`,
          )
          add(holder, month, 'handed_over')
          add(next, month, 'taken_over')
          holder = next
        }
        lived.push({ day, holder, isOpen })
      }
      for (const month of MONTHS)
        for (const [counts, edge] of [
          ['open_at_start', `${month}-01`],
          ['open_at_end', month === '2025-04' ? '2025-05-01' : `2025-0${Number(month.slice(-1)) + 1}-01`],
        ] as const) {
          const last = lived.findLast(({ day }) => momentOf(day).slice(0, 10) < edge)
          if (last?.isOpen === true) add(last.holder, month, counts)
        }
    }
    await asOwner(machine, 'delete from test_clock')

    let seen = 0
    for (const month of MONTHS)
      for (const [office, { supervisor }] of people.entries()) {
        const { all, rows } = await told(supervisor, month)
        expect({ month, office, ...all }).toEqual({ month, office, ...expected.get(`${office} ${month}`) })
        expect(
          all.open_at_start + all.opened + all.taken_over + all.reopened - all.closed - all.handed_over,
          `${month} of office ${office}`,
        ).toBe(all.open_at_end)
        for (const { ref, values } of rows) {
          const [whole = 0, ...split] = values
          const sum = (from: number, to: number) => split.slice(from, to).reduce((sofar, n) => sofar + n, 0)
          expect({ ref, bySex: sum(0, 3), byAge: sum(3, 9) }).toEqual({ ref, bySex: whole, byAge: whole })
        }
        seen += all.taken_over
      }
    expect(seen).toBeGreaterThan(5)
  })

  test('keep, for the office that gave a case, the codes it had when it left, and count no visit of another office', async () => {
    const [office, other] = [await anOffice(machine), await anOffice(machine)]
    const worker = await aPerson(machine, office, 'case_worker')
    const giver = await aPerson(machine, office, 'supervisor')
    const taker = await aPerson(machine, other, 'supervisor')
    const theirs = await aPerson(machine, other, 'case_worker')
    const caseId = await aCase(machine, worker, { sex: 'not_known', ageBand: 'not_known' })
    await send(machine, worker, noteOp(worker, caseId))
    const offer = { id: newId(), caseId, toTeam: other.teamId, childTold: 'told', why: 'They moved', needs: null }
    const answer = { id: newId(), caseId, transferId: offer.id, answer: 'accepted', workerId: theirs.id, reason: null }
    const answers = [
      ...(await send(machine, worker, aRecordOp(worker, caseId, { about: ['transfer'] }))),
      ...(await send(machine, giver, anOp(giver, 'allocation.offer_transfer', offer))),
      ...(await send(machine, taker, anOp(taker, 'allocation.answer_transfer', answer))),
    ]
    expect(answers.map((one) => one.answer)).toEqual(['accepted', 'accepted', 'accepted'])
    await asOwner(machine, `update child_case set sex = 'female', age_band = '12_14' where id = '${caseId}'`)
    const month = new Date().toISOString().slice(0, 7)
    const valuesOf = (rows: { ref: string; values: number[] }[], counts: Parameters<typeof refs.get>[0]) =>
      rows.find(({ ref }) => ref === refs.get(counts))?.values
    const given = await told(giver, month)
    expect(valuesOf(given.rows, 'handed_over')).toEqual([1, 0, 0, 1, 0, 0, 0, 0, 0, 1])
    const taken = await told(taker, month)
    expect(valuesOf(taken.rows, 'taken_over')).toEqual([1, 1, 0, 0, 0, 0, 1, 0, 0, 0])
    expect(valuesOf(taken.rows, 'visits')?.[0]).toBe(0)
    // A supervisor who is kept away from a child counts it nowhere.
    await asOwner(machine, `insert into case_exclusion (case_id, person_id) values ('${caseId}', '${taker.id}')`)
    expect((await told(taker, month)).all.taken_over).toBe(0)
  })

  test('are read by nobody from the table itself', async () => {
    const grants = await ownerRows(
      machine,
      `select grantee from information_schema.role_table_grants where table_name = 'case_held' and grantee = 'k_app'`,
    )
    expect(grants).toEqual([])
  })
})

describe('the layout of a ministry', () => {
  const columnsAre = (columns: string[]) => MonthlyLayout.safeParse({ ...pack.monthly, columns }).success
  test.each([
    ['with a split that leaves somebody out is refused', ['all', 'female', 'male'], false],
    ['also by age', ['all', '0_5', '6_11'], false],
    ['with the whole of one split may stand', ['all', 'female', 'male', 'sex_other'], true],
    ['and without any', ['all'], true],
  ])('%s', (_what, columns, expected) => {
    expect(columnsAre(columns)).toBe(expected)
  })
})
