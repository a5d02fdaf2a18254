import { describe, expect, test } from 'vitest'
import {
  aDeployment,
  aFirstAdministrator,
  Browser,
  HOUR,
  letPass,
  putPerson,
  tokenOf,
  twoHalves,
} from '../../../test/door.ts'
import { asOwner, ownerRows } from '../../../test/people.ts'
import { newId, newOpId } from '../../crypto/random.ts'
import { acceptOperations } from '../../server/gate.ts'
import { firstAdministratorLink } from './enrol-store.ts'
import { tidyAccounts } from './jobs.ts'
import { setUpSteps } from './set-up.ts'

// One deployment on its first day: the tests below follow it hour by hour.
const machine = await aDeployment()

describe('the first start of a real deployment', () => {
  test('has no account at all, lists nobody and offers no one-click sign-in', async () => {
    expect(await ownerRows(machine, 'select id from app_user')).toEqual([])
    const browser = new Browser(machine)
    expect((await browser.get('/api/sign-in/demo-people')).status).toBe(404)
    expect((await browser.post('/api/sign-in/demo', { personId: newId() })).status).toBe(404)
    expect((await browser.post('/api/step-up/demo')).status).toBe(404)
  })

  test('prints a link that works once, for an hour, and dies with the next start', async () => {
    const look = async (link: string | null) =>
      (await new Browser(machine).post('/api/enrol/look', { token: tokenOf(link ?? '') })).body
    const before = await firstAdministratorLink(machine)
    const link = await firstAdministratorLink(machine)
    expect((await look(before)).error).toBe('link_over')
    expect(await look(link)).toMatchObject({ first: true, passkeyOnly: true, needsCode: false })
    await letPass(machine, HOUR + 1000)
    expect((await look(link)).error).toBe('link_over')
  })
})

let people: { admin: Browser; second: Browser; worker: Browser; supervisorId: string; workerId: string } | null = null

describe('set-up', () => {
  test('lets the first administrator alone appoint, opens no case, and ends for good with the fourth key', async () => {
    const { admin, officeId } = await aFirstAdministrator(machine)
    expect(await firstAdministratorLink(machine)).toBeNull()
    const isInSetUp = async () => (await admin.get('/api/session')).body.inSetUp
    const teamId = newId()
    await admin.post('/api/people/teams', { id: teamId, orgId: officeId, name: 'First team' })
    const linkFor = async (personId: string) => String((await admin.post('/api/people/invite', { personId })).body.link)
    const enrol = async (personId: string) => {
      const browser = new Browser(machine)
      expect((await browser.enrolPasskey(await linkFor(personId))).status).toBe(200)
      return browser
    }

    const workerId = await putPerson(admin, officeId, 'case_worker')
    const worker = await enrol(workerId)
    expect(await openCase(worker, officeId, teamId)).toBe('not_allowed')
    const second = await enrol(await putPerson(admin, officeId, 'admin'))
    const put = {
      id: newId(),
      orgId: officeId,
      name: 'Somebody',
      login: 'not.yet',
      role: 'case_worker',
      language: 'en',
    }
    expect((await second.post('/api/people', put)).body.error).toBe('first_administrator_only')
    const late = await linkFor(await putPerson(admin, officeId, 'admin'))
    await enrol(await putPerson(admin, officeId, 'dpo'))
    const supervisorId = await putPerson(admin, officeId, 'supervisor')
    await enrol(supervisorId)
    expect(await isInSetUp()).toBe(true) // she has no team yet
    expect((await admin.get('/api/set-up')).body).toMatchObject({ isOver: false })
    await admin.post('/api/people/teams/put', { id: newId(), personId: supervisorId, teamId, supervises: true })

    expect(await isInSetUp()).toBe(false)
    expect((await admin.get('/api/set-up')).body).toMatchObject({ isOver: true })
    expect(await openCase(worker, officeId, teamId)).toBe('accepted')
    const ended = "select count(*)::int as n from audit_entry where action = 'access.set_up_ended'"
    expect(await ownerRows(machine, ended)).toEqual([{ n: 1 }])
    // A link that one person gave alone does not outlive the time in which she might.
    expect((await new Browser(machine).enrolPasskey(late)).body.error).toBe('link_over')
    people = { admin, second, worker, supervisorId, workerId }
    // For good: not even a deployment that loses its DPO goes back to one person alone.
    await asOwner(machine, "update app_user set ended_at = now() where role = 'dpo'")
    expect(await isInSetUp()).toBe(false)
    const personId = await putPerson(admin, officeId, 'dpo')
    expect((await admin.post('/api/people/invite', { personId })).body.error).toBe('needs_vouch')
  })

  test.each([
    [{ admins: 1, dpos: 0, supervisors: 0 }, [false, false, false]],
    [{ admins: 2, dpos: 1, supervisors: 0 }, [true, true, false]],
    [{ admins: 3, dpos: 1, supervisors: 2 }, [true, true, true]],
  ])('with %o has done %o', (facts, done) => {
    expect(setUpSteps(facts).map((one) => one.done)).toEqual(done)
  })
})

describe('an account nobody used for 45 days', () => {
  test('is put away until two people open it again, but never the last administrator', async () => {
    if (people === null) throw new Error('the set-up above has ended')
    const { admin, second, worker, workerId, supervisorId } = people
    const stateOf = async (id: string) => {
      await admin.signInWithPasskey()
      const found = (await admin.get('/api/people')).body.people as { id: string; state: string }[]
      return found.find((one) => one.id === id)?.state
    }
    const tidy = () => tidyAccounts.run(machine, '' as never) // it asks the database for the moment
    await worker.signInWithPasskey()
    await letPass(machine, 44 * 24 * HOUR)
    await second.signInWithPasskey()
    await tidy()
    expect(await stateOf(workerId)).toBe('active')
    await letPass(machine, 2 * 24 * HOUR)
    await tidy()
    expect([await stateOf(workerId), await stateOf(supervisorId)]).toEqual(['put_away', 'put_away'])
    expect((await worker.signInWithPasskey()).body.error).toBe('sign_in_failed')

    await second.signInWithPasskey()
    const { code, link } = await twoHalves(second, admin, workerId)
    expect((await worker.enrolPasskey(link, code)).status).toBe(200)
    expect(await stateOf(workerId)).toBe('active')

    await letPass(machine, 100 * 24 * HOUR)
    await admin.signInWithPasskey()
    await tidy()
    await letPass(machine, 100 * 24 * HOUR)
    await tidy()
    expect((await admin.signInWithPasskey()).status).toBe(200)
  })
})

async function openCase(worker: Browser, orgId: string, teamId: string): Promise<string | undefined> {
  const op = {
    opId: newOpId(),
    device: newId(),
    seq: 1,
    type: 'cases.open_case',
    baseVersion: null,
    payload: {
      id: newId(),
      alias: `Blue ${newId().replace(/[^a-f]/g, '')}x`,
      orgId,
      teamId,
      region: 'NC-TL',
      sex: 'not_known',
      ageBand: 'not_known',
      threatened: false,
    },
    claimedAt: new Date().toISOString(),
  }
  const sid = worker.cookie?.split('=')[1] ?? ''
  const [answer] = await acceptOperations(machine, sid, [op as never], newId()) // ids were just made
  return answer?.answer
}
