import { addMillis, type Instant, toMillis } from '../core/time.ts'

/**
 * How long a device may hold files without having met its server (security.md 5). `good`: as it should be. `warning`: say so.
 * `cards`: everything beyond cards is gone, writing goes on. `over`: nothing is held any more but what was not sent.
 */
export type LeaseStage = 'good' | 'warning' | 'cards' | 'over'

export type Lease = {
  stage: LeaseStage
  /** Until the next step, rounded up. */
  daysLeft: number
  metAt: Instant
  /** Until when what is taken along stays beside the cards. */
  packsUntil: Instant
  /** The clock of this phone was turned back: until it is right, or the server says what time it is, cards alone are read. */
  isClockBack: boolean
}

const DAY = 24 * 3_600_000
const PACKS = 14 * DAY
const WARN_BEFORE = 4 * DAY
const CARDS = 30 * DAY

/** Where a device stands that last met its server at `metAt`; a trip that was told of, or a spoken code, keeps packs until `keptUntil`. */
export function leaseAt(metAt: Instant, now: Instant, keptUntil: Instant | null = null): Omit<Lease, 'isClockBack'> {
  const gone = toMillis(now) - toMillis(metAt)
  const kept = keptUntil === null ? 0 : toMillis(keptUntil) - toMillis(metAt)
  const packs = Math.min(CARDS, Math.max(PACKS, kept))
  const steps = [
    ['good', packs - WARN_BEFORE],
    ['warning', packs],
    ['cards', CARDS],
  ] as const
  // Before it was met: a clock that was set back, and cards alone, as with any such.
  const [stage, until] = gone < -DAY ? steps[2] : (steps.find(([, end]) => gone < end) ?? ['over', CARDS])
  return {
    stage,
    daysLeft: Math.max(0, Math.ceil((until - Math.max(gone, 0)) / DAY)),
    metAt,
    packsUntil: addMillis(metAt, packs),
  }
}

/**
 * The moment the lease is judged by. A clock turned back counts as the highest time this device ever saw; the server's own
 * word, when it answers, counts for itself, so that a clock that once ran ahead by mistake ends no lease.
 */
export function leaseNow(own: Instant, seenAt: Instant | null, isToldByServer: boolean): Instant {
  return seenAt === null || isToldByServer || own > seenAt ? own : seenAt
}

/**
 * Whether the clock stands where it cannot: the highest time seen would else stand still for as long as somebody likes, and the
 * lease with it. A day is allowed, for time zones and for batteries that were changed.
 */
export function isTurnedBack(own: Instant, seenAt: Instant | null, isToldByServer: boolean): boolean {
  return seenAt !== null && !isToldByServer && toMillis(own) < toMillis(seenAt) - DAY
}

/** When the last day of a lease ends, to be shown before anybody needs it. */
export function endOfLease(metAt: Instant): Instant {
  return addMillis(metAt, CARDS)
}
