import { type Day, type Instant, startOfDay, toMillis } from '../core/time.ts'
import type { Speech } from './language.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

type Says = Pick<Speech, 't' | 'format' | 'onPaper'>

/** A length of time as people say it: "40 min", "3 h", "6 days". */
export function lengthText({ t }: Pick<Speech, 't'>, millis: number): string {
  const size = Math.abs(millis)
  if (size < HOUR) return t('time.minutes', { count: Math.max(1, Math.floor(size / MINUTE)) })
  if (size < 48 * HOUR) return t('time.hours', { count: Math.floor(size / HOUR) })
  return t('time.days', { count: Math.floor(size / DAY) })
}

/** A moment in the district's own time: "today 07:50", "tomorrow 16:20", "Fri 3 May, 08:00"; on paper "Fri, 3 May 2026, 08:00". */
export function momentText(speech: Says, moment: Instant, timeZone: string, now: Instant): string {
  const time = timeText(speech, moment, timeZone)
  const onDay = () => speech.t('time.on', { day: dayText(speech, moment, timeZone, now), time })
  if (speech.onPaper) return onDay()
  switch (daysApart(moment, now, timeZone)) {
    case 0:
      return speech.t('time.today', { time })
    case 1:
      return speech.t('time.tomorrow', { time })
    case -1:
      return speech.t('time.yesterday', { time })
    default:
      return onDay()
  }
}

/** A day, with its year only where it is not this one; on paper always. */
export function dayText(speech: Omit<Says, 't'>, moment: Instant, timeZone: string, now: Instant): string {
  const sameYear = !speech.onPaper && moment.slice(0, 4) === now.slice(0, 4)
  return part(speech, moment, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  })
}

/** A month with its year. */
export function monthText(speech: Pick<Speech, 'format'>, of: Day): string {
  return part(speech, startOfDay(of, 'UTC'), { timeZone: 'UTC', month: 'long', year: 'numeric' })
}

export function timeText(speech: Pick<Speech, 'format'>, moment: Instant, timeZone: string): string {
  return part(speech, moment, { timeZone, hour: '2-digit', minute: '2-digit', hour12: false })
}

/** How many calendar days `moment` lies after `now` in a time zone. */
export function daysApart(moment: Instant, now: Instant, timeZone: string): number {
  return Math.round((dayNumber(moment, timeZone) - dayNumber(now, timeZone)) / DAY)
}

function dayNumber(moment: Instant, timeZone: string): number {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    toMillis(moment),
  )
  return Date.parse(`${day}T00:00:00Z`)
}

function part({ format }: Pick<Speech, 'format'>, moment: Instant, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(format, options).format(toMillis(moment))
}
