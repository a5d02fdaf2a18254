import { addMillis, type Instant, toMillis } from '../core/time.ts'

/**
 * How long a device may hold files without having met its server (security.md 5). `good`: as it should be. `warning`: say so.
 * `cards`: everything beyond cards is gone, writing goes on. `over`: nothing is held any more but what was not sent.
 */
export type LeaseStage = 'good' | 'warning' | 'cards' | 'over'

export type Lease = { stage: LeaseStage; /** Until the next step, rounded up. */ daysLeft: number; metAt: Instant }

const DAY = 24 * 3_600_000
const STEPS: readonly [stage: LeaseStage, untilDay: number][] = [
  ['good', 10],
  ['warning', 14],
  ['cards', 30],
]

/** Where a device stands that last met its server at `metAt`. */
export function leaseAt(metAt: Instant, now: Instant): Lease {
  const gone = toMillis(now) - toMillis(metAt)
  const [stage, until] = STEPS.find(([, day]) => gone < day * DAY) ?? ['over', 30]
  return { stage, daysLeft: Math.max(0, Math.ceil((until * DAY - gone) / DAY)), metAt }
}

/**
 * The moment the lease is judged by. A clock turned back counts as the highest time this device ever saw; the server's own
 * word, when it answers, counts for itself, so that a clock that once ran ahead by mistake ends no lease.
 */
export function leaseNow(own: Instant, seenAt: Instant | null, isToldByServer: boolean): Instant {
  return seenAt === null || isToldByServer || own > seenAt ? own : seenAt
}

/** When the last day of a lease ends, to be shown before anybody needs it. */
export function endOfLease(metAt: Instant): Instant {
  return addMillis(metAt, 30 * DAY)
}
