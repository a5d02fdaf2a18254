/** What a figure may look like once it leaves: counts and shares in the only forms the release gate lets out. */

/** Counts below this are shown as "fewer than 10", true zeros too. */
export const THRESHOLD = 10
/** Below this a total is shown as a band only, and nothing is told beside it (SDC-10). */
export const BAND_BELOW = 30
/** More than this part of an area's children in one category, and the breakdown would speak of everybody (rule 5). */
const ALMOST_ALL = 0.9
const ROUND_TO = 5

export type Count = { kind: 'fewer_than_10' } | { kind: 'band'; from: 10; to: 29 } | { kind: 'rounded'; value: number }

export type WithheldShare = 'too_few' | 'small_part' | 'one_category' | 'one_office'

export type Share =
  | { kind: 'percent'; value: number }
  | { kind: 'nearly_all' }
  | { kind: 'nearly_none' }
  | { kind: 'withheld'; why: WithheldShare }

/**
 * What became of a duty: kept in time, kept late or said not to be kept, ended before its limit, still running, or its
 * limit passed and nobody showed that it was kept.
 */
export type Outcome = 'within' | 'late' | 'ended' | 'open' | 'not_shown'

/** The numbers a shown count can stand for. */
export type Bounds = { least: number; most: number }

export function countOf(count: number): Count {
  if (count < THRESHOLD) return { kind: 'fewer_than_10' }
  if (count < BAND_BELOW) return { kind: 'band', from: 10, to: 29 }
  // 30 would stand for three numbers only (30, 31, 32): the first rounded value takes them in.
  return { kind: 'rounded', value: Math.max(BAND_BELOW + ROUND_TO, ROUND_TO * Math.round(count / ROUND_TO)) }
}

/** What a reader learns from one shown count. */
export function boundsOf(count: Count): Bounds {
  switch (count.kind) {
    case 'fewer_than_10':
      return { least: 0, most: THRESHOLD - 1 }
    case 'band':
      return { least: count.from, most: count.to }
    case 'rounded':
      return { least: count.value === BAND_BELOW + ROUND_TO ? BAND_BELOW : count.value - 2, most: count.value + 2 }
  }
}

/**
 * The share for whom a duty was shown to be kept within its limit, of all whose limit has passed or was met; never exactly
 * 0 or 100 %. `level` area: one category above 90 % withholds the breakdown; national: it is told as "nearly all".
 */
export function shareOf(outcomes: readonly Outcome[], level: 'national' | 'area', offices: number): Share {
  const within = outcomes.filter((one) => one === 'within').length
  const short = outcomes.filter((one) => one === 'late' || one === 'not_shown').length
  const settled = within + short
  if (outcomes.length < BAND_BELOW || settled < THRESHOLD) return { kind: 'withheld', why: 'too_few' }
  if (offices < 2) return { kind: 'withheld', why: 'one_office' }
  const largest = Math.max(within, short) / settled
  if (largest > ALMOST_ALL && level === 'area') return { kind: 'withheld', why: 'one_category' }
  if (within / settled > ALMOST_ALL) return { kind: 'nearly_all' }
  if (short / settled > ALMOST_ALL) return { kind: 'nearly_none' }
  // A part that would be withheld as a count withholds the share that would tell it (SDC-04).
  if (within < THRESHOLD || short < THRESHOLD) return { kind: 'withheld', why: 'small_part' }
  return { kind: 'percent', value: ROUND_TO * Math.round((100 * within) / settled / ROUND_TO) }
}
