import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boundsOf } from './bounds.ts'
import {
  type Count,
  countOf,
  type HeldFact,
  type Hearing,
  type Published,
  releaseHeld,
  type ReleasedTable,
  shareOf,
} from './release.ts'

const nothing: Published = { rows: new Map() }

let serial = 0
function facts(
  count: number,
  over: Partial<HeldFact> = {},
  hearing: (n: number) => Hearing = () => 'within',
): HeldFact[] {
  return Array.from({ length: count }, (_, n) => {
    serial += 1
    return { id: `f${serial}`, year: '2026', region: 'A', office: `office ${n % 2}`, hearing: hearing(n), ...over }
  })
}

describe('a count of children held is shown', () => {
  test.each<[number, Count]>([
    [0, { kind: 'fewer_than_10' }], // a true zero would say something about everybody in a known small group
    [9, { kind: 'fewer_than_10' }],
    [10, { kind: 'band', from: 10, to: 29 }],
    [29, { kind: 'band', from: 10, to: 29 }],
    [30, { kind: 'rounded', value: 30 }],
    [32, { kind: 'rounded', value: 30 }],
    [33, { kind: 'rounded', value: 35 }],
    [143, { kind: 'rounded', value: 145 }],
  ])('%i as %o', (count, shown) => {
    expect(countOf(count)).toEqual(shown)
  })
})

describe('the share heard in time is shown', () => {
  const share = (within: number, late: number, open = 0) =>
    shareOf([...facts(within), ...facts(late, {}, () => 'late'), ...facts(open, {}, () => 'open')])
  test.each([
    ['not for fewer than thirty children', share(20, 9), { kind: 'withheld', why: 'too_few' }],
    ['not when few hearings are settled', share(5, 4, 40), { kind: 'withheld', why: 'too_few' }],
    ['not when it would tell a part below ten', share(28, 8), { kind: 'withheld', why: 'small_part' }],
    ['never as exactly all', share(40, 0), { kind: 'nearly_all' }],
    ['never as exactly none', share(0, 40), { kind: 'nearly_none' }],
    ['rounded to five otherwise', share(31, 13), { kind: 'percent', value: 70 }],
  ])('%s', (_title, shown, expected) => {
    expect(shown).toEqual(expected)
  })
})

describe('at true size, 22 children held in twelve years', () => {
  const few = Array.from({ length: 22 }, (_, n) => facts(1, { year: String(2014 + (n % 12)) })).flat()
  const table = releaseHeld(few, nothing)
  test('no year shows a number, all years together show a band, and no province is shown', () => {
    expect(table.years).toHaveLength(12)
    expect(table.years.every((row) => row.held.kind === 'fewer_than_10')).toBe(true)
    expect(table.together).toMatchObject({
      from: '2014',
      to: '2025',
      held: { kind: 'band' },
      heardInTime: { kind: 'withheld' },
    })
    expect(table.areas.every((area) => area.row === null)).toBe(true)
  })
})

describe('a province is shown', () => {
  test('not with fewer than twenty children, and not when one office alone feeds it', () => {
    const table = releaseHeld(
      [...facts(40, { region: 'A' }), ...facts(40, { region: 'B', office: 'only' }), ...facts(19, { region: 'C' })],
      nothing,
    )
    expect(table.areas.map(({ region, why }) => [region, why])).toEqual([
      ['A', null],
      ['B', 'one_office'],
      ['C', 'too_few_children'],
    ])
  })

  test('not when the national figure less the others would give a small neighbour away', () => {
    // 60 + 60 shown of 128: what is left is proven to be a child at least.
    const table = releaseHeld(
      [...facts(60, { region: 'A' }), ...facts(60, { region: 'B' }), ...facts(8, { region: 'C' })],
      nothing,
    )
    expect(table.areas.filter((area) => area.row !== null).length).toBeLessThan(2)
  })
})

function publishedFrom(table: ReleasedTable, all: HeldFact[]): Published {
  const rows = new Map<string, { row: ReleasedTable['years'][number]; facts: Map<string, string> }>()
  const keep = (row: ReleasedTable['years'][number], of: HeldFact[]) =>
    rows.set(row.cell, { row, facts: new Map(of.map((fact) => [fact.id, fact.hearing])) })
  for (const row of table.years)
    keep(
      row,
      all.filter((fact) => fact.year === row.cell),
    )
  keep({ cell: 'together', held: table.together.held, heardInTime: table.together.heardInTime }, all)
  for (const area of table.areas)
    if (area.row !== null)
      keep(
        area.row,
        all.filter((fact) => fact.year === area.year && fact.region === area.region),
      )
  return { rows }
}

describe('two releases, compared', () => {
  test('one child more changes no row, five more may', () => {
    const first = facts(47, {}, (n) => (n % 3 === 0 ? 'late' : 'within'))
    const published = publishedFrom(releaseHeld(first, nothing), first)
    const oneMore = releaseHeld([...first, ...facts(1)], published)
    expect(oneMore.years).toEqual(releaseHeld(first, nothing).years)
    const fiveMore = releaseHeld([...first, ...facts(5)], published)
    expect(fiveMore.years[0]?.held).toEqual({ kind: 'rounded', value: 50 })
  })

  test('a hearing that is settled later changes no row by itself', () => {
    const first = facts(47, {}, (n) => (n < 12 ? 'late' : 'within'))
    const published = publishedFrom(releaseHeld(first, nothing), first)
    const changed = first.map((fact, n) => (n === 0 ? { ...fact, hearing: 'within' as const } : fact))
    expect(releaseHeld(changed, published).years).toEqual(releaseHeld(first, nothing).years)
  })
})

describe('whatever the numbers are', () => {
  test('a withheld province keeps at least four possible values and is never proven to hold a child', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 2, maxLength: 6 }), (sizes) => {
        const all = sizes.flatMap((size, at) => facts(size, { region: `R${at}` }))
        const table = releaseHeld(all, nothing)
        const hidden = table.areas.filter((area) => area.row === null)
        const total = table.years[0]?.held
        if (hidden.length === 0 || total === undefined || table.areas.every((area) => area.row === null)) return
        const shown = table.areas.flatMap((area) => (area.row === null ? [] : [boundsOf(area.row.held)]))
        const least = boundsOf(total).least - shown.reduce((sum, part) => sum + part.most, 0)
        const most = boundsOf(total).most - shown.reduce((sum, part) => sum + part.least, 0)
        // Checked by trying: every way to share out what is left that a reader must hold possible.
        for (const area of hidden.filter((one) => one.why === 'too_few_children')) {
          const others = hidden
            .filter((one) => one !== area)
            .reduce((sum, one) => sum + (one.why === 'too_few_children' ? 19 : 10_000), 0)
          const possible = Array.from({ length: 20 }, (_, value) => value).filter(
            (value) => value <= most && value + others >= least,
          )
          expect(possible).toContain(0)
          expect(possible.length).toBeGreaterThanOrEqual(4)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('the true number always lies within what is shown', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), (count) => {
        const { least, most } = boundsOf(countOf(count))
        expect(least).toBeLessThanOrEqual(count)
        expect(most).toBeGreaterThanOrEqual(count)
      }),
    )
  })
})
