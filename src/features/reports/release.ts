/**
 * The release gate: what of the coded facts may be shown to somebody who cannot open the files behind them
 * (security.md 7.2, rules 1–7; monitoring rules SDC-01 to SDC-10; where they differ, the stricter holds).
 * Detention is sensitive everywhere: threshold 10, true zeros withheld too, every count and total rounded by itself.
 */
import { boundsOf, type Bounds } from './bounds.ts'

/** Counts below this are shown as "fewer than 10", true zeros too. */
export const THRESHOLD = 10
/** Below this a national total is shown as a band only (SDC-10). */
export const BAND_BELOW = 30
/** An area with fewer children than this is not shown on its own. */
export const AREA_UNIVERSE = 20
/** Facts of a row that must have changed before it is worked out anew; otherwise the published row stands. */
export const MINIMUM_CHANGE = 5
const ROUND_TO = 5

export type Hearing = 'within' | 'late' | 'ended' | 'open'

/** One custody as the figures know it: no identity, no id that leads back. */
export type HeldFact = { id: string; year: string; region: string; office: string; hearing: Hearing }

export type Count = { kind: 'fewer_than_10' } | { kind: 'band'; from: 10; to: 29 } | { kind: 'rounded'; value: number }

export type Share =
  | { kind: 'percent'; value: number }
  | { kind: 'nearly_all' }
  | { kind: 'nearly_none' }
  | { kind: 'withheld'; why: 'too_few' | 'small_part' }

export type WithheldArea = 'too_few_children' | 'one_office' | 'protects_another'

export type ReleasedRow = { cell: string; held: Count; heardInTime: Share }
export type AreaRow = { region: string; year: string; row: ReleasedRow | null; why: WithheldArea | null }

export type ReleasedTable = {
  code: 'held'
  /** Years with their own row, newest first. */
  years: ReleasedRow[]
  /** All years together, nationally: where one year is too small to say anything, several may not be. */
  together: ReleasedRow & { from: string; to: string }
  areas: AreaRow[]
  /** How many offices stand behind the figures: a figure without its coverage says nothing. */
  offices: Count
}

/** What was published before, with the facts each row rested on. */
export type Published = { rows: ReadonlyMap<string, { row: ReleasedRow; facts: ReadonlyMap<string, string> }> }

/** Makes the one released table of detention from all coded facts and everything published before. */
export function releaseHeld(facts: readonly HeldFact[], before: Published): ReleasedTable {
  const years = [...new Set(facts.map((fact) => fact.year))].sort().reverse()
  const national = years.map((year) => settledRow(year, of(facts, { year }), before))
  const [newest = ''] = years
  return {
    code: 'held',
    years: national,
    together: { from: years.at(-1) ?? newest, to: newest, ...settledRow('together', facts, before) },
    areas: years.flatMap((year) => areasOf(year, of(facts, { year }), before)),
    offices: countOf(new Set(facts.map((fact) => fact.office)).size),
  }
}

/** The published row stands until at least five of its facts have changed: one child more is never visible (rule 7). */
function settledRow(cell: string, facts: readonly HeldFact[], before: Published): ReleasedRow {
  const published = before.rows.get(cell)
  if (published !== undefined && changes(facts, published.facts) < MINIMUM_CHANGE) return published.row
  return { cell, held: countOf(facts.length), heardInTime: shareOf(facts) }
}

/** Facts that are new, gone or different since a row was published. */
export function changes(facts: readonly HeldFact[], published: ReadonlyMap<string, string>): number {
  const now = new Map(facts.map((fact) => [fact.id, fact.hearing]))
  const added = [...now].filter(([id, hearing]) => published.get(id) !== hearing).length
  const gone = [...published.keys()].filter((id) => !now.has(id)).length
  return added + gone
}

export function countOf(count: number): Count {
  if (count < THRESHOLD) return { kind: 'fewer_than_10' }
  if (count < BAND_BELOW) return { kind: 'band', from: 10, to: 29 }
  return { kind: 'rounded', value: ROUND_TO * Math.round(count / ROUND_TO) }
}

