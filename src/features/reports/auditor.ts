/**
 * The release auditor (security.md 7.2, rule 8): what a patient reader could work out from all tables ever published.
 * It narrows the possible values of every cell until nothing changes any more, and names the cells that end up too narrow.
 */
import type { AreaRow, ReleasedRow, ReleasedTable } from './release.ts'
import { type Bounds, boundsOf, type Count, type Share } from './shown.ts'

/** Fewer possible values than this, and a cell is as good as told. */
const FEWEST_VALUES = 4
/** A carried row may rest on up to four children more or fewer than there are now (rule 7). */
const DRIFT = 4
/** An area withheld for being small holds fewer children than this; a reader knows the rule. */
const SMALL_AREA_MOST = 19

type Cell = { cell: string; bounds: Bounds; neverProven: boolean }
/**
 * A whole and the parts it is made of, as indexes. `apart`: no child is in two parts, so that they add up; a child who was
 * held in two years or two quarters is in both, and the whole may be less than its parts together.
 */
type Sum = { whole: number; parts: number[]; apart: boolean }
type System = { cells: Cell[]; sums: Sum[]; links: { earlier: number; later: number }[] }

/**
 * The cells a reader could narrow to fewer than four values, or prove to hold a child though they are withheld as small.
 * All of them where nothing she may suppose fits what was published: what it says of anybody is then not known to us.
 */
export function exposures(tables: readonly ReleasedTable[]): string[] {
  const system = systemOf(tables)
  const bounds = supposed(system)
  if (bounds.length === 0) return [...new Set(system.cells.map(({ cell }) => cell))]
  return system.cells.flatMap(({ cell, neverProven }, at) =>
    bounds.some((one) => {
      const { least, most } = one[at] ?? { least: 0, most: Infinity }
      return most - least + 1 < FEWEST_VALUES || (neverProven && least > 0)
    })
      ? [cell]
      : [],
  )
}

/**
 * A reader may suppose that children once counted stay counted, and that no child came back in another year or quarter;
 * where that contradicts what is shown, she knows it is wrong, and supposes less.
 */
function supposed(system: System): Bounds[][] {
  const noneCameBack = { ...system, sums: system.sums.map((sum) => ({ ...sum, apart: true })) }
  const all = narrowed(noneCameBack)
  if (all !== null) return [all]
  const less = [system, { ...noneCameBack, links: [] }, { ...system, links: [] }]
  return less.map(narrowed).filter((one) => one !== null)
}

function systemOf(tables: readonly ReleasedTable[]): System {
  const system: System = { cells: [], sums: [], links: [] }
  let last = new Map<string, number>()
  tables.forEach((table, at) => {
    const carried = shownIn(tables[at - 1])
    const here = new Map<string, number>()
    for (const { cell, bounds, neverProven, text } of known(table)) {
      here.set(cell, system.cells.length)
      const drift = carried.get(cell) === text ? DRIFT : 0
      system.cells.push({
        cell,
        neverProven,
        bounds: { least: Math.max(0, bounds.least - drift), most: bounds.most + drift },
      })
      const earlier = last.get(cell)
      if (earlier !== undefined) system.links.push({ earlier, later: system.cells.length - 1 })
    }
    for (const { whole, parts, apart } of sumsOf(table)) {
      const found = parts.flatMap((part) => here.get(part) ?? [])
      const of = here.get(whole)
      if (of !== undefined && found.length === parts.length && parts.length > 0)
        system.sums.push({ whole: of, parts: found, apart })
    }
    last = here
  })
  return system
}

type Known = { cell: string; bounds: Bounds; neverProven: boolean; text: string }

/** What one table says of each cell. */
function known(table: ReleasedTable): Known[] {
  const row = (shown: ReleasedRow): Known => ({
    cell: shown.cell,
    bounds: boundsOf(shown.held),
    neverProven: shown.held.kind === 'fewer_than_10',
    text: [shown.held, shown.heardInTime, shown.handedOverInTime].map(textOf).join(),
  })
  const { together } = table
  return [
    ...(together === null ? [] : [row(together)]),
    ...table.years.map(row),
    ...table.quarters.flatMap(({ rows }) => rows.map(row)),
    ...table.areas.map((area) => (area.row === null ? withheld(area) : row(area.row))),
  ]
}

function withheld(area: AreaRow): Known {
  const small = area.why === 'too_few_children'
  return {
    cell: `${area.year}|${area.region}`,
    bounds: { least: 0, most: small ? SMALL_AREA_MOST : Infinity },
    neverProven: small,
    text: String(area.why),
  }
}

/** One text for one shown value, whatever order its keys came back in. */
function textOf(value: Count | Share): string {
  return Object.entries(value).map(String).sort().join()
}

function shownIn(table: ReleasedTable | undefined): Map<string, string> {
  return new Map(table === undefined ? [] : known(table).map(({ cell, text }) => [cell, text]))
}

/** All years make the figure of all years; the four quarters, and all provinces, make their year. A file is in one province. */
function sumsOf(table: ReleasedTable): { whole: string; parts: string[]; apart: boolean }[] {
  const years = table.years.map((row) => row.cell)
  return [
    { whole: 'together', parts: years, apart: false },
    ...table.quarters.map(({ year, rows }) => ({ whole: year, parts: rows.map((row) => row.cell), apart: false })),
    ...years.map((year) => ({
      whole: year,
      parts: table.areas.filter((area) => area.year === year).map((area) => `${year}|${area.region}`),
      apart: true,
    })),
  ]
}

/** Narrows all cells until nothing changes; null when what is shown cannot all be true. */
function narrowed({ cells, sums, links }: System): Bounds[] | null {
  const bounds = cells.map((cell) => ({ ...cell.bounds }))
  let changed = true
  function tighten(at: number, least: number, most: number): void {
    const own = bounds[at]
    if (own === undefined || (least <= own.least && most >= own.most)) return
    own.least = Math.max(own.least, least)
    own.most = Math.min(own.most, most)
    changed = true
  }
  while (changed) {
    changed = false
    for (const { whole, parts, apart } of sums) {
      const leasts = parts.map((part) => bounds[part]?.least ?? 0)
      const least = apart ? leasts.reduce((sum, one) => sum + one, 0) : Math.max(...leasts)
      const most = parts.reduce((sum, part) => sum + (bounds[part]?.most ?? 0), 0)
      tighten(whole, least, most)
      const all = bounds[whole] ?? { least: 0, most: Infinity }
      const before = parts.map((part) => ({ ...(bounds[part] ?? { least: 0, most: Infinity }) }))
      parts.forEach((part, nth) => {
        const own = before[nth] ?? { least: 0, most: Infinity }
        // Endless minus endless says nothing: another part without a limit leaves this one's lower end alone.
        const others = sumOf(before, nth)
        const leastElsewhere = apart ? least - own.least : 0
        tighten(part, Number.isFinite(others) ? all.least - others : 0, all.most - leastElsewhere)
      })
    }
    for (const { earlier, later } of links) {
      tighten(later, bounds[earlier]?.least ?? 0, Infinity)
      tighten(earlier, 0, bounds[later]?.most ?? Infinity)
    }
    if (bounds.some(({ least, most }) => least > most)) return null
  }
  return bounds
}

/** The most that all parts but one can hold. */
function sumOf(parts: readonly Bounds[], without: number): number {
  let sum = 0
  parts.forEach((part, nth) => {
    if (nth !== without) sum += part.most
  })
  return sum
}
