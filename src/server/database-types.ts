import { fromMillis } from '../core/time.ts'

/** How values leave the database, the same on both engines, by PostgreSQL type number. */
export const fromDatabase: Record<number, (text: string) => unknown> = {
  20: Number, // int8: our counts stay far below 2^53
  1082: (text) => text, // date: YYYY-MM-DD, never a moment
  1114: (text) => text,
  1184: momentOf, // timestamptz
  1700: Number, // numeric
}

/** A moment as the database writes it in UTC, where our connections live. */
const IN_UTC = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/

/** `infinity` stays a word: it is not a moment, and a far-off date would read like one. */
function momentOf(text: string): string {
  const [, day, time, fraction = ''] = IN_UTC.exec(text) ?? []
  // A board has thousands of moments: written over, not worked out.
  if (day !== undefined) return `${day}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}Z`
  if (text === 'infinity' || text === '-infinity') return text
  return fromMillis(Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')))
}
