import { expect, test } from 'vitest'
import { makeApp } from '../../server/http.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, send, type Somebody } from '../../../test/people.ts'
import { routes } from './api.ts'

const machine = await testMachine()
const app = makeApp(machine)
routes(app, machine)

type Late = { caseId: string; since: string }
type Day = {
  late: Late[]
  lateWorkers: { workerId: string; cases: number; steps: number }[]
  differences: { caseId: string; alias: string; workerName: string | null; count: number; since: string }[]
}

async function asks<Answer>(by: Somebody, path: string): Promise<Answer> {
  const answer = await app.request(path, { headers: { cookie: `kembali=${by.sid}` } })
  expect([path, answer.status]).toEqual([path, 200])
  return (await answer.json()) as Answer // our own server answers in its own schema
}

async function aTeam() {
  const office = await anOffice(machine)
  const worker = await aPerson(machine, office, 'case_worker')
  return { office, worker, supervisor: await aPerson(machine, office, 'supervisor') }
}

test('a supervisor’s late cases come fifty at a time, counted whole, and none twice', async () => {
  const { office, worker, supervisor } = await aTeam()
  const all: string[] = []
  for (let n = 0; n < 52; n += 1) all.push(await aCase(machine, worker))
  await asOwner(
    machine,
    `update child_case set opened_at = opened_at - interval '30 hours' where team_id = '${office.teamId}'`,
  )
  const day = await asks<Day>(supervisor, '/api/team-day')
  expect(day.late).toHaveLength(50)
  expect(day.lateWorkers).toMatchObject([{ workerId: worker.id, cases: 52, steps: 104 }])
  const { since = '', caseId = '' } = day.late.at(-1) ?? {}
  const rest = await asks<Day>(supervisor, `/api/team-day/late?since=${since}&caseId=${caseId}`)
  expect([...day.late, ...rest.late].map((one) => one.caseId).sort()).toEqual([...all].sort())

  type Page = { cases: { id: string }[]; next: string | null }
  const first = await asks<Page>(supervisor, '/api/cases?scope=team&show=overdue')
  expect(first.cases).toHaveLength(50)
  const second = await asks<Page>(supervisor, `/api/cases?scope=team&show=overdue&after=${first.next ?? ''}`)
  expect([...first.cases, ...second.cases].map(({ id }) => id).sort()).toEqual([...all].sort())
  expect(second.next).toBeNull()
}, 180_000) // fifty-two cases, on a computer that runs everything else beside it

test('differences that wait stand on her day by alias and moment, without a word of them, until somebody has chosen', async () => {
  const { worker, supervisor } = await aTeam()
  const { supervisor: stranger } = await aTeam()
  const caseId = await aCase(machine, worker)
  const edit = (callName: string) =>
    anOp(worker, 'cases.edit_card', { id: caseId, caseId, set: { callName } }, { baseVersion: 0 })
  await send(machine, worker, edit('Canary one'))
  const [second] = await send(machine, worker, edit('Canary two'))
  const day = await asks<Day>(supervisor, '/api/team-day')
  expect(day.differences).toMatchObject([{ caseId, count: 1 }])
  expect(JSON.stringify(day)).not.toContain('Canary')
  expect((await asks<Day>(stranger, '/api/team-day')).differences).toEqual([])

  const conflictId = second?.answer === 'accepted' ? second.conflicts[0]?.conflictId : undefined
  await send(machine, worker, anOp(worker, 'cases.settle_difference', { conflictId, caseId, keep: 'mine' }))
  expect((await asks<Day>(supervisor, '/api/team-day')).differences).toEqual([])
})
