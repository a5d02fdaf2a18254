import type { Instant } from '../core/time.ts'
import { toMillis } from '../core/time.ts'
import type { Clock } from './clock.ts'
import type { Door } from './idb-storage.ts'
import { isTurnedBack, type Lease, leaseAt, leaseNow } from './lease.ts'

/** The moments of a lease, kept where they can be read before unlocking: none says anything about a person. */
export type LeaseKeeper = {
  /** Where this device stands; null when it has never held files. */
  look: () => Promise<Lease | null>
  /** The server has answered the person whose device this is. */
  met: () => Promise<void>
  /** What is taken along stays until then, and 30 days from the last meeting at most. */
  keepUntil: (moment: Instant) => Promise<void>
}

const OFTEN_ENOUGH_MS = 10 * 60_000

export function makeLeaseKeeper(door: Pick<Door, 'get' | 'put'>, clock: Clock): LeaseKeeper {
  const read = async (key: 'metAt' | 'seenAt' | 'keptUntil') => (await door.get(key)) as Instant | null // only written below
  return {
    async look() {
      const met = await read('metAt')
      if (met === null) return null
      const seenAt = await read('seenAt')
      const now = leaseNow(clock.now(), seenAt, clock.isTold())
      if (seenAt === null || Math.abs(toMillis(now) - toMillis(seenAt)) > OFTEN_ENOUGH_MS) await door.put('seenAt', now)
      const lease = leaseAt(met, now, await read('keptUntil'))
      const isClockBack = isTurnedBack(clock.now(), seenAt, clock.isTold()) || isTurnedBack(now, met, false)
      return isClockBack && lease.stage !== 'over'
        ? { ...lease, stage: 'cards', isClockBack }
        : { ...lease, isClockBack }
    },
    async met() {
      await door.put('metAt', clock.now())
      await door.put('seenAt', clock.now())
    },
    keepUntil: (moment) => door.put('keptUntil', moment),
  }
}
