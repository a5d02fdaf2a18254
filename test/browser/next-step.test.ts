import { expect, test } from 'vitest'
import { type Instant, instant } from '../../src/core/time.ts'
import { newId } from '../../src/crypto/random.ts'
import { startSession } from '../../src/features/access/store.ts'
import { tasks as assessment } from '../../src/features/assessment/screens/tasks.ts'
import { tasks as bestInterests } from '../../src/features/best-interests/screens/tasks.ts'
import { tasks as care } from '../../src/features/care/screens/tasks.ts'
import { tasks as cases } from '../../src/features/cases/screens/tasks.ts'
import { tasks as conference } from '../../src/features/conference/screens/tasks.ts'
import { tasks as family } from '../../src/features/family/screens/tasks.ts'
import { tasks as justice } from '../../src/features/justice/screens/tasks.ts'
import { tasks as referrals } from '../../src/features/referrals/screens/tasks.ts'
import { tasks as services } from '../../src/features/services/screens/tasks.ts'
import { tasks as signatures } from '../../src/features/signatures/screens/tasks.ts'
import { tasks as supervision } from '../../src/features/supervision/screens/tasks.ts'
import { tasks as work } from '../../src/features/work/screens/tasks.ts'
import { listText, nextOf } from '../../src/features/cases/screens/group-tasks.ts'
import type { Machine } from '../../src/server/machine.ts'
import { pull } from '../../src/server/pull.ts'
import { seedDemo } from '../../src/server/seed-demo.ts'
import type { Task } from '../../src/web/feature.ts'
import { keyOf, type Row, type Rows } from '../../src/web/replica.ts'
import { freshMachine } from '../db.ts'
import { ownerRows } from '../people.ts'
import { appOf, ask } from '../running-app.ts'
import { demoPack, english } from '../speech.ts'

// A worker's phone holds her cases and their words; her supervisor's list opens no file (decision 0047). It stands here because
// it looks at both: what the server tells, and the rules of the screens.
const RULES = [
  assessment,
  bestInterests,
  care,
  cases,
  conference,
  family,
  justice,
  referrals,
  services,
  signatures,
  supervision,
  work,
]
const NOTHING = 'Nothing due'
const speech = english()
const pack = demoPack()

type Page = { cases: Record<string, unknown>[]; due: Row[]; late: Record<string, number>; next: string | null }
type Day = { late: { caseId: string; count: number }[]; lateWorkers: { cases: number; steps: number }[] }

test('a worker and her supervisor read the same next step and moment of every case of the demo', async () => {
  const machine = await freshMachine()
  await seedDemo(machine, instant(new Date().toISOString()))
  const now = instant(new Date().toISOString())
  const hers = new Map<string, string>()
  for (const sid of await sessionsOf(machine, `select distinct worker_id as id from child_case where state = 'open'`))
    for (const [caseId, says] of saysOf(await phoneOf(machine, sid))) hers.set(caseId, says)

  const before = await openings(machine)
  const theirs = new Map<string, string>()
  for (const sid of await sessionsOf(machine, 'select distinct person_id as id from team_member where supervises'))
    for (const rows of await listOf(machine, sid)) for (const [caseId, says] of saysOf(rows)) theirs.set(caseId, says)

  await sameCountsEverywhere()
  const both = [...hers].filter(([caseId]) => theirs.has(caseId))
  expect(both.filter(([, says]) => says !== NOTHING).length).toBeGreaterThan(20)
  expect(Object.fromEntries(both.map(([caseId]) => [caseId, theirs.get(caseId)]))).toEqual(Object.fromEntries(both))
  expect(await openings(machine)).toEqual(before)

  /** How much is late, by the rules of the screens, as the list says it, as it is filtered, and as her day counts it. */
  async function sameCountsEverywhere(): Promise<void> {
    let counted = 0
    for (const sid of await sessionsOf(machine, 'select distinct person_id as id from team_member where supervises')) {
      const ruled = new Map<string, number>()
      for (const rows of await listOf(machine, sid))
        for (const { caseId, dueAt, waits } of RULES.flatMap((rule) => rule({ rows, pack, now, speech })))
          if (dueAt < now && waits !== true) ruled.set(caseId, (ruled.get(caseId) ?? 0) + 1)
      const byCase = Object.fromEntries([...ruled].sort())
      const sorted = (late: Record<string, number>) => Object.fromEntries(Object.entries(late).sort())
      for (const show of ['open', 'overdue'])
        expect(sorted(Object.assign({}, ...(await pagesOf(machine, sid, show)).map(({ late }) => late)))).toEqual(
          byCase,
        )
      const day = (await ask(appOf(machine).app, { sid }, 'GET', '/api/team-day')).json as unknown as Day // our own schema
      expect(sorted(Object.fromEntries(day.late.map(({ caseId, count }) => [caseId, count])))).toEqual(byCase)
      const sum = (of: readonly number[]) => of.reduce((all, one) => all + one, 0)
      expect(sum(day.lateWorkers.map(({ cases }) => cases))).toBe(ruled.size)
      expect(sum(day.lateWorkers.map(({ steps }) => steps))).toBe(sum([...ruled.values()]))
      counted += ruled.size
    }
    expect(counted).toBeGreaterThan(5)
  }

  /** What a list says of each case: the words of its next step and when it is due. */
  function saysOf(rows: Rows): Map<string, string> {
    const tasks = RULES.flatMap((rule) => rule({ rows, pack, now, speech }))
    const cases = [...rows.values()].filter((row) => row.thing === 'case')
    return new Map(cases.map(({ id }) => [id, said(nextOf(tasks, id, now))]))
  }
}, 600_000)

const said = (next: Task | null) => (next === null ? NOTHING : `${listText(next)} · ${next.dueAt satisfies Instant}`)

/** How often a key of some file was asked for. */
const openings = (machine: Machine) =>
  ownerRows(machine, `select count(*)::int as n from audit_entry where action like 'open%'`)

async function sessionsOf(machine: Machine, people: string): Promise<string[]> {
  const found = await ownerRows(machine, people)
  return Promise.all(found.map((row) => startSession(machine.db, String(row.id), 'demo')))
}

/** The pages of a supervisor's list, each as her screen looks at it. */
async function listOf(machine: Machine, sid: string): Promise<Rows[]> {
  const pages = await pagesOf(machine, sid, 'open')
  return pages.map(({ cases, due }) => new Map([...cases.map(caseRow), ...due].map((row) => [keyOf(row), row])))
}

async function pagesOf(machine: Machine, sid: string, show: string): Promise<Page[]> {
  const { app } = appOf(machine)
  const pages: Page[] = []
  for (let after: string | null = ''; after !== null;) {
    const answer: { status: number; json: object } = await ask(
      app,
      { sid },
      'GET',
      `/api/cases?scope=team&show=${show}${after}`,
    )
    expect(answer.status).toBe(200)
    const page = answer.json as Page // our own server answers in its own schema
    pages.push(page)
    after = page.next === null ? null : `&after=${page.next}`
  }
  return pages
}

async function phoneOf(machine: Machine, sid: string): Promise<Rows> {
  const device = newId() as never // just made
  const rows: Row[] = []
  for (let cursor: string | null = null, more = true; more;) {
    const answer: Awaited<ReturnType<typeof pull>> = await pull(machine, sid, { device, cursor }, newId())
    rows.push(...answer.put)
    cursor = answer.cursor
    more = answer.more
  }
  return new Map(rows.map((row) => [keyOf(row), row]))
}

function caseRow(fields: Record<string, unknown>): Row {
  const id = String(fields.id)
  return { thing: 'case', id, caseId: id, version: 1, fields }
}
