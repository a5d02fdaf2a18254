/**
 * The release gate: what of the coded facts may be shown to somebody who cannot open the files behind them
 * (security.md 7.2, rules 1–8; monitoring rules SDC-01 to SDC-10; where they differ, the stricter holds).
 * Detention is sensitive everywhere: threshold 10, true zeros withheld too, every count and total rounded by itself.
 * Which rows there are never depends on the facts: twelve years, every region of the pack, whether a child is behind them or not.
 */
import { exposures } from './auditor.ts'
import { changes, childrenBehind, type HeldChild, type HeldFact } from './children.ts'
import { boundsOf, BAND_BELOW, type Count, countOf, type Outcome, type Share, shareOf } from './shown.ts'

/** An area with fewer children than this is not shown on its own. */
export const AREA_UNIVERSE = 20
/** Children of a row that must have changed before it is worked out anew; otherwise the published row stands. */
export const MINIMUM_CHANGE = 5
/** How many years a table covers, the newest one included. */
export const YEARS = 12

export type ReleasedRow = { cell: string; held: Count; heardInTime: Share; handedOverInTime: Share }

export type WithheldArea =
  /** Fewer than twenty children, perhaps none. */
  | 'too_few_children'
  /** One office alone stands behind it: the figure would be that office's. */
  | 'one_office'
  /** Withheld so that a smaller neighbour cannot be worked out from the total. */
  | 'protects_another'
  /** The whole country's figure is a band: nothing is broken down below it. */
  | 'national_below_30'
  /** No province of this year can be shown; which one is why would itself speak. */
  | 'none_shown'

export type AreaRow = { region: string; year: string; row: ReleasedRow | null; why: WithheldArea | null }

/** How complete the figures are, told by what is public: which offices use the system, never which had a child to report. */
export type Coverage = { offices: number; regions: number; regionsInAll: number }

export type ReleasedTable = {
  code: 'held'
  /** The last closed quarter whose facts are counted, `2026-Q3`. */
  period: string
  /** Twelve years nationally, newest first; the newest one up to the period's end. */
  years: ReleasedRow[]
  /** All years together: where one year is too small to say anything, several may not be. Null when it would give one away. */
  together: (ReleasedRow & { from: string; to: string }) | null
  /** Quarters of a closed year, only where every one of the four passes the rules. */
  quarters: { year: string; rows: ReleasedRow[] }[]
  /** Every province of every closed year; the running year has none (no figures "to date" below the country). */
  areas: AreaRow[]
  coverage: Coverage
}

/** A row as it stands before its neighbours are protected. */
export type Standing = { row: ReleasedRow | null; why: WithheldArea | null }

/** What stands of each cell since it was last worked out, with the children it rested on. */
export type Published = ReadonlyMap<string, { standing: Standing; children: ReadonlyMap<string, string> }>

export type About = { period: string; regions: readonly string[]; coverage: Coverage }

export type Made =
  | { made: true; table: ReleasedTable; standing: ReadonlyMap<string, Standing> }
  /** The auditor refuses: together with all that was published before, the table would say too much. */
  | { made: false; exposed: string[] }

/** Makes the one released table of detention from all coded facts and everything published before. */
export function releaseHeld(
  facts: readonly HeldFact[],
  about: About,
  before: Published,
  earlier: readonly ReleasedTable[],
): Made {
  const behind = childrenBehind(facts, yearsOf(about.period), about.period)
  const standing = new Map(
    cellsOf(about).map(({ cell, level }) => [cell, stands(cell, level, behind.get(cell) ?? [], before)]),
  )
  return protect(tableOf(about, standing), earlier, standing)
}

type Level = 'national' | 'quarter' | 'area'

/** Every row there can be: which ones exist never depends on the facts. */
function cellsOf({ period, regions }: About): { cell: string; level: Level }[] {
  const closed = yearsOf(period).filter((year) => `${year}-Q4` <= period)
  return [
    { cell: 'together', level: 'national' },
    ...yearsOf(period).map((year) => ({ cell: year, level: 'national' as const })),
    ...closed.flatMap((year) => quartersOf(year).map((cell) => ({ cell, level: 'quarter' as const }))),
    ...closed.flatMap((year) => regions.map((region) => ({ cell: `${year}|${region}`, level: 'area' as const }))),
  ]
}

export function yearsOf(period: string): string[] {
  const newest = Number(period.slice(0, 4))
  return Array.from({ length: YEARS }, (_, back) => String(newest - back))
}

