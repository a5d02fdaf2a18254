import { fromMillis } from '../core/time.ts'

/** How values leave the database, the same on both engines, by PostgreSQL type number. */
export const fromDatabase: Record<number, (text: string) => unknown> = {
  20: Number, // int8: our counts stay far below 2^53
  1082: (text) => text, // date: YYYY-MM-DD, never a moment
  1114: (text) => text,
  1184: momentOf, // timestamptz
  1700: Number, // numeric
}

/** `infinity` stays a word: it is not a moment, and a far-off date would read like one. */
function momentOf(text: string): string {
  if (text === 'infinity' || text === '-infinity') return text
  return fromMillis(Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')))
}
