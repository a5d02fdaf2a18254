import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { testMachine } from '../../test/db.ts'
import { anOffice, aPerson, asOwner, openCaseOp, ownerRows, type Somebody } from '../../test/people.ts'
import { makeProfileKey, type ProfileKey, proveRequest, publicHalf } from '../crypto/device-proof.ts'
import { makeWholeApp } from './whole-app.ts'

const machine = await testMachine()
const app = makeWholeApp(machine, 'nowhere')
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')

type Headers = Record<string, string>

async function post(
  path: string,
  body: unknown,
  headers: Headers,
): Promise<{ status: number; cookie: string; text: string }> {
  const answer = await app.request(`http://localhost${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-kembali': '1', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const cookie = /kembali=([\w-]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[0] ?? ''
  return { status: answer.status, cookie, text: await answer.text() }
}

async function signIn(who: Somebody, key: ProfileKey | null): Promise<string> {
  const named: Headers = key === null ? {} : { 'x-kembali-key': await publicHalf(key) }
  const { cookie } = await post('/api/sign-in/demo', { personId: who.id }, named)
  expect(cookie).not.toBe('')
  return cookie
}

const PULL = JSON.stringify({ device: worker.device, cursor: null })
const pullBy = async (key: ProfileKey, at = Date.now(), body = PULL) =>
  proveRequest(key, { method: 'POST', path: '/api/pull', body }, at)

describe('a session goes on only in the browser profile it began in', async () => {
  const own = await makeProfileKey()
  const cookie = await signIn(worker, own)
  const pull = async (headers: Headers, body = PULL) => (await post('/api/pull', body, { cookie, ...headers })).status

  test('which proves each request that moves files', async () => {
    expect(await pull({ 'x-kembali-proof': await pullBy(own) })).toBe(200)
  })

  test('and gets what it fetches packed, where it says that it can unpack it', async () => {
    const packed = async (accepts: Headers) => {
      const headers = {
        'content-type': 'application/json',
        'x-kembali': '1',
        cookie,
        'x-kembali-proof': await pullBy(own),
      }
      const of = { method: 'POST', headers: { ...headers, ...accepts }, body: PULL }
      const answer = await app.request('http://localhost/api/pull', of)
      return { way: answer.headers.get('content-encoding'), bytes: Buffer.from(await answer.arrayBuffer()) }
    }
    const [plain, small] = [await packed({}), await packed({ 'accept-encoding': 'gzip' })]
    expect([plain.way, small.way]).toEqual([null, 'gzip'])
    expect(JSON.parse(gunzipSync(small.bytes).toString())).toMatchObject({ epoch: machine.epoch })
    expect(JSON.parse(plain.bytes.toString())).toMatchObject({ epoch: machine.epoch })
  })

  test('a stolen cookie alone fetches no pack, sends nothing and opens no inbox', async () => {
    expect(await pull({})).toBe(401)
    const operations = [openCaseOp(worker)]
    for (const [path, body] of [
      ['/api/operations', { operations }],
      ['/api/inbox/proof', { device: worker.device }],
      ['/api/inbox/open', {}],
      ['/api/inbox/taken', { opIds: [operations[0]?.opId] }],
    ] as const)
      expect(await post(path, body, { cookie }), path).toMatchObject({ status: 401 })
  })

  test('nor makes a key of its own with which to come back, or proves it again', async () => {
    for (const path of ['/api/my/passkeys/options', '/api/my/passkeys', '/api/step-up/demo', '/api/step-up/options'])
      expect(await post(path, {}, { cookie }), path).toMatchObject({ status: 401 })
    expect(
      await post('/api/my/passkeys/options', '{}', {
        cookie,
        'x-kembali-proof': await proveRequest(
          own,
          { method: 'POST', path: '/api/my/passkeys/options', body: '{}' },
          Date.now(),
        ),
      }),
    ).toMatchObject({ status: 200 })
  })

  test('nor with a key of the thief, an altered request, a proof for another path, or one that was heard before', async () => {
    expect(await pull({ 'x-kembali-proof': await pullBy(await makeProfileKey()) })).toBe(401)
    const other = JSON.stringify({ device: office.teamId, cursor: null })
    expect(await pull({ 'x-kembali-proof': await pullBy(own) }, other)).toBe(401)
    const forSending = await proveRequest(own, { method: 'POST', path: '/api/operations', body: PULL }, Date.now())
    expect(await pull({ 'x-kembali-proof': forSending })).toBe(401)
    const once = await pullBy(own)
    expect(await pull({ 'x-kembali-proof': once })).toBe(200)
    expect(await pull({ 'x-kembali-proof': once })).toBe(401)
    // What was heard stands in the database, so that another server on it, or this one started anew, does not hear it again.
    const [row] = await ownerRows(
      machine,
      `select forget_at > now() + interval '5 minutes' as kept from heard_proof order by forget_at desc limit 1`,
    )
    expect(row?.kept).toBe(true)
    const elsewhere = await pullBy(own)
    await asOwner(machine, `select kembali.hear_proof(sha256(convert_to('${elsewhere.split('.')[1]}', 'UTF8')), 360)`)
    expect(await pull({ 'x-kembali-proof': elsewhere })).toBe(401)
    for (const nonsense of ['', 'x', '1.2.3', `${once}=`, once.replace(/\.[^.]+$/, `.${'A'.repeat(86)}`)])
      expect(await pull({ 'x-kembali-proof': nonsense })).toBe(401)
  })

  test('a proof of another hour is told apart from a stranger: the phone asks again by our clock', async () => {
    for (const minutes of [-6, 2]) {
      const { status, text } = await post('/api/pull', PULL, {
        cookie,
        'x-kembali-proof': await pullBy(own, Math.floor(Date.now() + minutes * 60_000)),
      })
      expect(status).toBe(409)
      expect(text).toContain('other_clock')
    }
  })

  test('a new token after proving it again belongs to the same profile', async () => {
    const again = await signIn(worker, own)
    const proof = await proveRequest(own, { method: 'POST', path: '/api/step-up/demo', body: '{}' }, Date.now())
    const renewed = (await post('/api/step-up/demo', '{}', { cookie: again, 'x-kembali-proof': proof })).cookie
    expect(renewed).not.toBe('')
    expect((await post('/api/pull', PULL, { cookie: renewed })).status).toBe(401)
    expect((await post('/api/pull', PULL, { cookie: renewed, 'x-kembali-proof': await pullBy(own) })).status).toBe(200)
  })
})

test('a browser that can keep no key signs in without one', async () => {
  const cookie = await signIn(worker, null)
  expect((await post('/api/pull', PULL, { cookie })).status).toBe(200)
})

test.each(['', 'no key', 'A'.repeat(87), 'BA'.repeat(44)])(
  'a key that is none is refused at the door: %j',
  async (key) => {
    expect((await post('/api/sign-in/demo', { personId: worker.id }, { 'x-kembali-key': key })).status).toBe(400)
  },
)
