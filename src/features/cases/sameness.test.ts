import { describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { makeApp } from '../../server/http.ts'
import { pull } from '../../server/pull.ts'
import { runJob } from '../../server/timer.ts'
import { readyOp, toldOp } from '../../../test/association.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, contactOp, ownerRows, send, type Somebody } from '../../../test/people.ts'

const machine = await testMachine()
const app = makeApp(machine)
for (const feature of machine.features) feature.routes(app, machine)

/** Everything a list, a device, a board and a notice say of a case, without what differs between any two cases. */
async function everythingShown(by: Somebody, supervisor: Somebody, caseId: string): Promise<unknown> {
  const get = async (who: Somebody, path: string) => {
    const answer = await app.request(`http://localhost${path}`, { headers: { cookie: `kembali=${who.sid}` } })
    return (await answer.json()) as Record<string, unknown[]>
  }
  const about = (rows: unknown) =>
    (rows as Record<string, unknown>[]).filter((row) => row.caseId === caseId || row.id === caseId)
  const list = await get(by, '/api/cases')
  const team = await get(supervisor, '/api/cases?scope=team')
  const day = await get(supervisor, '/api/team-day')
  const board = await get(supervisor, '/api/safeguards/board')
  const notices = await get(by, '/api/notices')
  const device = await pull(machine, by.sid, { device: newId() as never, cursor: null }, newId())
  const rest = await ownerRows(machine, `select stage from notice where case_id = '${caseId}' order by about, stage`)
  // The file itself too, as worker and supervisor open it: all that is asked about a case, but the one question of that part.
  const questions = app.routes
    .filter(({ method, path }) => method === 'GET' && path.startsWith('/api/cases/:id'))
    .map(({ path }) => path)
    .filter((path) => !path.endsWith('/association') && !path.includes(':hit'))
  const file: Record<string, unknown> = {}
  for (const [role, who] of Object.entries({ by, supervisor }))
    for (const path of questions)
      file[`${role} ${path}`] = await get(
        who,
        path.replace(':id', caseId) + (path.endsWith('/path') ? '?before=2100-01-01T00:00:00.000Z' : ''),
      )
  expect(questions.length).toBeGreaterThan(5)
  const lists = {
    list: list.cases,
    team: team.cases,
    due: team.due,
    day: day.late,
    board: board.clocks,
    asks: board.asks,
    notices: notices.notices,
  }
  const shown = Object.entries({ ...lists, device: device.put }).map(([name, rows]) => [name, about(rows)])
  const [{ alias }] = about(list.cases) as [Record<string, unknown>] // her own open case is on her list
  const text = JSON.stringify([shown, file, rest])
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'moment')
    .replaceAll(String(alias), 'alias')
  return JSON.parse(text)
}

describe('a child of this group and any other child', () => {
  test('look the same on every list, board, device, notice and page of the file, also when part association was written', async () => {
    const office = await anOffice(machine)
    const worker = await aPerson(machine, office, 'case_worker')
    const supervisor = await aPerson(machine, office, 'supervisor')
    const detained = new Date(Date.now() - 23 * 3_600_000).toISOString()
    const life = async () => {
      const caseId = await aCase(machine, worker, { sex: 'male', ageBand: '15_17' })
      const set = { callName: 'One', carer: 'Aunt' }
      await send(
        machine,
        worker,
        anOp(worker, 'cases.edit_card', { id: caseId, caseId, set }, { baseVersion: 0 }),
        contactOp(worker, caseId, { startedAt: detained, detainedAt: detained }),
      )
      return caseId
    }
    const [any, ofGroup] = [await life(), await life()]
    // As a worker does it: a lawyer is there, the child was told why, and then it tells.
    const told = await send(machine, worker, readyOp(worker, ofGroup), toldOp(worker, ofGroup))
    expect(told.map((one) => one.answer)).toEqual(['accepted', 'accepted'])
    for (const job of machine.features.flatMap((feature) => feature.jobs)) await runJob(machine, job)
    const shown = await everythingShown(worker, supervisor, any)
    expect(JSON.stringify(shown).length).toBeGreaterThan(5000)
    expect(await everythingShown(worker, supervisor, ofGroup)).toEqual(shown)
  })

  test('no column that a list, a device or a notice can show is of part association', async () => {
    const columns = await ownerRows(
      machine,
      `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'
         and table_name in ('child_case', 'child_card', 'notice', 'due', 'device_pack', 'visit_mark', 'match_hit', 'safeguard_clock')`,
    )
    for (const { name } of columns)
      expect(name).not.toMatch(/assoc|group|armed|terror|extrem|ideolog|radical|recruit|kind_of_case|risk|score/)
  })
})
