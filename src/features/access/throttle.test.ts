import { describe, expect, test } from 'vitest'
import { letPass, MINUTE, runningDeployment } from '../../../test/door.ts'
import { newId } from '../../crypto/random.ts'
import { asNobody } from './sign-in-api.ts'
import { takeTurn, turnWasRight } from './sign-in-store.ts'
import { BUCKETS, delayAfter } from './throttle.ts'

const { machine } = await runningDeployment()

describe('after failures at one account one waits', () => {
  test.each([
    // failures, at one address, anywhere
    [1, 0, 0],
    [3, 0, 0],
    [4, 1, 0],
    [5, 2, 0],
    [6, 4, 1],
    [8, 16, 4],
    [13, 512, 60],
    [14, 900, 60],
    [5000, 900, 60],
  ])('%i failures: %i seconds at that address, %i elsewhere', (failures, here, elsewhere) => {
    expect(delayAfter(failures, BUCKETS.accountAtAddress)).toBe(here)
    expect(delayAfter(failures, BUCKETS.account)).toBe(elsewhere)
  })

  test('as long in the database as the rule says, and never more than a minute for the owner at another address', async () => {
    const [login, address] = [newId(), '192.0.2.1']
    const turn = (from = address) => asNobody(machine, (tx) => takeTurn(tx, { login, address: from }))
    for (let failures = 1; failures <= 12; failures += 1) {
      expect(await turn()).toBe(0)
      const wait = delayAfter(failures, BUCKETS.accountAtAddress)
      if (wait > 0) expect(await turn()).toBe(wait) // asking too early costs nothing more
      await letPass(machine, wait * 1000)
    }
    expect(await turn('198.51.100.7')).toBeLessThanOrEqual(60)
  })
})

describe('guessing', () => {
  test('2,000 times over 100 accounts from 500 addresses within two minutes gets few turns, and the first of them early', async () => {
    const accounts = Array.from({ length: 100 }, () => newId())
    const turns: number[] = []
    for (let guess = 0; guess < 2000; guess += 1) {
      // A walk that is the same each run: 7919 and 104729 are primes.
      const login = accounts[(guess * 7919) % 100] ?? ''
      const address = `203.0.${(guess * 104_729) % 2}.${(guess * 104_729) % 250}`
      if ((await asNobody(machine, (tx) => takeTurn(tx, { login, address }))) === 0) turns.push(guess)
      if (guess % 20 === 19) await letPass(machine, 1200)
    }
    // What is free at first, then four in a second for the whole server, and no account faster than its own delay.
    expect(turns.length).toBeGreaterThan(100)
    expect(turns.length).toBeLessThan(BUCKETS.everywhere.free + 480)
    expect(turns.filter((guess) => guess > 1000).length).toBeLessThan(150)
    await letPass(machine, 11 * MINUTE)
  }, 240_000)

  test('forty times in the same moment counts forty times', async () => {
    const login = newId()
    const turns = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        asNobody(machine, (tx) => takeTurn(tx, { login, address: `192.0.2.${at + 1}` })),
      ),
    )
    expect(turns.filter((wait) => wait === 0).length).toBeLessThanOrEqual(BUCKETS.account.free + 1)
  })

  test('is not made cheap by one account of one’s own', async () => {
    const address = '192.0.2.200'
    const own = newId()
    let guesses = 0
    for (let round = 0; round < 60; round += 1) {
      if ((await asNobody(machine, (tx) => takeTurn(tx, { login: newId(), address }))) === 0) guesses += 1
      await asNobody(machine, async (tx) => {
        if ((await takeTurn(tx, { login: own, address })) === 0) await turnWasRight(tx, { login: own, address })
      })
    }
    expect(guesses).toBeLessThanOrEqual(BUCKETS.address.free + 2)
  })
})
