import { describe, expect, test } from 'vitest'
import { about, facts, press } from '../../../test/figures.ts'
import { notesOf } from './explain.ts'

// What the four countries really have: few children. The page must still say something true and useful, and no more.

describe('22 children held in twelve years', () => {
  const few = Array.from({ length: 22 }, (_, n) =>
    facts(1, { year: String(2014 + (n % 12)), region: n % 2 === 0 ? 'A' : 'B', office: `office ${n % 3}` }),
  ).flat()
  const table = press().release(few)

  test('are told as a band over the years, and no year alone shows a number', () => {
    expect(table.together).toMatchObject({ from: '2014', to: '2025', held: { kind: 'band', from: 10, to: 29 } })
    expect(table.years.map((row) => row.held)).toEqual(Array.from({ length: 12 }, () => ({ kind: 'fewer_than_10' })))
  })

  test('what authorities did is withheld, with why', () => {
    expect(table.together?.heardInTime).toEqual({ kind: 'withheld', why: 'too_few' })
    expect(table.together?.handedOverInTime).toEqual({ kind: 'withheld', why: 'too_few' })
  })

  test('the page says how complete the figure is and why there is no more', () => {
    expect(table.coverage).toEqual({ offices: 6, regions: 3, regionsInAll: 5 })
    expect(notesOf(table)).toEqual([
      'years_too_small',
      'bands_only',
      'shares_withheld',
      'provinces_withheld',
      'quarters_withheld',
      'does_not_add_up',
      'each_child_once',
      'no_is_not_counted',
      'changes_by_five',
    ])
  })
})

describe('15 children on one flight: one day, one office', () => {
  const flight = facts(15, { year: '2025', quarter: '2025-Q3', region: 'C', office: 'the airport office' })
  const table = press().release(flight)

  test('are a band in their year, in no quarter and in no province', () => {
    expect(table.years[0]?.held).toEqual({ kind: 'band', from: 10, to: 29 })
    expect(table.years.slice(1).every((row) => row.held.kind === 'fewer_than_10')).toBe(true)
    expect(table.quarters).toEqual([])
    expect(table.areas.every((area) => area.row === null)).toBe(true)
  })

  test('say nothing of what happened to all of them, although all fared alike', () => {
    expect(table.years[0]?.heardInTime).toEqual({ kind: 'withheld', why: 'too_few' })
  })

  test('nothing but a band tells the flight from ten children of everyday work', () => {
    const everyday = facts(10, { year: '2025' }, (n) => ({ region: n % 2 === 0 ? 'A' : 'B', hearing: 'late' }))
    const other = press().release(everyday)
    expect({ ...other, coverage: null }).toEqual({ ...table, coverage: null })
  })

  test('a later flight of three changes no row', () => {
    const office = press()
    const before = office.release(flight)
    const after = office.release([...flight, ...facts(3, { year: '2025', quarter: '2025-Q4', region: 'C' })])
    expect(after).toEqual(before)
  })
})

describe('once there are enough', () => {
  test('authorities are told apart from numbers: heard in time and handed over in time, as shares', () => {
    const all = facts(60, {}, (n) => ({
      region: n % 2 === 0 ? 'A' : 'B',
      office: `office ${n % 3}`,
      hearing: n % 4 === 0 ? 'late' : 'within',
      handover: n % 2 === 0 ? 'not_shown' : 'within',
    }))
    const table = press().release(all, about())
    expect(table.years[0]).toMatchObject({
      held: { kind: 'rounded', value: 60 },
      heardInTime: { kind: 'percent', value: 75 },
      handedOverInTime: { kind: 'percent', value: 50 },
    })
    expect(notesOf(table)).not.toContain('shares_withheld')
  })
})
