import { addDuration, type Day, dayOf, startOfDay, toMillis } from '../../core/time.ts'
import type { CareFollowUp, CareReturn } from './follow-up.ts'

/**
 * The day by which a child on its way back is to be seen next, or null once that has ended. A step is met by a contact
 * that reached the child from the middle of its interval on; a later contact overtakes the steps before it. After the last
 * step of the country's schedule a child is asked once a year, until somebody ends it together with the child.
 */
export function nextFollowUp(
  { startsOn, endsOn }: Pick<CareReturn, 'startsOn' | 'endsOn'>,
  contacts: readonly Pick<CareFollowUp, 'at' | 'how'>[],
  schedule: readonly string[],
  timeZone: string,
): Day | null {
  if (endsOn !== null) return null
  const start = startOfDay(startsOn, timeZone)
  const seen = contacts.filter((one) => one.how !== 'not_reached').map((one) => toMillis(one.at))
  const last = Math.max(0, ...seen)
  let before = toMillis(start)
  let step = 0
  for (let year = 1; ;) {
    const duration = schedule[step]
    const due = duration === undefined ? null : addDuration(start, duration, timeZone)
    const at = due ?? addDuration(addDuration(start, schedule.at(-1) ?? 'P0D', timeZone), `P${year}Y`, timeZone)
    const opens = (before + toMillis(at)) / 2
    if (last < opens) return dayOf(at, timeZone)
    before = toMillis(at)
    if (duration === undefined) year += 1
    else step += 1
  }
}

/** One domain over time, oldest first: the child's own way, set beside nobody else's. */
export type Trajectory = { domain: string; steps: (string | null)[] }

export function trajectories(
  contacts: readonly Pick<CareFollowUp, 'outcomes'>[],
  domains: readonly string[],
): Trajectory[] {
  return domains
    .map((domain) => ({ domain, steps: contacts.map((one) => one.outcomes[domain] ?? null) }))
    .filter(({ steps }) => steps.some((step) => step !== null))
}
