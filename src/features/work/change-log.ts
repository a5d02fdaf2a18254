import type { Instant } from '../../core/time.ts'

/** An edit of one row as the log of operations keeps it: what it set, codes and words together. */
export type LoggedEdit = {
  opId: string
  thing: string
  rowId: string
  at: Instant
  by: string | null
  set: Readonly<Record<string, unknown>>
}

/** One field that somebody changed: what stood there, and what she wrote. */
export type Change = {
  key: string
  thing: string
  field: string
  at: Instant
  by: string | null
  /** Null where nothing was said before. */
  before: unknown
  after: unknown
}

/** Every change of a field, the latest first; what was first written into an empty field has nothing before it. */
export function changesOf(edits: readonly LoggedEdit[]): Change[] {
  const last = new Map<string, unknown>()
  const changes: Change[] = []
  for (const { opId, thing, rowId, at, by, set } of edits) {
    const ofOne: Change[] = []
    for (const [field, after] of Object.entries(set)) {
      const name = `${rowId}/${field}`
      const before = last.get(name) ?? null
      last.set(name, after)
      if (!isSame(before, after)) ofOne.push({ key: `${opId}/${field}`, thing, field, at, by, before, after })
    }
    changes.unshift(...ofOne)
  }
  return changes
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b) || (isNothing(a) && isNothing(b))
}

/** Nothing said, an empty text and an empty list are all nothing to somebody who reads. */
function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}
