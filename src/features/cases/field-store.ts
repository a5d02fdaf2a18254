import { fieldMeta } from '../../core/schema.ts'
import type { MutableThing } from '../../server/mutable-rows.ts'

/** Which list of the country a field takes its codes from, by the schema of the thing it belongs to. */
export function listOf(things: readonly MutableThing[], of: { thing: string; field: string }): string | null {
  // A case itself is changed by its own acts, and so is no such thing.
  if (of.thing === 'case' && of.field === 'region') return 'regions'
  const shape = things.find((one) => one.meta.table === of.thing)?.schema.shape
  return fieldMeta(shape?.[of.field]).codeList ?? null
}
