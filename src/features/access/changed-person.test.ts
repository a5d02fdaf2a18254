import { beforeEach, describe, expect, test } from 'vitest'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, aPerson, asOwner, contactOp, ownerRows, send, type Somebody } from '../../../test/people.ts'
import { appOf, ask } from '../../../test/running-app.ts'
import { newId } from '../../crypto/random.ts'
import { ROLES } from '../../core/access.ts'
import { startSession } from './store.ts'

const { app, machine } = appOf(await testMachine())

let admin: Somebody
let second: Somebody
let supervisor: Somebody
let worker: Somebody
let caseId: string

beforeEach(async () => {
  const office = await anOffice(machine)
  admin = await aPerson(machine, office, 'admin')
  second = await aPerson(machine, office, 'admin')
  supervisor = await aPerson(machine, office, 'supervisor')
  worker = await aPerson(machine, office, 'case_worker')
  caseId = await aCase(machine, worker)
  expect((await open(worker)).status).toBe(200)
})

describe('a worker whose work is another from today', () => {
  test.each(ROLES.filter((role) => !['case_worker', 'security_desk', 'judge', 'court_adviser'].includes(role)))(
    'keeps no file when she becomes %s',
    async (role) => {
      const grantId = newId()
      await asOwner(
        machine,
        `insert into sharing_grant (id, case_id, person_id, sector, part, purpose, basis, starts_at, ends_at)
         values ('${grantId}', '${caseId}', '${worker.id}', 'child_protection', 'health', 'casework', 'consent', now(), now() + interval '1 day')`,
      )
      await changeRole(role)
      await seesNothing()
    },
  )

  test('keeps no file when she moves to another office', async () => {
    const elsewhere = await anOffice(machine)
    expect((await post('/api/people/move', { personId: worker.id, orgId: elsewhere.orgId })).status).toBe(200)
    await seesNothing()
  })

  test.each(['role', 'move', 'end'] as const)(
    'leaves a case that her supervisor finds among those to give to somebody (%s)',
    async (what) => {
      const elsewhere = await anOffice(machine)
      const toGive = async () => (await ask(app, supervisor, 'GET', '/api/team-day')).json.give as { id: string }[]
      expect(await toGive()).toEqual([])
      if (what === 'role') await changeRole('dpo')
      else if (what === 'move') await post('/api/people/move', { personId: worker.id, orgId: elsewhere.orgId })
      else await post('/api/people/end', { id: newId(), personId: worker.id })
      expect((await toGive()).map(({ id }) => id)).toEqual([caseId])
    },
  )
})

/** Two administrators where it takes two. */
async function changeRole(role: string): Promise<void> {
  const id = newId()
  const { status, json } = await post('/api/people/role', { id, personId: worker.id, role })
  expect(status).toBe(200)
  if (json.waits === true) {
    const body = JSON.stringify({ id, confirm: true })
    expect((await ask(app, second, 'POST', '/api/people/decide', { body })).status).toBe(200)
  }
}

async function seesNothing(): Promise<void> {
  expect(await ownerRows(machine, `select part from access where actor = '${worker.id}' and ends_at > now()`)).toEqual(
    [],
  )
  const again = { ...worker, sid: await startSession(machine.db, worker.id, 'demo') }
  expect((await open(again)).status).toBe(404)
  expect((await ask(app, again, 'GET', `/api/cases/${caseId}/who`)).status).toBe(404)
  const listed = await ask(app, again, 'GET', '/api/cases')
  expect(listed.json.cases).toEqual([])
  const [answer] = await send(machine, again, contactOp(again, caseId))
  expect(answer?.answer).toBe('not_allowed')
}

function open(by: Somebody) {
  return ask(app, by, 'GET', `/api/cases/${caseId}`)
}

function post(path: string, body: object) {
  return ask(app, admin, 'POST', path, { body: JSON.stringify(body) })
}
