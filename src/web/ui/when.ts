import { parseAbsolute, parseDateTime, toCalendarDateTime } from '@internationalized/date'
import { Day, fromMillis, type Instant } from '../../core/time.ts'
import { type FormValues, one } from './form-values.ts'

/** What a date and a time field together say: nothing, half of it, or a moment in the district's time zone. */
export type Moment = { state: 'empty' } | { state: 'unclear' } | { state: 'said'; at: Instant }

/** Reads the two fields of `When`; a time the clocks skip moves forward with them, as people would say it. */
export function momentOf(values: FormValues, name: string, timeZone: string): Moment {
  const day = one(values, `${name}.day`)
  const time = one(values, `${name}.time`)
  if (day === '' && time === '') return { state: 'empty' }
  if (day === '' || time === '') return { state: 'unclear' }
  try {
    return { state: 'said', at: fromMillis(parseDateTime(`${day}T${time}`).toDate(timeZone).getTime()) }
  } catch {
    return { state: 'unclear' }
  }
}

/** The two field values for a moment. */
export function fieldsOf(at: Instant, timeZone: string): { day: string; time: string } {
  const text = toCalendarDateTime(parseAbsolute(at, timeZone)).toString()
  return { day: text.slice(0, 10), time: text.slice(11, 16) }
}

/** A day as a field gives it, or null when it is none. */
export function dayIn(text: string): Day | null {
  const found = Day.safeParse(text)
  return found.success ? found.data : null
}