function quartersOf(year: string): string[] {
  return ['Q1', 'Q2', 'Q3', 'Q4'].map((quarter) => `${year}-${quarter}`)
}

/** The published row stands until at least five of its children have changed: one child more is never visible (rule 7). */
function stands(cell: string, level: Level, children: readonly HeldChild[], before: Published): Standing {
  const published = before.get(cell)
  if (published !== undefined && changes(children, published.children) < MINIMUM_CHANGE) return published.standing
  const offices = new Set(children.flatMap((one) => one.offices)).size
  const hidden = (why: WithheldArea): Standing => ({ row: null, why })
  if (level === 'area' && children.length < AREA_UNIVERSE) return hidden('too_few_children')
  if (level === 'area' && offices < 2) return hidden('one_office')
  if (level === 'quarter' && children.length < BAND_BELOW) return hidden('too_few_children')
  const share = (outcome: (child: HeldChild) => Outcome) =>
    shareOf(children.map(outcome), level === 'area' ? 'area' : 'national', offices)
  return {
    row: {
      cell,
      held: countOf(children.length),
      heardInTime: share((child) => child.hearing),
      handedOverInTime: share((child) => child.handover),
    },
    why: null,
  }
}

function tableOf({ period, regions, coverage }: About, standing: ReadonlyMap<string, Standing>): ReleasedTable {
  const years = yearsOf(period)
  const closed = years.filter((year) => `${year}-Q4` <= period)
  const row = (cell: string) => standing.get(cell)?.row ?? null
  const national = (cell: string): ReleasedRow => {
    const found = row(cell)
    if (found === null) throw new Error('a national row always stands')
    return found
  }
  return {
    code: 'held',
    period,
    years: years.map(national),
    together: { from: years.at(-1) ?? '', to: years[0] ?? '', ...national('together') },
    quarters: closed.flatMap((year) => {
      const rows = quartersOf(year).flatMap((cell) => row(cell) ?? [])
      return rows.length === 4 ? [{ year, rows }] : []
    }),
    areas: closed.flatMap((year) =>
      areasOf(
        national(year).held,
        regions.map((region) => ({ region, year, ...(standing.get(`${year}|${region}`) ?? NOT_SHOWN) })),
      ),
    ),
    coverage,
  }
}

const NOT_SHOWN: Standing = { row: null, why: 'none_shown' }

/** Below a band nothing is broken down (SDC-10); where no province is shown, none says why it is not. */
function areasOf(total: Count, areas: AreaRow[]): AreaRow[] {
  if (total.kind !== 'rounded') return areas.map((area) => ({ ...area, row: null, why: 'national_below_30' }))
  return areas.some((area) => area.row !== null) ? areas : areas.map((area) => ({ ...area, ...NOT_SHOWN }))
}

/**
 * Complementary suppression (SDC-02) and differencing (SDC-06): as long as the auditor finds a cell that everything ever
 * published would narrow too far, one thing more is withheld; when nothing is left to withhold, there is no release.
 */
function protect(
  table: ReleasedTable,
  earlier: readonly ReleasedTable[],
  standing: ReadonlyMap<string, Standing>,
): Made {
  const exposed = exposures([...earlier, table])
  const [first] = exposed
  if (first === undefined) return { made: true, table, standing }
  const less = withhold(table, first)
  return less === null ? { made: false, exposed } : protect(less, earlier, standing)
}

/** Withholds the smallest shown province of the exposed year, else its quarters, else the figure of all years. */
function withhold(table: ReleasedTable, cell: string): ReleasedTable | null {
  const year = cell.slice(0, 4)
  const [smallest] = table.areas
    .filter((area) => area.year === year && area.row !== null)
    .sort((a, b) => leastIn(a) - leastIn(b))
  if (smallest !== undefined) return { ...table, areas: withoutArea(table.areas, smallest) }
  if (table.quarters.some((one) => one.year === year))
    return { ...table, quarters: table.quarters.filter((one) => one.year !== year) }
  return table.together === null ? null : { ...table, together: null }
}

function withoutArea(areas: readonly AreaRow[], hide: AreaRow): AreaRow[] {
  const left = areas.map((area): AreaRow => (area === hide ? { ...area, row: null, why: 'protects_another' } : area))
  if (left.some((area) => area.year === hide.year && area.row !== null)) return left
  return left.map((area) => (area.year === hide.year ? { ...area, ...NOT_SHOWN } : area))
}

function leastIn({ row }: AreaRow): number {
  return row === null ? 0 : boundsOf(row.held).least
}
