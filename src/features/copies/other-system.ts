import type { OtherSystems } from '../../core/office-work.ts'

/** A row of a case as a card holds it. */
export type KnownRow = { thing: string; fields: Record<string, unknown> }

/** One field in another system's order, with everything we know of it. */
export type OrderedField = { section: number; field: number; thing: string; name: string; values: unknown[] }

/** What is known of one case, in the order in which another system asks for it; what nobody said stays empty. */
export function inOrderOf(system: OtherSystems[number], rows: readonly KnownRow[]): OrderedField[] {
  return system.sections.flatMap(({ fields }, section) =>
    fields.map(({ from, or }, field) => {
      const first = knownOf(from)
      return { section, field, ...(first.values.length > 0 || or === undefined ? first : knownOf(or)) }
    }),
  )

  function knownOf(from: string) {
    const [thing = '', name = ''] = from.split('.')
    const values = rows
      .filter((row) => row.thing === thing)
      .map((row) => row.fields[name])
      .filter((value) => value !== undefined && value !== null && value !== '')
    return { thing, name, values }
  }
}
