import { describe, expect, test } from 'vitest'
import {
  aWorkerWithPassword,
  Browser,
  codeAt,
  letPass,
  MINUTE,
  momentOf,
  nextCode,
  ORIGIN,
  PASSWORD,
  putPerson,
  runningDeployment,
  twoHalves,
} from '../../../test/door.ts'
import { ownerRows } from '../../../test/people.ts'
import { verifyAgainstNobody } from '../../crypto/password.ts'
import { newId } from '../../crypto/random.ts'
import { NotSignedIn } from '../../server/as-person.ts'
import { pull } from '../../server/pull.ts'

const deployment = await runningDeployment()
const { machine } = deployment
const worker = await aWorkerWithPassword(deployment)

/** Microseconds of processor time since then. */
function sinceOf(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return user + system
}
const isSignedIn = async (browser: Browser) => (await browser.get('/api/session')).status === 200

describe('a password with a code', () => {
  test('opens a session in a cookie that no script can read and no other site can send', async () => {
    const browser = new Browser(machine)
    const answer = await browser.signInWithPassword(worker.login, PASSWORD, await nextCode(machine, worker.secret))
    expect(answer.status).toBe(200)
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^__Host-kembali=[A-Za-z0-9_-]{43}; /)
    for (const part of ['Secure', 'HttpOnly', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(part)
    expect(cookie).not.toContain('Domain')
    expect((await browser.get('/api/session')).body).toMatchObject({
      person: { id: worker.id },
      strength: 'password_totp',
    })
    const raw = cookie.split(/[=;]/)[1] ?? ''
    const hex = Buffer.from(raw).toString('hex')
    const kept = `select encode(token_hash, 'hex') = '${hex}' as raw from session
      where encode(token_hash, 'hex') in ('${hex}', encode(sha256(decode('${hex}', 'hex')), 'hex'))`
    expect(await ownerRows(machine, kept)).toEqual([{ raw: false }]) // its hash and nothing else
  })

  test('counts once; a code two steps early or late does not count, whatever the phone’s clock says', async () => {
    const browser = new Browser(machine)
    const code = await nextCode(machine, worker.secret)
    expect((await browser.signInWithPassword(worker.login, PASSWORD, code)).status).toBe(200)
    expect((await browser.signInWithPassword(worker.login, PASSWORD, code)).body.error).toBe('sign_in_failed')
    await letPass(machine, 5 * MINUTE)
    for (const steps of [-2, 2]) {
      const off = codeAt(worker.secret, (await momentOf(machine)) + steps * 30_000)
      expect((await browser.signInWithPassword(worker.login, PASSWORD, off)).body.error).toBe('sign_in_failed')
    }
    expect(
      (await browser.signInWithPassword(worker.login, PASSWORD, await nextCode(machine, worker.secret))).status,
    ).toBe(200)
  })

  test('used twice in the same moment opens one session', async () => {
    const code = await nextCode(machine, worker.secret)
    const answers = await Promise.all(
      [1, 2, 3].map(() => new Browser(machine).signInWithPassword(worker.login, PASSWORD, code)),
    )
    expect(answers.filter((one) => one.status === 200)).toHaveLength(1)
  })

  test('answers a wrong password, a wrong code and a name nobody has alike, with the same work', async () => {
    const code = await nextCode(machine, worker.secret)
    const tries = [
      [worker.login, 'a wrong password altogether', code],
      [worker.login, PASSWORD, '000000'],
      ['nobody.of.this.name', PASSWORD, code],
      ['the.dpo', PASSWORD, code], // known, and without a password door
    ] as const
    const work: number[] = []
    for (const [login, password, totp] of tries) {
      const before = process.cpuUsage()
      const { status, body } = await new Browser(machine).signInWithPassword(login, password, totp)
      work.push(sinceOf(before))
      expect([status, body.error, Object.keys(body).sort()]).toEqual([401, 'sign_in_failed', ['error', 'requestId']])
    }
    // Each has paid for one Argon2id in processor time, whatever else the computer does; none is a quick no.
    const paid: number[] = []
    for (let n = 0; n < 3; n += 1) {
      const before = process.cpuUsage()
      await verifyAgainstNobody(PASSWORD)
      paid.push(sinceOf(before))
    }
    expect(Math.min(...work)).toBeGreaterThan(Math.min(...paid) / 2)
  })

  test('tells a guesser to wait, and a name nobody has just the same; the passkey of the victim still opens', async () => {
    const guesser = new Browser(machine)
    const waits: Record<string, number[]> = {}
    for (const login of ['the.dpo', 'nobody.at.all']) {
      waits[login] = []
      for (let guess = 0; guess < 6; guess += 1) {
        const { status, body, headers } = await guesser.signInWithPassword(
          login,
          `guess number ${guess} of many`,
          '123456',
        )
        waits[login].push(status)
        if (status === 429) expect([body.error, headers.get('retry-after')]).toEqual(['wait', String(body.seconds)])
      }
    }
    expect(waits['the.dpo']).toEqual(waits['nobody.at.all'])
    expect(waits['the.dpo']).toContain(429)
    expect((await deployment.dpo.signInWithPasskey()).status).toBe(200)
  })

  test('is not hashed at all while one must wait', async () => {
    const guesser = new Browser(machine)
    const login = newId()
    for (let guess = 0; guess < 4; guess += 1) await guesser.signInWithPassword(login, PASSWORD, '123456')
    const started = performance.now()
    expect((await guesser.signInWithPassword(login, PASSWORD, '123456')).status).toBe(429)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

describe('a passkey', () => {
  test('opens a session; its answer counts once, here only, and only with the person verified', async () => {
    const { admin } = deployment
    const { body } = await admin.post('/api/sign-in/passkey/options')
    const response = admin.authenticator.prove(body.options as never) // the options as the package made them
    const thief = new Browser(machine)
    const proof = { id: body.id, response, shared: false }
    expect((await admin.post('/api/sign-in/passkey', proof)).status).toBe(200)
    expect((await thief.post('/api/sign-in/passkey', proof)).body.error).toBe('sign_in_failed')
    expect((await admin.signInWithPasskey({ userVerified: false })).body.error).toBe('sign_in_failed')
    expect((await admin.signInWithPasskey({ origin: 'https://kembali.example.evil.test' })).body.error).toBe(
      'sign_in_failed',
    )
    expect((await admin.signInWithPasskey({ counter: 1 })).body.error).toBe('sign_in_failed') // a copied key
    expect((await admin.signInWithPasskey()).status).toBe(200)
  })

  test('asked for five minutes ago is asked for again', async () => {
    const { second } = deployment
    const { body } = await second.post('/api/sign-in/passkey/options')
    const response = second.authenticator.prove(body.options as never) // the options as the package made them
    await letPass(machine, 5 * MINUTE + 1000)
    expect((await second.post('/api/sign-in/passkey', { id: body.id, response, shared: false })).body.error).toBe(
      'sign_in_failed',
    )
  })

  test('can be added and taken away by its owner, but not the last one', async () => {
    const { second } = deployment
    await second.signInWithPasskey()
    const keys = async () => (await second.get('/api/my/sign-ins')).body.passkeys as { id: string }[]
    const [first] = await keys()
    expect((await second.post('/api/my/passkeys/remove', { id: first?.id })).body.error).toBe('last_one')
    const { body } = await second.post('/api/my/passkeys/options')
    const response = second.authenticator.make(body.options as never) // the options as the package made them
    expect((await second.post('/api/my/passkeys', { id: body.id, response })).status).toBe(200)
    expect(await keys()).toHaveLength(2)
    expect((await second.post('/api/my/passkeys/remove', { id: first?.id })).status).toBe(200)
    expect((await second.signInWithPasskey()).status).toBe(200)
  })
})

describe('a session', () => {
  test('ends after 15 minutes of rest, on a shared computer after five, and after twelve hours whatever happens', async () => {
    const [desk, shared] = [new Browser(machine), new Browser(machine)]
    await desk.signInWithPassword(worker.login, PASSWORD, await nextCode(machine, worker.secret))
    const code = await nextCode(machine, worker.secret)
    await shared.post('/api/sign-in/password', { login: worker.login, password: PASSWORD, code, shared: true })
    await letPass(machine, 5 * MINUTE + 1000)
    expect([await isSignedIn(desk), await isSignedIn(shared)]).toEqual([true, false])
    for (let minutes = 0; minutes < 12 * 60; minutes += 14) {
      await letPass(machine, 14 * MINUTE)
      await desk.get('/api/session')
    }
    expect(await isSignedIn(desk)).toBe(false)
    await desk.signInWithPassword(worker.login, PASSWORD, await nextCode(machine, worker.secret))
    await letPass(machine, 15 * MINUTE + 1000)
    expect(await isSignedIn(desk)).toBe(false)
  })

  test('is one of three at most; its owner sees them and ends one, and nobody else’s', async () => {
    const browsers: Browser[] = []
    for (let count = 0; count < 4; count += 1) {
      const browser = new Browser(machine)
      await browser.signInWithPassword(worker.login, PASSWORD, await nextCode(machine, worker.secret))
      browsers.push(browser)
    }
    const [first, second, third, fourth] = browsers
    if (!first || !second || !third || !fourth) throw new Error('four browsers')
    expect([await isSignedIn(first), await isSignedIn(second), await isSignedIn(fourth)]).toEqual([false, true, true])
    const mine = async (browser: Browser) =>
      (await browser.get('/api/my/sign-ins')).body.sessions as { id: string; here: boolean }[]
    const listed = await mine(fourth)
    expect(listed).toHaveLength(3)
    expect(listed.filter((one) => one.here)).toHaveLength(1)
    await deployment.dpo.signInWithPasskey()
    const foreign = (await mine(deployment.dpo))[0]?.id
    expect((await fourth.post('/api/my/sessions/end', { id: foreign })).status).toBe(404)
    expect(
      (await fourth.post('/api/my/sessions/end', { id: (await mine(second)).find((one) => one.here)?.id })).status,
    ).toBe(200)
    expect([await isSignedIn(second), await isSignedIn(third), await isSignedIn(deployment.dpo)]).toEqual([
      false,
      true,
      true,
    ])
  })

  test('gets a new token when somebody proves again who she is; the old one is dead', async () => {
    const { admin } = deployment
    await admin.signInWithPasskey()
    const before = new Browser(machine)
    before.cookie = admin.cookie
    expect((await admin.stepUp()).status).toBe(200)
    expect(admin.cookie).not.toBe(before.cookie)
    expect([await isSignedIn(before), await isSignedIn(admin)]).toEqual([false, true])
  })

  test('cannot be stepped up with somebody else’s proof', async () => {
    const { admin, second } = deployment
    await admin.signInWithPasskey()
    const { body } = await admin.post('/api/step-up/options')
    const foreign = second.authenticator.prove({
      ...(body.options as never as { challenge: string }),
      allowCredentials: [],
    })
    expect((await admin.post('/api/step-up/passkey', { id: body.id, response: foreign })).body.error).toBe(
      'sign_in_failed',
    )
  })

  test('older than five minutes opens none of the doors that ask for a fresh proof', async () => {
    const { admin } = deployment
    await admin.signInWithPasskey()
    await letPass(machine, 6 * MINUTE)
    const [id, personId, orgId, teamId] = [newId(), worker.id, deployment.officeId, deployment.teamId]
    const doors: [string, Record<string, unknown>][] = [
      [
        '/api/people',
        { id, orgId, name: 'Somebody', login: `p${id.slice(0, 8)}`, role: 'case_worker', language: 'en' },
      ],
      ['/api/people/organisations', { id, name: 'An office', sector: 'health', region: null }],
      ['/api/people/teams', { id, orgId, name: 'A team' }],
      ['/api/people/teams/put', { id, personId, teamId, supervises: false }],
      ['/api/people/teams/take-off', { personId, teamId }],
      ['/api/people/role', { id, personId, role: 'intake' }],
      ['/api/people/move', { personId, orgId }],
      ['/api/people/end', { id, personId }],
      ['/api/people/end-sessions', { personId }],
      ['/api/people/decide', { id, confirm: true }],
      ['/api/people/vouch', { id, personId }],
      ['/api/people/invite', { personId }],
      ['/api/my/passkeys/options', {}],
      ['/api/my/passkeys/remove', { id: 'x' }],
    ]
    for (const [path, body] of doors) {
      const answer = await admin.post(path, body)
      expect([path, answer.status, answer.body.error]).toEqual([path, 401, 'step_up'])
    }
    expect((await admin.stepUp()).status).toBe(200)
    expect((await admin.post('/api/people/teams', { id, orgId, name: 'A team' })).status).toBe(200)
  })

  test('is refused to a page of another site', async () => {
    const answer = await new Browser(machine).post('/api/sign-in/passkey/options', {}, { origin: 'https://evil.test' })
    expect(answer.status).toBe(403)
    expect(ORIGIN).toBe('https://kembali.example')
  })
})

test('a link and its number, used by two browsers in the same moment, make one key', async () => {
  for (let round = 0; round < 5; round += 1) {
    await deployment.admin.signInWithPasskey()
    await deployment.supervisor.signInWithPasskey()
    const personId = await putPerson(deployment.admin, deployment.officeId, 'case_worker')
    const { code, link } = await twoHalves(deployment.supervisor, deployment.admin, personId)
    const browsers = [new Browser(machine), new Browser(machine)]
    const answers = await Promise.all(browsers.map((browser) => browser.enrolPasskey(link, code)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const kept = await ownerRows(machine, `select 1 from passkey where person_id = '${personId}'`)
    expect(kept).toHaveLength(1)
  }
})

test('a page that fetches by itself keeps no session alive; one that somebody uses does', async () => {
  await letPass(machine, 5 * MINUTE)
  const browser = new Browser(machine)
  await browser.signInWithPassword(worker.login, PASSWORD, await nextCode(machine, worker.secret))
  expect((await browser.get('/api/session')).body.idleMinutes).toBe(15)
  const sid = browser.cookie?.split('=')[1] ?? ''
  const round = (attended: boolean) =>
    pull(machine, sid, { device: newId() as never, cursor: null, attended }, newId()).then(
      () => 'answered',
      (error: unknown) => (error instanceof NotSignedIn ? 'signed out' : error),
    )
  for (let minutes = 0; minutes < 30; minutes += 10) {
    await letPass(machine, 10 * MINUTE)
    expect(await round(true)).toBe('answered')
  }
  await letPass(machine, 10 * MINUTE)
  expect(await round(false)).toBe('answered')
  await letPass(machine, 6 * MINUTE)
  expect(await round(false)).toBe('signed out')
})
