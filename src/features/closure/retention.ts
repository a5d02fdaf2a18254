import type { Part } from '../../core/part.ts'
import type { RetentionFile } from '../../core/retention.ts'
import { addDuration, type Day, dayOf, type Instant, startOfDay } from '../../core/time.ts'

/** When one class of a closed file is erased. */
export type Clock = { class: string; parts: Part[]; endsOn: Day }

export type Closed = {
  closedAt: Instant
  reason: string
  asksToKeep: boolean
  /** Where it is known: the file then never outlives the age its class ends with. */
  birthYear: number | null
}

/**
 * The clocks of a file that was closed (security.md 7.1). Every file gets the same ones, whatever is in it. A child of
 * whom only the year is known reaches an age on the first day of that year: the earlier day is the careful one.
 */
export function clocksOf(closed: Closed, rules: RetentionFile, timeZone: string): Clock[] {
  const after = (duration: string) => dayOf(addDuration(closed.closedAt, duration, timeZone), timeZone)
  if (rules.screenedOut.reasons.includes(closed.reason)) {
    const endsOn = after(rules.screenedOut.keep)
    return rules.classes.map(({ id, parts }) => ({
      class: id,
      parts,
      endsOn: earliest(endsOn, after(shortest(rules, id))),
    }))
  }
  // Nobody is to find her file gone before she could be told and take her copy along.
  const soonest = after(rules.warnBefore)
  const ends = (row: RetentionFile['classes'][number]): Day => {
    const byAge =
      row.notBeyondAge === null || closed.birthYear === null
        ? null
        : (`${closed.birthYear + row.notBeyondAge}-01-01` as Day) // a year and a fixed day
    const whole = after(row.keep)
    return byAge === null || byAge > whole ? whole : latest(byAge, soonest)
  }
  // Nothing outlives the class that says whose file it is.
  const whole = rules.classes.filter((row) => row.parts.includes('identity')).map(ends)[0] ?? soonest
  return rules.classes.map((row) => ({
    class: row.id,
    parts: row.parts,
    endsOn: closed.asksToKeep && row.mayAskToKeep ? whole : earliest(ends(row), whole),
  }))
}

function shortest(rules: RetentionFile, id: string): string {
  return rules.classes.find((row) => row.id === id)?.keep ?? rules.screenedOut.keep
}

const earliest = (a: Day, b: Day): Day => (a < b ? a : b)
const latest = (a: Day, b: Day): Day => (a > b ? a : b)

/** Where a clock stands; `held`: due, and kept for a stated reason until a day. */
export type ClockState = 'running' | 'soon' | 'held' | 'erased'

export function clockState(
  clock: { endsOn: Day; erasedAt: Instant | null },
  isHeld: boolean,
  warnBefore: string,
  now: Instant,
  timeZone: string,
): ClockState {
  if (clock.erasedAt !== null) return 'erased'
  if (isHeld) return 'held'
  return startOfDay(clock.endsOn, timeZone) <= addDuration(now, warnBefore, timeZone) ? 'soon' : 'running'
}
