import { keyOf, type Row, type Rows } from './replica.ts'

/**
 * A row as an edit leaves it. One that begins here has null in each of `unsaid`, the fields nobody need fill in, as the
 * server will give it back: no screen finds a field missing.
 */
export function edited(
  rows: Rows,
  at: Pick<Row, 'thing' | 'id' | 'caseId'>,
  set: Record<string, unknown>,
  unsaid: readonly string[] = [],
): Row {
  const before = rows.get(keyOf(at))
  const nobodySaid = Object.fromEntries(unsaid.map((field) => [field, null]))
  return { ...at, version: before?.version ?? null, fields: { ...nobodySaid, ...before?.fields, ...set } }
}
