import { describe, expect, test } from 'vitest'
import { addMillis, instant, toMillis } from '../core/time.ts'
import { makeClock } from './clock.ts'
import { makeLeaseKeeper } from './lease-keeper.ts'
import { leaseAt, leaseNow } from './lease.ts'

const met = instant('2026-03-01T08:00:00Z')
const days = (count: number) => addMillis(met, count * 86_400_000)

describe('a device that last met its server on 1 March', () => {
  test.each([
    ['is as it should be on the same day', 0, 'good', 10],
    ['is as it should be until day 10', 9.99, 'good', 1],
    ['warns from day 10', 10, 'warning', 4],
    ['warns until day 14', 13.99, 'warning', 1],
    ['shrinks to cards after 14 days', 14, 'cards', 16],
    ['keeps its cards until day 30', 29.99, 'cards', 1],
    ['holds nothing after 30 days', 30, 'over', 0],
    ['holds nothing long after that', 400, 'over', 0],
  ])('%s', (_title, day, stage, daysLeft) => {
    expect(leaseAt(met, days(day))).toEqual({ stage, daysLeft, metAt: met, packsUntil: days(14) })
  })

  test('is not helped by a clock that was turned back', () => {
    expect(leaseAt(met, leaseNow(days(2), days(31), false)).stage).toBe('over')
  })

  test('is not ended by a clock that once ran ahead, when the server says what time it is', () => {
    expect(leaseAt(met, leaseNow(days(2), days(400), true)).stage).toBe('good')
  })

  test('believes its own clock where that is the highest time it ever saw', () => {
    expect(leaseNow(days(12), days(11), false)).toBe(days(12))
    expect(leaseNow(days(12), null, false)).toBe(days(12))
  })
})

describe('a device whose owner told of a trip until day 30', () => {
  test.each([
    ['is as it should be where another one would warn', 12, 'good', 14],
    ['keeps what is taken along where another one shrinks to cards', 20, 'good', 6],
    ['warns four days before the end', 26, 'warning', 4],
    ['holds nothing after 30 days, like any other', 30, 'over', 0],
  ])('%s', (_title, day, stage, daysLeft) => {
    expect(leaseAt(met, days(day), days(30))).toMatchObject({ stage, daysLeft, packsUntil: days(30) })
  })

  test('gains nothing by a longer one, and loses nothing by a shorter one', () => {
    expect(leaseAt(met, days(31), days(90)).stage).toBe('over')
    expect(leaseAt(met, days(13), days(3)).packsUntil).toBe(days(14))
  })

  test('is back to fourteen days when it has met its server and the trip is over', () => {
    expect(leaseAt(days(28), days(43), days(30)).stage).toBe('cards')
  })
})

describe('the keeper of a lease, on a phone without a line that is opened again and again', () => {
  function aPhone(kept: Record<string, unknown>) {
    const door = {
      get: async (key: string) => kept[key] ?? null,
      put: async (key: string, value: unknown) => void (kept[key] = value),
    }
    const at = async (now: ReturnType<typeof days>, isTold = false) =>
      makeLeaseKeeper(door, { now: () => now, isTold: () => isTold, heard: () => undefined }).look()
    return { door, at }
  }

  test('reads cards alone while its clock stands where it cannot, however often it is opened', async () => {
    const phone = aPhone({ metAt: met, seenAt: days(13) })
    expect(await phone.at(days(1))).toMatchObject({ stage: 'cards', isClockBack: true })
    expect(await phone.at(days(9))).toMatchObject({ stage: 'cards', isClockBack: true })
    // Put right again it is as it was: a battery that was changed costs nothing.
    expect(await phone.at(addMillis(days(13), 3_600_000))).toMatchObject({ stage: 'warning', isClockBack: false })
  })

  test('ends with its thirty days, whatever its clock says', async () => {
    const phone = aPhone({ metAt: met, seenAt: days(31) })
    expect(await phone.at(days(2))).toMatchObject({ stage: 'over' })
  })

  test('takes no clock for wrong that is some hours behind, and none that the server has put right', async () => {
    expect(await aPhone({ metAt: met, seenAt: days(5) }).at(days(4.5))).toMatchObject({ isClockBack: false })
    expect(await aPhone({ metAt: met, seenAt: days(5) }).at(days(2), true)).toMatchObject({ isClockBack: false })
  })

  test('reads cards alone where its clock stands before it ever met its server', async () => {
    expect(await aPhone({ metAt: met }).at(days(-2))).toMatchObject({ stage: 'cards', isClockBack: true })
    expect(await aPhone({ metAt: met }).at(days(-0.5))).toMatchObject({ stage: 'good', isClockBack: false })
  })

  test('gains nothing by a clock that is set back after the server has spoken', async () => {
    let own = toMillis(days(20))
    let ticking = 0
    const clock = makeClock(
      () => own,
      () => ticking,
    )
    clock.heard(new Date(own).toISOString(), own, own)
    expect(clock.isTold()).toBe(true)
    const phone = aPhone({ metAt: days(20), seenAt: days(33) })
    expect(await makeLeaseKeeper(phone.door, clock).look()).toMatchObject({ stage: 'good' })
    ticking += 13 * 86_400_000
    own += 13 * 86_400_000
    expect(await makeLeaseKeeper(phone.door, clock).look()).toMatchObject({ stage: 'warning' })
    own -= 12 * 86_400_000
    expect(clock.isTold()).toBe(false)
    expect(await makeLeaseKeeper(phone.door, clock).look()).toMatchObject({ stage: 'cards', isClockBack: true })
  })

  test('keeps what is taken along when a trip was told or a code was said', async () => {
    const phone = aPhone({ metAt: met, seenAt: met })
    await makeLeaseKeeper(phone.door, { now: () => met, isTold: () => false, heard: () => undefined }).keepUntil(
      days(30),
    )
    expect(await phone.at(days(20))).toMatchObject({ stage: 'good' })
  })
})
