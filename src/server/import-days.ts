import { Day, type Instant } from '../core/time.ts'
import type { Cell } from './xlsx.ts'

const DAY_MS = 86_400_000
/** Day 0 of a workbook's calendar. */
const WORKBOOK_BEGINS = Date.UTC(1899, 11, 30)
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** A day as text (`2024-05-31`, `31/05/2024`, `31-May-2024`), or as a workbook counts days; null where it is none. */
export function dayIn({ text, isNumber }: Pick<Cell, 'text' | 'isNumber'>): Day | null {
  if (isNumber) {
    const days = Math.floor(Number(text))
    return days > 0 && days < 80_000
      ? dayOrNull(new Date(WORKBOOK_BEGINS + days * DAY_MS).toISOString().slice(0, 10))
      : null
  }
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?$/.exec(text.trim()) ?? []
  if (year !== undefined) return dayOrNull(`${year}-${month}-${day}`)
  const [, d, m = '', y = ''] = /^(\d{1,2})[/. -](\d{1,2}|[A-Za-z]{3})[/. -](\d{4})$/.exec(text.trim()) ?? []
  if (d === undefined) return null
  const inYear = /^\d/.test(m) ? m : String(MONTHS.indexOf(m.toLowerCase()) + 1)
  return dayOrNull(`${y}-${inYear.padStart(2, '0')}-${d.padStart(2, '0')}`)
}

/** 30 February is no day. */
function dayOrNull(text: string): Day | null {
  return Day.safeParse(text).data ?? null
}

/** How old a child was on the day its age was told, and the year that follows; the day of birth counts more than an age. */
export function ageOf(of: {
  told: string | null
  bornOn: string | null
  registeredOn: string
}): { years: number | null; birthYear: number | null } | 'impossible' {
  const { told, bornOn, registeredOn } = of
  const then = Number(registeredOn.slice(0, 4))
  const bornIn = bornOn === null ? null : Number(bornOn.slice(0, 4))
  const hadBirthday = bornOn !== null && registeredOn.slice(5) >= bornOn.slice(5)
  const worked = bornIn === null ? null : Math.max(0, then - bornIn - (hadBirthday ? 0 : 1))
  const years = worked ?? (told === null ? null : Number(told))
  if (years === null) return { years: null, birthYear: null }
  if (!Number.isInteger(years) || years < 0 || years > 25) return 'impossible'
  return { years, birthYear: bornIn ?? then - years }
}

/** The age band of today: an age that was told three years ago has grown. */
export function bandOf(birthYear: number | null, now: Instant): string {
  if (birthYear === null) return 'not_known'
  const age = Number(now.slice(0, 4)) - birthYear
  return age <= 5 ? '0_5' : age <= 11 ? '6_11' : age <= 14 ? '12_14' : age <= 17 ? '15_17' : '18_plus'
}
