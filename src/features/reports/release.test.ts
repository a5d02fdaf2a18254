import { describe, expect, test } from 'vitest'
import { about, facts, press, rowsAsText } from '../../../test/figures.ts'
import { childrenBehind } from './children.ts'
import { notesOf } from './explain.ts'
import { releaseHeld, type ReleasedRow, type ReleasedTable } from './release.ts'
import { type Count, countOf, type Outcome, shareOf } from './shown.ts'

const release = (all: ReturnType<typeof facts>, of = about()) => press().release(all, of)
const yearRow = (table: ReleasedTable, year = '2025') => table.years.find((row) => row.cell === year)
const areasOf = (table: ReleasedTable, year = '2025') =>
  Object.fromEntries(table.areas.filter((area) => area.year === year).map(({ region, why }) => [region, why]))

describe('rule 4, SDC-01, SDC-03, SDC-07, SDC-10: a count of children held is shown', () => {
  test.each<[number, Count]>([
    [0, { kind: 'fewer_than_10' }], // a true zero would say something about everybody in a known small group
    [9, { kind: 'fewer_than_10' }],
    [10, { kind: 'band', from: 10, to: 29 }],
    [29, { kind: 'band', from: 10, to: 29 }],
    [30, { kind: 'rounded', value: 35 }], // 30 alone would stand for three numbers only
    [37, { kind: 'rounded', value: 35 }],
    [38, { kind: 'rounded', value: 40 }],
    [143, { kind: 'rounded', value: 145 }],
  ])('%i as %o', (count, shown) => {
    expect(countOf(count)).toEqual(shown)
  })

  test('and every total is rounded by itself, so that rows do not add up', () => {
    const table = release([...facts(42), ...facts(42, { year: '2024' })])
    expect(yearRow(table)?.held).toEqual({ kind: 'rounded', value: 40 })
    expect(table.together?.held).toEqual({ kind: 'rounded', value: 85 })
    expect(notesOf(table)).toContain('does_not_add_up')
  })
})

describe('SDC-04, SDC-05, rules 5 and 6: the share kept in time is shown', () => {
  const outcomes = (within: number, late: number, other: Outcome[] = []): Outcome[] => [
    ...Array.from({ length: within }, () => 'within' as const),
    ...Array.from({ length: late }, () => 'late' as const),
    ...other,
  ]
  const open = Array.from({ length: 40 }, () => 'open' as const)
  const notShown = Array.from({ length: 13 }, () => 'not_shown' as const)
  test.each([
    ['not for fewer than thirty children', shareOf(outcomes(20, 9), 'national', 2), 'too_few'],
    ['not when few limits have passed yet', shareOf(outcomes(5, 4, open), 'national', 2), 'too_few'],
    ['not when it would tell a part below ten', shareOf(outcomes(28, 8), 'national', 2), 'small_part'],
    ['not when one office alone stands behind it', shareOf(outcomes(31, 13), 'national', 1), 'one_office'],
    ['not for a province where nearly all fared alike', shareOf(outcomes(40, 1), 'area', 2), 'one_category'],
  ])('%s', (_title, shown, why) => {
    expect(shown).toEqual({ kind: 'withheld', why })
  })
  test.each([
    ['never as exactly all', shareOf(outcomes(40, 0), 'national', 2), { kind: 'nearly_all' }],
    ['never as exactly none', shareOf(outcomes(0, 40), 'national', 2), { kind: 'nearly_none' }],
    ['rounded to five otherwise', shareOf(outcomes(31, 13), 'national', 2), { kind: 'percent', value: 70 }],
    [
      'with what nobody has shown counted as not kept',
      shareOf(outcomes(31, 0, notShown), 'national', 2),
      { kind: 'percent', value: 70 },
    ],
  ])('%s', (_title, shown, expected) => {
    expect(shown).toEqual(expected)
  })
})

describe('rule 1: which rows there are never depends on the children', () => {
  test('twelve years and every province, with one child and with none', () => {
    const none = release([])
    expect(none.years.map((row) => row.cell)).toEqual(Array.from({ length: 12 }, (_, back) => String(2025 - back)))
    expect(rowsAsText(release(facts(1, { year: '2019', region: 'D' })))).toBe(rowsAsText(none))
  })
})

