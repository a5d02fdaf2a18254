import { describe, expect, test } from 'vitest'
import { Browser, HOUR, letPass, putPerson, runningDeployment, twoHalves } from '../../../test/door.ts'
import { asOwner, ownerRows } from '../../../test/people.ts'

const deployment = await runningDeployment()
const { machine, admin, second, supervisor, officeId } = deployment

const kept = async (): Promise<number> => {
  const [row] = await ownerRows(machine, `select count(*)::int as kept from challenge where purpose = 'sign_in'`)
  return Number(row?.kept)
}

describe('a flood at the passkey door', () => {
  test('shuts it for nobody, nor what somebody who is known already asks', async () => {
    for (const one of [admin, supervisor]) await one.signInWithPasskey()
    const { code, link } = await twoHalves(supervisor, admin, await putPerson(admin, officeId, 'case_worker'))
    // A flood comes when the database has counted that almost nobody asks.
    await machine.db.owner.script('vacuum analyze challenge')
    await second.post('/api/sign-in/passkey/options')
    await asOwner(
      machine,
      `insert into challenge (id, value, purpose) select gen_random_uuid(), 'x', 'sign_in' from generate_series(1, 5000)`,
    )
    expect((await second.signInWithPasskey()).status).toBe(200)
    expect((await second.stepUp()).status).toBe(200)
    expect((await second.post('/api/my/passkeys/options')).status).toBe(200)
    expect((await new Browser(machine).enrolPasskey(link, code)).status).toBe(200)
    expect(await kept()).toBeLessThanOrEqual(5000)
    await letPass(machine, HOUR)
  })

  test('from one address keeps a hundred questions, and another address’s answer counts', async () => {
    const { body } = await second.post('/api/sign-in/passkey/options')
    const response = second.authenticator.prove(body.options as never) // the options as the package made them
    const flooder = new Browser(machine)
    for (let count = 0; count < 130; count += 1)
      expect((await flooder.post('/api/sign-in/passkey/options')).status).toBe(200)
    expect(await kept()).toBe(101)
    expect((await second.post('/api/sign-in/passkey', { id: body.id, response, shared: false })).status).toBe(200)
  })

  test('of one computer with many addresses of one IPv6 network is one address', async () => {
    await letPass(machine, HOUR)
    for (let count = 0; count < 110; count += 1)
      await new Browser(machine, `2001:db8:1:2:${count.toString(16)}::1`).post('/api/sign-in/passkey/options')
    expect(await kept()).toBe(100)
  })
})
