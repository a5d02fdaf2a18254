/** The state of a mutable thing: its fields, and which version last set each one. */
export type Fields = { [field: string]: unknown }
export type Merged = {
  fields: Fields
  changed: { [field: string]: number }
  version: number
  /** Fields another person changed meanwhile: the earlier value stays, this one waits for a person. */
  conflicts: { field: string; mine: unknown; theirs: unknown }[]
}

/**
 * Lays an edit over a mutable thing, field by field (architecture.md, "How a record is stored and synced").
 * A field somebody else set after `baseVersion`, to something different, is a conflict; the value there stays,
 * unless `mostProtective` says that the new value is the more careful one.
 */
export function mergeFields(
  current: { fields: Fields; changed: { [field: string]: number }; version: number },
  set: Fields,
  baseVersion: number,
  mostProtective: (field: string, mine: unknown, theirs: unknown) => boolean = () => false,
): Merged {
  const version = current.version + 1
  const fields = { ...current.fields }
  const changed = { ...current.changed }
  const conflicts: Merged['conflicts'] = []
  for (const [field, mine] of Object.entries(set)) {
    const theirs = current.fields[field]
    const newer = (current.changed[field] ?? 0) > baseVersion
    if (newer && !same(mine, theirs)) {
      conflicts.push({ field, mine, theirs })
      if (!mostProtective(field, mine, theirs)) continue
    }
    fields[field] = mine
    changed[field] = version
  }
  return { fields, changed, version, conflicts }
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
