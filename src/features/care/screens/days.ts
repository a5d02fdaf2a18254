import { addDuration, addMillis, type Day, dayOf, type Instant, startOfDay } from '../../../core/time.ts'

/** The last moment of a day in a time zone: what is due on a day may still be done on it. */
export function endOfDay(day: Day, timeZone: string): Instant {
  return addMillis(addDuration(startOfDay(day, timeZone), 'P1D', timeZone), -1)
}

export function dayAfter(now: Instant, duration: string, timeZone: string): Day {
  return dayOf(addDuration(now, duration, timeZone), timeZone)
}
