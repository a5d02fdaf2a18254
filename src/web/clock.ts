import { fromMillis, type Instant } from '../core/time.ts'

/** The server's clock as far as this device knows it: a phone's own may be hours off. */
export type Clock = {
  now: () => Instant
  /** Whether the server has said what time it is since this page was opened, and nobody has set this clock since. */
  isTold: () => boolean
  heard: (serverDate: string | null, askedAt: number, answeredAt: number) => void
}

/** A server's `Date` header counts whole seconds; smaller differences are noise. */
const NOISE_MS = 2000

/** A clock that went another way than the page's own ticking since the server spoke was set meanwhile. */
const SET_MS = 60_000

/** Keeps the distance between this device's clock and the server's; `own` is the device's clock, and `ticking` nobody sets. */
export function makeClock(own: () => number, ticking: () => number = () => performance.now()): Clock {
  let offset = 0
  let told: number | null = null
  const apart = () => own() - ticking()
  return {
    now: () => fromMillis(own() + offset),
    isTold: () => told !== null && Math.abs(apart() - told) < SET_MS,
    heard(serverDate, askedAt, answeredAt) {
      const server = Date.parse(serverDate ?? '')
      if (Number.isNaN(server)) return
      told = apart()
      // Half of the way there and back; a slow line makes the guess worse, not wrong by more than itself.
      const found = server - (askedAt + answeredAt) / 2
      if (Math.abs(found - offset) > NOISE_MS + (answeredAt - askedAt) / 2) offset = found
    },
  }
}
