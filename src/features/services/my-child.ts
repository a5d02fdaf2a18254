import type { Day } from '../../core/time.ts'

/** What the next session of a child asks of whoever works with it. */
export type NextSession = { kind: 'note' | 'today' | 'comes'; on: Day } | null

/** A session whose day has passed waits for a note, until one is written of that day or a later one. */
export function nextSession(nextOn: Day | null, notedOn: Day | null, today: Day): NextSession {
  if (nextOn === null) return null
  if (nextOn > today) return { kind: 'comes', on: nextOn }
  if (notedOn !== null && notedOn >= nextOn) return null
  return { kind: nextOn === today ? 'today' : 'note', on: nextOn }
}

const ORDER = ['today', 'note', 'comes'] as const

/** The order of a day: who comes today, whose session waits for a note, who comes next, then everybody else by alias. */
export function byNextSession<Of extends { alias: string; next: NextSession }>(children: readonly Of[]): Of[] {
  const placeOf = ({ next }: Of) => (next === null ? ORDER.length : ORDER.indexOf(next.kind))
  return [...children].sort(
    (a, b) =>
      placeOf(a) - placeOf(b) || (a.next?.on ?? '').localeCompare(b.next?.on ?? '') || a.alias.localeCompare(b.alias),
  )
}
