import type { ReleasedTable } from './release.ts'

/** What a page says beside the figures, as codes a screen has sentences for: what they cannot tell, and why. */
export type Note =
  /** No year alone reaches thirty: bands, and only all years together say more than "fewer than 10". */
  | 'years_too_small'
  /** Fewer than thirty children in all the years: a band is all that may be said (SDC-10). */
  | 'bands_only'
  /** What authorities did is not told as a share, because it would speak of a few children. */
  | 'shares_withheld'
  | 'provinces_withheld'
  | 'some_provinces_withheld'
  /** Provinces of the running year are shown only after it has ended. */
  | 'provinces_after_the_year'
  | 'quarters_withheld'
  /** Every total is rounded by itself: rows do not add up, on purpose (SDC-07). */
  | 'does_not_add_up'
  /** A child held more than once is one child in each row, and in time only if it was so every time. */
  | 'each_child_once'
  /** Whoever said no to being counted without a name is in no figure; whether anybody did is not told (SDC-13). */
  | 'no_is_not_counted'
  /** A row changes only when something has changed for at least five of its children. */
  | 'changes_by_five'

/** Why there is no more to see in this table. */
export function notesOf(table: ReleasedTable): Note[] {
  const { together, years, quarters, areas } = table
  const shares = [...years, ...(together === null ? [] : [together])]
  const shown = areas.filter((area) => area.row !== null).length
  const notes: (Note | false)[] = [
    years.every((row) => row.held.kind !== 'rounded') && 'years_too_small',
    together !== null && together.held.kind !== 'rounded' && 'bands_only',
    shares.every((row) => row.heardInTime.kind === 'withheld' && row.handedOverInTime.kind === 'withheld') &&
      'shares_withheld',
    shown === 0 && 'provinces_withheld',
    shown > 0 && shown < areas.length && 'some_provinces_withheld',
    !table.period.endsWith('Q4') && 'provinces_after_the_year',
    quarters.length === 0 && 'quarters_withheld',
    'does_not_add_up',
    'each_child_once',
    'no_is_not_counted',
    'changes_by_five',
  ]
  return notes.filter((note) => note !== false)
}
