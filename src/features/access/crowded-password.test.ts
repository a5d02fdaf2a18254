import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  aWorkerWithPassword,
  Browser,
  HOUR,
  letPass,
  nextCode,
  PASSWORD,
  runningDeployment,
} from '../../../test/door.ts'
import { makeProfileKey, type ProfileKey, proveRequest, publicHalf } from '../../crypto/device-proof.ts'
import { newId } from '../../crypto/random.ts'
import { asNobody } from './sign-in-api.ts'
import { takeTurn } from './sign-in-store.ts'
import { BUCKETS } from './throttle.ts'

const deployment = await runningDeployment()
const { machine } = deployment
const worker = await aWorkerWithPassword(deployment)
const own = await makeProfileKey()
const PATH = '/api/sign-in/password'

const turn = (login: string, address: string) => asNobody(machine, (tx) => takeTurn(tx, { login, address }))
const someAddress = () => new Browser(machine).address

/** Asks as the browser of this profile does: it says which it is, and proves it over this very request. */
async function signIn(browser: Browser, key: ProfileKey, password = PASSWORD) {
  const body = { login: worker.login, password, code: await nextCode(machine, worker.secret), shared: false }
  const asked = { method: 'POST', path: PATH, body: JSON.stringify(body) }
  const headers = {
    'x-kembali-key': await publicHalf(key),
    'x-kembali-proof': await proveRequest(key, asked, Date.now()),
  }
  return browser.post(PATH, body, headers)
}

/** Somebody guesses at her account, each time from another address, whenever there is a turn. */
async function strangersGuess(): Promise<void> {
  for (let guess = 0; guess < 14; guess += 1) {
    await letPass(machine, 1000 * (await turn(worker.login, someAddress())))
    await turn(worker.login, someAddress())
  }
}

beforeAll(async () => {
  expect((await signIn(new Browser(machine), own)).status).toBe(200)
})
beforeEach(() => letPass(machine, 25 * HOUR))

describe('a browser in which she has signed in before', () => {
  test('opens while somebody guesses at her account from ever new addresses', async () => {
    await strangersGuess()
    expect((await signIn(new Browser(machine), await makeProfileKey())).status).toBe(429)
    await strangersGuess()
    expect((await signIn(new Browser(machine), own)).status).toBe(200)
  })

  test('is known by its proof over this request, not by the public half of its key', async () => {
    await strangersGuess()
    const code = await nextCode(machine, worker.secret)
    const body = { login: worker.login, password: PASSWORD, code, shared: false }
    const named = { 'x-kembali-key': await publicHalf(own) }
    expect((await new Browser(machine).post(PATH, body, named)).status).toBe(429)
    const other = { method: 'POST', path: PATH, body: '{}' }
    const proof = await proveRequest(own, other, Date.now())
    expect((await new Browser(machine).post(PATH, body, { ...named, 'x-kembali-proof': proof })).status).toBe(429)
    const asked = { ...other, body: JSON.stringify(body) }
    const old = await proveRequest(own, asked, Date.now() - 6 * 60_000)
    expect((await new Browser(machine).post(PATH, body, { ...named, 'x-kembali-proof': old })).status).toBe(429)
    const used = await proveRequest(own, asked, Date.now())
    expect((await new Browser(machine).post(PATH, body, { ...named, 'x-kembali-proof': used })).status).toBe(200)
    expect((await new Browser(machine).post(PATH, body, { ...named, 'x-kembali-proof': used })).body.error).toBe('wait')
  })

  test('opens while a flood takes every turn of the server and of her own address', async () => {
    const browser = new Browser(machine)
    for (let count = 0; count < BUCKETS.everywhere.free + 5; count += 1) await turn(newId(), someAddress())
    for (let count = 0; count < 32; count += 1) {
      await letPass(machine, 1000 * (await turn(newId(), browser.address)))
      await turn(newId(), browser.address)
    }
    expect((await signIn(browser, own)).status).toBe(200)
  })

  test('waits after wrong passwords of its own, a minute at most', async () => {
    const statuses: number[] = []
    for (let guess = 0; guess < 12; guess += 1)
      statuses.push((await signIn(new Browser(machine), own, 'a wrong password altogether')).status)
    expect(statuses.slice(0, 6)).toEqual([401, 401, 401, 401, 401, 401])
    expect(statuses).toContain(429)
    await letPass(machine, 61_000)
    expect((await signIn(new Browser(machine), own)).status).toBe(200)
  })
})

describe('strangers', () => {
  test('all get turns though one flooder asks every second from ever new addresses', async () => {
    for (let count = 0; count < BUCKETS.everywhere.free + 5; count += 1) {
      await turn(newId(), someAddress())
      await letPass(machine, 300)
    }
    const [login, address] = [newId(), someAddress()]
    const waits: number[] = []
    for (let second = 0; second < 3; second += 1) {
      await turn(newId(), someAddress())
      await letPass(machine, 500)
      waits.push(await turn(login, address))
      await letPass(machine, 500)
    }
    expect(waits).toEqual([0, 0, 0])
  })

  test('behind the address of a guesser wait half a minute at most', async () => {
    const address = someAddress()
    for (let guess = 0; guess < 40; guess += 1) await letPass(machine, 1000 * (await turn(newId(), address)))
    await turn(newId(), address)
    const wait = await turn(newId(), address)
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(30)
  })
})

describe('proving it again', () => {
  const prove = async (browser: Browser, password: string) =>
    browser.post('/api/step-up/password', { password, code: await nextCode(machine, worker.secret) })

  test('is for who is signed in: no stranger takes her turns, and only this session waits after wrong tries', async () => {
    const [here, there] = [new Browser(machine), new Browser(machine)]
    for (const browser of [here, there]) expect((await signIn(browser, own)).status).toBe(200)
    await strangersGuess()
    expect((await prove(here, PASSWORD)).status).toBe(200)
    const statuses: number[] = []
    for (let guess = 0; guess < 12; guess += 1) statuses.push((await prove(here, 'a wrong password altogether')).status)
    expect(statuses).toContain(429)
    expect((await prove(there, PASSWORD)).status).toBe(200)
  })
})
