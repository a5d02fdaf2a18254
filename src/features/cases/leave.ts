import * as z from 'zod'
import { accept, type Decision, refuse } from '../../core/decision.ts'
import { PersonId } from '../../core/ids.ts'
import type { AnyRefusal } from '../../core/op.ts'
import { addDuration, Day, dayOf, type Instant, startOfDay } from '../../core/time.ts'

/**
 * Days on which somebody is away from work, and who covers: a line for people to read, which opens nothing. Why she is away is
 * asked nowhere.
 */
export const Leave = z.strictObject({
  id: z.uuid(),
  personId: PersonId,
  fromOn: Day,
  /** The last day away. */
  untilOn: Day,
  coveredBy: PersonId.nullable(),
})
export type Leave = { id: string; personId: string; fromOn: Day; untilOn: Day; coveredBy: string | null }

export type KnownLeave = {
  /** Whose days this person may keep: her own, and those of the people she supervises. */
  people: readonly string[]
  /** Who can cover: people of the same office. */
  colleagues: readonly string[]
  /** What is kept of the same person already. */
  others: readonly Pick<Leave, 'id' | 'personId' | 'fromOn' | 'untilOn'>[]
}

const AT_MOST = 'P1Y'

/** Some of these days are kept already, before or in the same moment. */
export const KEPT_TWICE = { reason: 'leave_twice' } as const

/** Keeps when somebody is away. */
export function decideLeave(
  leave: Leave,
  { people, colleagues, others }: KnownLeave,
  { now, timeZone }: { now: Instant; timeZone: string },
): Decision<Leave, AnyRefusal> {
  const { id, personId, fromOn, untilOn, coveredBy } = leave
  if (!people.includes(personId)) return refuse({ reason: 'leave_of_whom' })
  if (untilOn < fromOn) return refuse({ reason: 'leave_ends_before_it_begins' })
  if (untilOn < dayOf(now, timeZone)) return refuse({ reason: 'leave_is_over' })
  const inAYear = (day: Day) => dayOf(addDuration(startOfDay(day, timeZone), AT_MOST, timeZone), timeZone)
  if (fromOn > inAYear(dayOf(now, timeZone))) return refuse({ reason: 'too_far_ahead', moment: fromOn })
  if (untilOn > inAYear(fromOn)) return refuse({ reason: 'leave_too_long' })
  if (coveredBy !== null && (coveredBy === personId || !colleagues.includes(coveredBy)))
    return refuse({ reason: 'leave_covered_by_whom' })
  const twice = others.some(
    (other) => other.id !== id && other.personId === personId && other.fromOn <= untilOn && fromOn <= other.untilOn,
  )
  return twice ? refuse(KEPT_TWICE) : accept(leave)
}
