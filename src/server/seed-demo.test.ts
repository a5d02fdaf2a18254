import { beforeAll, describe, expect, test } from 'vitest'
import { addMillis, type Day, dayOf, fromMillis, type Instant } from '../core/time.ts'
import { startSession } from '../features/access/store.ts'
import { sampleOf } from '../features/supervision/store.ts'
import { ownerRows } from '../../test/people.ts'
import { freshMachine } from '../../test/db.ts'
import { appOf, ask } from '../../test/running-app.ts'
import { asPerson } from './as-person.ts'
import type { Machine } from './machine.ts'
import { seedDemo } from './seed-demo.ts'

const DAY = 24 * 3_600_000

/** Just after midnight, when what was said this morning was said yesterday: the demo starts at any hour. */
const start = fromMillis(Math.floor(Date.now() / DAY) * DAY + 60_000)
let machine: Machine
let supervisor = ''

beforeAll(async () => {
  machine = await freshMachine()
  await seedDemo(machine, start)
  const [ratna] = await ownerRows(machine, "select id from app_user where name = 'Ibu Ratna'")
  supervisor = await startSession(machine.db, String(ratna?.id), 'demo')
}, 180_000) // a whole story, on a computer that runs everything else beside it

describe('what a newcomer finds', () => {
  test('one child who is not safe stands first on a supervisor’s day', async () => {
    const { json } = await ask(appOf(machine).app, { sid: supervisor }, 'GET', '/api/team-day')
    expect(json).toMatchObject({ unsafe: [{ alias: 'Silver Kite', workerName: 'Sari Wening' }] })
  })

  test('cases ended all over the past months, and are counted in the month in which they ended', async () => {
    const months = await ownerRows(
      machine,
      "select distinct date_trunc('month', closed_at) as month from child_case where state = 'closed'",
    )
    expect(months.length).toBeGreaterThan(8)
    const before = dayOf(addMillis(start, -60 * DAY), machine.pack.timeZone).slice(0, 7)
    const { json } = await ask(appOf(machine).app, { sid: supervisor }, 'GET', `/api/office-month?month=${before}`)
    const { rows } = json as unknown as { rows: { ref: string; values: number[] }[] } // our own schema
    expect(rows.filter(({ values }) => (values[0] ?? 0) > 0).length).toBeGreaterThan(3)
  })

  test('of five files that the month draws three go on, each with its own steps behind it', async () => {
    const month = `${dayOf(start, machine.pack.timeZone).slice(0, 7)}-01` as Day // the first day of it
    const drawn = await asPerson(machine.db, supervisor, 'supervision', (tx) => sampleOf(tx, month))
    const open = drawn.filter(({ closedAt }) => closedAt === null)
    expect(open.map(({ alias }) => alias).sort()).toEqual(['Bamboo Bridge', 'Garden Lantern', 'Silver Kite'])
    for (const { caseId } of open) {
      const told = await ownerRows(
        machine,
        `select distinct date_trunc('day', at)::text as day from op_log where case_id = '${caseId}'`,
      )
      expect(told.length).toBeGreaterThan(8)
    }
  })

  test('a former child waits for an answer, and another one has it', async () => {
    const asked = await ownerRows(
      machine,
      `select (select count(*)::int from later_answer a where a.request_id = r.id) as answers, due_on from later_request r`,
    )
    const today = dayOf(start, machine.pack.timeZone)
    expect(asked.map(({ answers }) => answers).sort()).toEqual([0, 1])
    expect((asked.find(({ answers }) => answers === 0)?.due_on as Day) >= today).toBe(true)
  })

  test('of files that ended, nothing lies there beyond its day but what waits for an answer', async () => {
    const late = await ownerRows(
      machine,
      `select distinct case_id from retention_clock where erased_at is null and ends_on < kembali.today() - 1`,
    )
    const waits = await ownerRows(machine, 'select case_id from later_request where kembali.request_waits(case_id)')
    expect(late).toEqual(waits)
  })

  test('the clock is right again: whatever is written from now on is of today', async () => {
    expect(await ownerRows(machine, 'select * from test_clock')).toEqual([])
    const [clock] = await ownerRows(machine, 'select kembali.now() as now')
    expect(Math.abs(Date.parse(clock?.now as Instant) - Date.now())).toBeLessThan(60_000)
  })
})
