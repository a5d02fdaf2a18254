import * as z from 'zod'
import type { CaseCount, Codes, MonthlyLayout } from '../../core/office-work.ts'
import { addDuration, type Day, type Instant, startOfDay } from '../../core/time.ts'

/** A month as people write it: 2026-03. */
export const Month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/)

/** From the first moment of a month to the first of the next, in the country's own time. */
export function timeOf(month: string, timeZone: string): { from: Instant; to: Instant } {
  const from = startOfDay(`${month}-01` as Day, timeZone) // a month of the schema and its first day
  return { from, to: addDuration(from, 'P1M', timeZone) }
}

export type CountedCase = { id: string } & Codes
type Column = MonthlyLayout['columns'][number]
export type MonthRow = { ref: string; values: number[] }

/** The rows of the ministry's form, each in its columns: sums of what each case had, and of cases nobody may open nothing. */
export function rowsOf(layout: MonthlyLayout, cases: readonly CountedCase[], counts: readonly CaseCount[]): MonthRow[] {
  const known = new Map(cases.map((one) => [one.id, one]))
  return layout.sections.flatMap(({ rows }) =>
    rows.map((row) => {
      const own = counts.filter((one) => one.counts === row.counts)
      const values = layout.columns.map((column) =>
        own.reduce((sum, one) => {
          const of = 'caseId' in one ? known.get(one.caseId) : one
          return of !== undefined && isIn(column, of) ? sum + one.n : sum
        }, 0),
      )
      return { ref: row.ref, values }
    }),
  )
}

/** Whoever is in no other column of a split is in its last: the columns of each add up to all. */
function isIn(column: Column, { sex, ageBand }: Codes): boolean {
  if (column === 'all') return true
  if (column === 'sex_other') return sex !== 'female' && sex !== 'male'
  if (column === 'age_not_known') return ageBand === 'not_known'
  return sex === column || ageBand === column
}