/** The share whose first hearing came within the limit, of those whose hearing is settled; never exactly 0 or 100 %. */
export function shareOf(facts: readonly HeldFact[]): Share {
  const within = facts.filter((fact) => fact.hearing === 'within').length
  const late = facts.filter((fact) => fact.hearing === 'late').length
  const settled = within + late
  if (facts.length < BAND_BELOW || settled < THRESHOLD) return { kind: 'withheld', why: 'too_few' }
  if (within / settled > 0.9) return { kind: 'nearly_all' }
  if (late / settled > 0.9) return { kind: 'nearly_none' }
  // A part that would be withheld as a count withholds the share that would tell it (SDC-04).
  if (within < THRESHOLD || late < THRESHOLD) return { kind: 'withheld', why: 'small_part' }
  return { kind: 'percent', value: ROUND_TO * Math.round((100 * within) / settled / ROUND_TO) }
}

/** Provinces of one year: shown only where many children and more than one office stand behind the figure. */
function areasOf(year: string, facts: readonly HeldFact[], before: Published): AreaRow[] {
  const regions = [...new Set(facts.map((fact) => fact.region))].sort()
  const rows = regions.map((region) => areaRow(region, year, of(facts, { region }), before))
  return protectNeighbours(rows, settledRow(year, facts, before).held)
}

function areaRow(region: string, year: string, facts: readonly HeldFact[], before: Published): AreaRow {
  const hidden = (why: WithheldArea): AreaRow => ({ region, year, row: null, why })
  if (facts.length < AREA_UNIVERSE) return hidden('too_few_children')
  if (new Set(facts.map((fact) => fact.office)).size < 2) return hidden('one_office')
  return { region, year, row: settledRow(`${year}|${region}`, facts, before), why: null }
}

/**
 * Complementary suppression (SDC-02): as long as the rows shown would narrow a withheld area to fewer than four values,
 * or prove that there is a child in it, the smallest row shown is withheld too.
 */
function protectNeighbours(rows: AreaRow[], total: Count): AreaRow[] {
  const hidden = rows.filter((area) => area.row === null)
  if (hidden.length === 0) return rows
  const shown = rows.filter((area) => area.row !== null)
  if (shown.length === 0 || hidden.every((area) => isSafe(area, hidden, left(total, shown)))) return rows
  const smallest = [...shown].sort((a, b) => lowest(a) - lowest(b))[0]
  return protectNeighbours(
    rows.map((area) => (area === smallest ? { ...area, row: null, why: 'protects_another' as const } : area)),
    total,
  )
}

/** What a reader can work out about all withheld areas together: the national figure less the rows shown. */
function left(total: Count, shown: AreaRow[]): Bounds {
  const all = boundsOf(total)
  const parts = shown.map((area) => (area.row === null ? { least: 0, most: 0 } : boundsOf(area.row.held)))
  return {
    least: all.least - parts.reduce((sum, part) => sum + part.most, 0),
    most: all.most - parts.reduce((sum, part) => sum + part.least, 0),
  }
}

/** Whether a withheld area keeps at least four possible values and, when it is small, is not proven to hold a child. */
function isSafe(area: AreaRow, hidden: AreaRow[], together: Bounds): boolean {
  const others = hidden.filter((other) => other !== area)
  const least = Math.max(0, together.least - others.reduce((sum, other) => sum + mostIn(other, together), 0))
  const most = Math.min(mostIn(area, together), together.most)
  return most - least + 1 >= 4 && (area.why !== 'too_few_children' || least < 1)
}

/** A reader knows the rule: an area withheld for being small holds fewer children than the rule's limit. */
function mostIn(area: AreaRow, together: Bounds): number {
  return area.why === 'too_few_children' ? AREA_UNIVERSE - 1 : together.most
}

function lowest(area: AreaRow): number {
  return area.row === null ? 0 : boundsOf(area.row.held).least
}

function of(facts: readonly HeldFact[], where: { year?: string; region?: string }): HeldFact[] {
  return facts.filter(
    (fact) =>
      (where.year === undefined || fact.year === where.year) &&
      (where.region === undefined || fact.region === where.region),
  )
}