describe('a child who is held more than once', () => {
  test('is one child in its year, however often', () => {
    expect(yearRow(release(facts(12, { child: 'one' })))?.held).toEqual({ kind: 'fewer_than_10' })
    const again = [...facts(40), ...facts(30, { child: 'one' })]
    expect(yearRow(release(again))?.held).toEqual({ kind: 'rounded', value: 40 })
  })

  test('is one child in each year it was held in, and one in all years together', () => {
    const children = (year: string) => facts(40, { year }, (n) => ({ child: `child ${n}` }))
    const table = release([...children('2025'), ...children('2024')])
    const forty = { kind: 'rounded', value: 40 }
    expect([yearRow(table)?.held, yearRow(table, '2024')?.held, table.together?.held]).toEqual([forty, forty, forty])
    expect(notesOf(table)).toContain('each_child_once')
  })

  test('opens no province: nineteen children are too few, with thirty custodies too', () => {
    const table = release([
      ...facts(60, { region: 'A' }),
      ...facts(30, { region: 'B' }, (n) => ({ child: `b ${n % 19}` })),
    ])
    expect(areasOf(table)).toMatchObject({ A: null, B: 'too_few_children' })
  })

  test('counts as heard in time only if it was every time', () => {
    const held = (count: number, hearing: Outcome) => facts(count, { hearing }, (n) => ({ child: `child ${n}` }))
    expect(yearRow(release([...held(40, 'within'), ...held(12, 'late')]))?.heardInTime).toEqual(
      yearRow(release([...held(12, 'late'), ...held(40, 'within')]))?.heardInTime,
    )
    expect(yearRow(release([...held(40, 'within'), ...held(12, 'late')]))).toMatchObject({
      held: { kind: 'rounded', value: 40 },
      heardInTime: { kind: 'percent', value: 70 },
    })
  })

  test.each<[string, Outcome, Outcome, Outcome]>([
    ['late once is late', 'within', 'late', 'late'],
    ['not shown once is not shown', 'not_shown', 'within', 'not_shown'],
    ['while one limit still runs, nothing is said yet', 'within', 'open', 'open'],
    ['a custody that ended before its limit takes nothing away', 'ended', 'within', 'within'],
  ])('%s', (_title, first, second, both) => {
    const twice = [...facts(1, { child: 'x', hearing: first }), ...facts(1, { child: 'x', hearing: second })]
    const [child] = childrenBehind(twice, ['2025'], '2025-Q4').get('2025') ?? []
    expect(child?.hearing).toBe(both)
  })
})

describe('rule 2, SDC-09: what is counted, and for which time', () => {
  test('is what began up to the end of a closed quarter', () => {
    const all = [...facts(40), ...facts(40, { year: '2026', quarter: '2026-Q1' })]
    expect(yearRow(release(all, about({ period: '2025-Q4' })), '2025')?.held).toEqual({ kind: 'rounded', value: 40 })
    const later = release(all, about({ period: '2026-Q1' }))
    expect(yearRow(later, '2026')?.held).toEqual({ kind: 'rounded', value: 40 })
  })

  test('no province has figures of the running year', () => {
    const table = release(facts(80, { year: '2026', quarter: '2026-Q1' }), about({ period: '2026-Q1' }))
    expect(table.areas.some((area) => area.year === '2026')).toBe(false)
    expect(notesOf(table)).toContain('provinces_after_the_year')
  })

  test('quarters are shown only where every one of the four passes', () => {
    const uneven = [...facts(150, { region: 'A' }), ...facts(150, { region: 'B' })]
    expect(release(uneven).quarters[0]?.rows).toHaveLength(4)
    const quiet = uneven.filter((fact) => fact.quarter !== '2025-Q2')
    expect(release([...quiet, ...facts(29, { quarter: '2025-Q2' })]).quarters).toEqual([])
  })
})

describe('a province is shown', () => {
  test('rules 3 and 6, SDC-08: not with fewer than twenty children, and not when one office alone feeds it', () => {
    const table = release([
      ...facts(60, { region: 'A' }),
      ...facts(40, { region: 'B', office: 'only' }),
      ...facts(9, { region: 'C' }),
    ])
    expect(areasOf(table)).toMatchObject({ A: null, B: 'one_office', C: 'too_few_children', D: 'too_few_children' })
  })

  test('SDC-02: not when the national figure less the others would give a small neighbour away', () => {
    // 60 + 60 shown of 128, and a country of three: what is left is proven to be a child at least.
    const all = [...facts(60, { region: 'A' }), ...facts(60, { region: 'B' }), ...facts(10, { region: 'C' })]
    const table = release(all, about({ regions: ['A', 'B', 'C'] }))
    expect(Object.values(areasOf(table)).filter((why) => why === null)).toHaveLength(1)
    expect(Object.values(areasOf(table))).toContain('protects_another')
  })

  test('SDC-10: not when the whole country has fewer than thirty', () => {
    const table = release(facts(25))
    expect(new Set(Object.values(areasOf(table)))).toEqual(new Set(['national_below_30']))
  })

  test('and where none can be shown, none says why', () => {
    const table = release([...facts(18, { region: 'A' }), ...facts(17, { region: 'B' })])
    expect(new Set(Object.values(areasOf(table)))).toEqual(new Set(['none_shown']))
  })
})

