import { parseAbsolute, parseDate, toCalendarDate } from '@internationalized/date'
import * as z from 'zod'

/** A moment as UTC text with milliseconds (`2026-03-01T08:00:00.000Z`): its order as text is its order in time. */
export const Instant = z
  .string()
  .refine((text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text) && isMoment(text), {
    message: 'a moment with its time zone is expected',
  })
  .transform((text) => fromMillis(Date.parse(text)))
  .meta({ moment: true })
export type Instant = string & z.$brand<'Instant'>

/** A day `YYYY-MM-DD` in the country's calendar. */
export const Day = z.iso.date().brand<'Day'>()
export type Day = z.infer<typeof Day>

// Years outside these are slips of the finger, not moments in a child's life; PostgreSQL would take them.
const EARLIEST = Date.UTC(1900, 0, 1)
const LATEST = Date.UTC(2200, 0, 1)

function isMoment(text: string): boolean {
  const millis = Date.parse(text)
  if (Number.isNaN(millis) || millis < EARLIEST || millis > LATEST) return false
  // Date.parse rolls 30 February over to March; a day that does not exist is refused instead.
  const day = text.slice(0, 10)
  return new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) === day
}

/** Parses a moment written with a time zone; throws on anything else. */
export function instant(text: string): Instant {
  return Instant.parse(text) // zod cannot brand the output of a transform
}

export function fromMillis(millis: number): Instant {
  return new Date(millis).toISOString() as Instant // toISOString is the canonical form
}

export function toMillis(moment: Instant): number {
  return Date.parse(moment)
}

/** An ISO 8601 duration of years, months, weeks, days, hours and minutes: `PT24H`, `P14D`, `P6M`. */
export const Duration = z.string().regex(/^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?)?$/)

const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/

type Parts = { years: number; months: number; weeks: number; days: number; hours: number; minutes: number }

// A country has a few dozen durations, and a supervisor's day asks thousands of times.
const known = new Map<string, Parts>()

function partsOf(duration: string): Parts {
  const before = known.get(duration)
  if (before !== undefined) return before
  const found = DURATION.exec(duration)
  if (found === null) throw new Error(`not a duration: ${duration}`)
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0] = found
    .slice(1)
    .map((part) => Number(part ?? 0))
  const parts = { years, months, weeks, days, hours, minutes }
  if (known.size < 1000) known.set(duration, parts)
  return parts
}

/** Adds a duration; hours are exact, months and years follow the calendar of the time zone. */
export function addDuration(moment: Instant, duration: string, timeZone: string): Instant {
  const parts = partsOf(duration)
  const { years, months, weeks, days, hours, minutes } = parts
  if (years === 0 && months === 0 && (weeks + days === 0 || isSteady(moment, timeZone)))
    return addMillis(moment, (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60_000)
  return fromMillis(parseAbsolute(moment, timeZone).add(parts).toDate().getTime())
}

const steady = new Map<string, boolean>()

/**
 * Whether every day of a time zone has 24 hours, in the years in which the files of today's children lie: a supervisor's
 * day asks for thousands of deadlines, and the calendar of a zone is slow to ask.
 */
function isSteady(moment: Instant, timeZone: string): boolean {
  if (moment < '2005' || moment > '2059') return false
  const known = steady.get(timeZone)
  if (known !== undefined) return known
  const first = parseAbsolute('2005-01-01T00:00:00Z', timeZone).offset
  let found = true
  for (let month = Date.UTC(2005, 0, 1); found && month < Date.UTC(2061, 0, 1); month += 14 * 24 * 3_600_000)
    found = parseAbsolute(new Date(month).toISOString(), timeZone).offset === first
  steady.set(timeZone, found)
  return found
}

export function addMillis(moment: Instant, millis: number): Instant {
  return fromMillis(toMillis(moment) + millis)
}

/** The day on which a moment falls in a time zone. */
export function dayOf(moment: Instant, timeZone: string): Day {
  return toCalendarDate(parseAbsolute(moment, timeZone)).toString() as Day // CalendarDate prints YYYY-MM-DD
}

/** The moment at which a day is over in a time zone: "until a day" counts that day to its end. */
export function endOfDay(day: Day, timeZone: string): Instant {
  return addDuration(startOfDay(day, timeZone), 'P1D', timeZone)
}

/** The first moment of a day in a time zone. */
export function startOfDay(day: Day, timeZone: string): Instant {
  return fromMillis(parseDate(day).toDate(timeZone).getTime())
}
