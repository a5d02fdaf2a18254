import { refuse } from './decision.ts'
import { addMillis, type Instant } from './time.ts'

/** A phone's clock may be a little off; further ahead than this is a slip of the finger. */
const AHEAD_MS = 5 * 60_000

/** Nobody in our files is older than 25: what lies further back was before the child was born. */
const LIFE_MS = 25 * 366 * 24 * 3_600_000

/** Refuses a moment at which nothing can have happened to a child: one that has not come yet, one before it was born. */
export function refuseImpossible(moments: readonly (Instant | null | undefined)[], now: Instant) {
  const [earliest, latest] = [addMillis(now, -LIFE_MS), addMillis(now, AHEAD_MS)]
  for (const moment of moments) {
    if (moment === null || moment === undefined) continue
    if (moment > latest) return refuse({ reason: 'in_the_future', moment })
    if (moment < earliest) return refuse({ reason: 'before_birth', moment })
  }
  return null
}

/** Refuses a day nobody plans for: before the child was born, or after it has long been grown up. */
export function refuseUnplannable(moment: Instant, now: Instant) {
  if (moment < addMillis(now, -LIFE_MS)) return refuse({ reason: 'before_birth', moment })
  if (moment > addMillis(now, LIFE_MS)) return refuse({ reason: 'too_far_ahead', moment })
  return null
}