describe('F1, rule 7: two releases, compared', () => {
  const first = facts(47, {}, (n) => ({ hearing: n % 3 === 0 ? 'late' : 'within', region: n % 2 === 0 ? 'A' : 'B' }))
  test.each([
    ['the same year', { region: 'A' }],
    ['a province that was too small to show', { region: 'C' }],
    ['a year nobody was held in', { year: '2018' }],
    ['an office never heard of', { office: 'new' }],
  ])('one child more, in %s, leaves every row byte for byte as it was', (_title, where) => {
    const office = press()
    const before = rowsAsText(office.release(first))
    expect(rowsAsText(office.release([...first, ...facts(1, where)]))).toBe(before)
  })

  test('one child more makes no province appear that stood at the limit', () => {
    const office = press()
    const all = [...facts(60, { region: 'A' }), ...facts(19, { region: 'B' })]
    expect(areasOf(office.release(all)).B).toBe('too_few_children')
    expect(areasOf(office.release([...all, ...facts(1, { region: 'B' })])).B).toBe('too_few_children')
    expect(areasOf(office.release([...all, ...facts(6, { region: 'B' })])).B).toBe(null)
  })

  test('five custodies more of one child, or fifty, leave every row byte for byte as it was', () => {
    const office = press()
    const before = rowsAsText(office.release(first))
    expect(rowsAsText(office.release([...first, ...facts(5, { child: 'one' })]))).toBe(before)
    expect(rowsAsText(office.release([...first, ...facts(50, { child: 'one', hearing: 'late' })]))).toBe(before)
    const known = first[0]?.child ?? ''
    expect(rowsAsText(office.release([...first, ...facts(50, { child: known, hearing: 'late' })]))).toBe(before)
    expect(rowsAsText(office.release(first.filter((fact) => fact.child !== known)))).toBe(before)
  })

  test('five children more may change a row', () => {
    const office = press()
    office.release(first)
    expect(yearRow(office.release([...first, ...facts(5)]))?.held).toEqual({ kind: 'rounded', value: 50 })
  })

  test('a hearing that is settled later, and a child whose record is erased, change no row by themselves', () => {
    const office = press()
    const before = rowsAsText(office.release(first))
    const settled = first.map((fact, n) => (n === 0 ? { ...fact, hearing: 'within' as const } : fact))
    expect(rowsAsText(office.release(settled))).toBe(before)
    expect(rowsAsText(office.release(first.slice(1)))).toBe(before)
  })
})

describe('rule 8, SDC-06: the auditor', () => {
  const of = about({ regions: ['A', 'B', 'D'] })
  const small = [
    ...facts(57, { region: 'A' }),
    ...facts(57, { region: 'B' }),
    ...facts(35, { region: 'D', office: 'only' }),
  ]
  const grown = [...small, ...facts(6, { region: 'A' }), ...facts(6, { region: 'B' })]

  test('withholds what says too much only together with an earlier release', () => {
    // Alone, each page leaves D many values; together they would leave 34, 35 and 36.
    expect(areasOf(release(small, of))).toEqual({ A: null, B: null, D: 'one_office' })
    expect(areasOf(release(grown, of))).toEqual({ A: null, B: null, D: 'one_office' })
    const office = press()
    office.release(small, of)
    expect(Object.values(areasOf(office.release(grown, of)))).toContain('protects_another')
  })

  test('still protects a small neighbour where children who came back make rows that cannot add up', () => {
    const children = (count: number, region: string) =>
      ['2024', '2025'].flatMap((year) => facts(count, { region, year }, (n) => ({ child: `${region} ${n}` })))
    const table = release(
      [...children(60, 'A'), ...children(60, 'B'), ...children(10, 'C')],
      about({ regions: ['A', 'B', 'C'] }),
    )
    expect(table.together?.held).toEqual(yearRow(table)?.held)
    for (const year of ['2024', '2025']) {
      expect(Object.values(areasOf(table, year)).filter((why) => why === null)).toHaveLength(1)
      expect(Object.values(areasOf(table, year))).toContain('protects_another')
    }
  })

  test('refuses a release when nothing is left to withhold', () => {
    // A page from before the rules: two provinces of fewer than twenty beside a total that proves a child in each.
    const table = release(facts(35))
    const told = (region: string) => ({ region, year: '2025', row: null, why: 'too_few_children' as const })
    const made = releaseHeld([], about(), new Map(), [{ ...table, areas: [told('A'), told('B')] }])
    expect(made).toMatchObject({ made: false, exposed: ['2025|A', '2025|B'] })
  })

  test('refuses a release beside a page that cannot be true: what that page says of anybody is not known', () => {
    // More than eighty in each province, and forty in the whole year.
    const [year] = release(facts(42)).years
    const held = { kind: 'rounded', value: 85 } as const
    const area = (region: string) => ({
      region,
      year: '2025',
      row: { ...year, cell: `2025|${region}`, held } as ReleasedRow,
      why: null,
    })
    const page = { ...release(facts(42)), areas: [area('A'), area('B')] }
    expect(releaseHeld([], about(), new Map(), [page])).toMatchObject({ made: false })
    expect(releaseHeld([], about(), new Map(), [{ ...page, areas: [] }])).toMatchObject({ made: true })
  })
})
