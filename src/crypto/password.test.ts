import { hash } from '@node-rs/argon2'
import { describe, expect, test } from 'vitest'
import { hashPassword, needsRehash, verifyAgainstNobody, verifyPassword } from './password.ts'

const PASSWORD = 'the old ferry hums at noon'

async function aHash(): Promise<string> {
  const hashed = await hashPassword(PASSWORD)
  if (!hashed.ok) throw new Error('the password is a good one')
  return hashed.change
}

describe('a password', () => {
  test('is kept as Argon2id with 64 MiB and three passes, salted each time', async () => {
    const hashed = await aHash()
    expect(hashed).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/)
    expect(await aHash()).not.toBe(hashed)
    expect(needsRehash(hashed)).toBe(false)
  })

  test('is right or wrong, whatever keyboard wrote it', async () => {
    const hashed = await aHash()
    expect(await verifyPassword(hashed, PASSWORD)).toBe('right')
    expect(await verifyPassword(hashed, ` ${PASSWORD.replaceAll(' ', '\u00a0')}`)).toBe('right')
    expect(await verifyPassword(hashed, PASSWORD.toUpperCase())).toBe('wrong')
    expect(await verifyPassword(hashed, '')).toBe('wrong')
  })

  test.each([
    ['fourteen signs', { reason: 'too_short', least: 15 }],
    ['rahasiarahasia123', { reason: 'easy_to_guess' }],
    ['x'.repeat(10_000), { reason: 'too_long', most: 200 }],
  ])('is not taken when it is weak (%#)', async (weak, refusal) => {
    expect(await hashPassword(weak)).toEqual({ ok: false, refusal })
  })

  test.each([
    ['less memory', { algorithm: 2, memoryCost: 19_456, timeCost: 3, parallelism: 1 }],
    ['fewer passes', { algorithm: 2, memoryCost: 65_536, timeCost: 2, parallelism: 1 }],
    ['another kind of Argon2', { algorithm: 1, memoryCost: 65_536, timeCost: 3, parallelism: 1 }],
  ])('still opens, and is hashed anew, when it was hashed with %s', async (_how, options) => {
    const old = await hash(PASSWORD, options)
    expect(await verifyPassword(old, PASSWORD)).toBe('right')
    expect(needsRehash(old)).toBe(true)
  })

  test('of nobody is always wrong, and takes the work of a real one', async () => {
    const hashed = await aHash()
    expect(await verifyAgainstNobody(PASSWORD)).toBe('wrong')
    const real: number[] = []
    const nobody: number[] = []
    for (let round = 0; round < 5; round++) {
      real.push(await timeOf(() => verifyPassword(hashed, 'not the password')))
      nobody.push(await timeOf(() => verifyAgainstNobody('not the password')))
    }
    // The quickest of five says what the work costs without the neighbours' noise.
    const ratio = Math.min(...nobody) / Math.min(...real)
    expect(ratio).toBeGreaterThan(0.4)
    expect(ratio).toBeLessThan(2.5)
  })

  test('when too many are checked at once, some are told so instead of waiting, and all later ones are served', async () => {
    const hashed = await aHash()
    const answers = await Promise.all(Array.from({ length: 14 }, () => verifyPassword(hashed, PASSWORD)))
    expect(answers.filter((answer) => answer === 'right')).toHaveLength(10)
    expect(answers.filter((answer) => answer === 'busy')).toHaveLength(4)
    expect(await verifyPassword(hashed, PASSWORD)).toBe('right')
    const waiting = Array.from({ length: 11 }, () => verifyAgainstNobody(PASSWORD))
    expect((await Promise.all(waiting)).filter((answer) => answer === 'busy')).toHaveLength(1)
  })
})

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
