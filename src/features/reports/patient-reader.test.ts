import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { about, facts, press, rowsAsText } from '../../../test/figures.ts'
import { exposures } from './auditor.ts'
import type { HeldFact } from './children.ts'
import type { ReleasedTable } from './release.ts'

// F2 of security.md 10: a reader who keeps everything published in eight quarters and tries every world that could have
// been. Tried with the real release, not with the auditor's own arithmetic: another world counts as possible only if it
// gives all eight tables byte for byte.

const REGIONS = ['A', 'B', 'C', 'D']
const YEARS = ['2024', '2025']
const PERIODS = ['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4', '2027-Q1', '2027-Q2', '2027-Q3', '2027-Q4']
const CELLS = YEARS.flatMap((year) => REGIONS.map((region) => `${year}|${region}`))

/**
 * How many children are known in each cell before the first release, and how many more before each later one. In each region
 * some who were held in the first year are held in the second as well, and every so many are held twice in a year.
 */
type World = { offices: number[]; first: number[]; more: number[][]; cameBack: number[]; twice: number }

const world: fc.Arbitrary<World> = fc
  .record({
    offices: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 4 }),
    first: fc.array(fc.oneof(fc.integer({ min: 0, max: 24 }), fc.integer({ min: 20, max: 90 })), {
      minLength: CELLS.length,
      maxLength: CELLS.length,
    }),
    more: fc.array(
      fc.array(fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 12 })), {
        minLength: CELLS.length,
        maxLength: CELLS.length,
      }),
      { minLength: PERIODS.length - 1, maxLength: PERIODS.length - 1 },
    ),
    cameBack: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 90 })), {
      minLength: REGIONS.length,
      maxLength: REGIONS.length,
    }),
    twice: fc.integer({ min: 2, max: 9 }),
  })
  .map((of) => ({
    ...of,
    // So few that a world in which a cell held some children fewer still has all who came back: every other world the reader
    // tries has as many who came back as this one, and only its provinces differ.
    cameBack: of.cameBack.map((many, at) =>
      Math.max(0, Math.min(many, (of.first[at] ?? 0) - 12, (of.first[at + REGIONS.length] ?? 0) - 12)),
    ),
  }))

/** The eight tables of a world, one after the other, so that a reader can stop at the first that differs. */
function* publish({ offices, first, more, cameBack, twice }: World): Generator<ReleasedTable> {
  const office = press()
  const known: HeldFact[] = []
  const counted = new Map<string, number>()
  for (const [at, period] of PERIODS.entries()) {
    const counts = at === 0 ? first : (more[at - 1] ?? [])
    // Quarters are dealt out over the whole year, so that a year of the same total has the same quarters.
    const dealt = new Map<string, number>()
    counts.forEach((count, cell) => {
      const [year = '', region = ''] = (CELLS[cell] ?? '').split('|')
      const many = offices[REGIONS.indexOf(region)] ?? 1
      const from = dealt.get(year) ?? 0
      dealt.set(year, from + count)
      const before = counted.get(`${year}|${region}`) ?? 0
      counted.set(`${year}|${region}`, before + count)
      const each = (n: number) => {
        const nth = before + n
        const since = nth < (cameBack[REGIONS.indexOf(region)] ?? 0) ? YEARS[0] : year
        return {
          child: `${since}|${region}|${nth}`,
          office: `${region}${n % many}`,
          quarter: `${year}-Q${1 + ((from + n) % 4)}`,
        }
      }
      const once = facts(count, { year, region }, each)
      const again = once
        .filter((_fact, n) => (from + n) % twice === 0)
        .map((fact) => ({ ...fact, quarter: `${year}-Q${1 + (Number(fact.quarter.at(-1)) % 4)}` }))
      known.push(...once, ...again)
    })
    yield office.release([...known], about({ period, regions: REGIONS }))
  }
}

function looksLike(world: World, shown: readonly string[]): boolean {
  let at = 0
  for (const table of publish(world)) {
    if (rowsAsText(table) !== shown[at]) return false
    at += 1
  }
  return true
}

const SHIFTS = [0, -1, 1, -2, 2, -3, 3, -4, 4]

/**
 * Worlds in which a cell held other numbers and its three neighbours a few more or fewer, known before the first release
 * or before a later one; those in which the year's total stays the same come first.
 */
function* others(of: World, cell: number): Generator<World> {
  const year = CELLS[cell]?.slice(0, 4)
  const neighbours = CELLS.flatMap((name, at) => (at !== cell && name.slice(0, 4) === year ? [at] : []))
  const spread = SHIFTS.flatMap((a) => SHIFTS.flatMap((b) => SHIFTS.map((c) => [a, b, c])))
  const moments = [-1, ...of.more.keys()]
  for (const slack of [0, 1, -1, 2, -2])
    for (const moment of moments)
      for (const by of [1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6])
        for (const shifts of spread.filter((three) => three.reduce((sum, one) => sum + one, by) === slack)) {
          const moved = (counts: number[]) =>
            counts.map((count, at) => count + (at === cell ? by : (shifts[neighbours.indexOf(at)] ?? 0)))
          const first = moment === -1 ? moved(of.first) : of.first
          const more = of.more.map((counts, at) => (at === moment ? moved(counts) : counts))
          if ([...first, ...more.flat()].every((count) => count >= 0)) yield { ...of, first, more }
        }
}

/** How many children a world holds in a cell after the last release. */
function countIn({ first, more }: World, cell: number): number {
  return more.reduce((sum, counts) => sum + (counts[cell] ?? 0), first[cell] ?? 0)
}

describe('whoever keeps everything published in eight quarters', () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)

  test(`must hold at least four values possible for a withheld province (seed ${seed})`, { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(world, fc.nat(), (of, pick) => {
        const tables = [...publish(of)]
        const shown = tables.map(rowsAsText)
        const hidden = CELLS.flatMap((name, at) =>
          tables.at(-1)?.areas.some((area) => area.row === null && `${area.year}|${area.region}` === name) ? [at] : [],
        )
        const cell = hidden[pick % hidden.length]
        if (cell === undefined) return
        const possible = new Set([countIn(of, cell)])
        for (const other of others(of, cell)) {
          if (possible.size >= 4) break
          if (!possible.has(countIn(other, cell)) && looksLike(other, shown)) possible.add(countIn(other, cell))
        }
        expect(possible.size, CELLS[cell]).toBeGreaterThanOrEqual(4)
      }),
      { numRuns: Number(process.env.RUNS ?? 20), seed, endOnFailure: true },
    )
  })

  test(`finds no cell that the auditor would have to name (seed ${seed})`, { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(world, (of) => {
        expect(exposures([...publish(of)])).toEqual([])
      }),
      { numRuns: 30, seed, endOnFailure: true },
    )
  })
})
