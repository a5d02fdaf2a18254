/**
 * How patient whoever guesses must be (security.md 4). Never a lockout: that would be a way to disable a child's worker.
 * All but `own` count strangers: whoever is known already, by a browser she has signed in with or by her session, waits for
 * her own failures alone. Strangers wait for an address and for the whole server so briefly that turns remain for others.
 */
export type Bucket = { free: number; capSeconds: number; forgetSeconds: number }

const HOUR = 3600

export const BUCKETS = {
  own: { free: 5, capSeconds: 60, forgetSeconds: HOUR },
  account: { free: 5, capSeconds: 60, forgetSeconds: 24 * HOUR },
  accountAtAddress: { free: 3, capSeconds: 15 * 60, forgetSeconds: 24 * HOUR },
  address: { free: 20, capSeconds: 30, forgetSeconds: HOUR },
  everywhere: { free: 300, capSeconds: 0.25, forgetSeconds: 600 },
} as const satisfies Record<string, Bucket>

/** Seconds to wait after this many failures: none at first, then 1, 2, 4, 8 … up to the cap. */
export function delayAfter(failures: number, { free, capSeconds }: Bucket): number {
  if (failures <= free) return 0
  return Math.min(capSeconds, 2 ** Math.min(failures - free - 1, 20))
}
