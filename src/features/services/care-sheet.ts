import { thing, words } from '../../core/schema.ts'
import { Day } from '../../core/time.ts'

/**
 * What whoever cares for the child today must know, and nothing more: no reason why it is there, no name but the one it likes
 * to be called by. One page a case, so that two people who begin it meet in the same row.
 */
export const CareSheet = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 946, table: 'care_sheet' },
  {
    childSaidOn: Day.nullable(),
    calledName: words(80).nullable(),
    speaks: words(200).nullable(),
    childSays: words(2000).nullable(),
    calms: words(1000).nullable(),
    frightens: words(1000).nullable(),
    eats: words(1000).nullable(),
    night: words(1000).nullable(),
    unwell: words(1000).nullable(),
    days: words(1000).nullable(),
    mayVisit: words(1000).nullable(),
    mayNotVisit: words(1000).nullable(),
    goesOut: words(1000).nullable(),
    safety: words(2000).nullable(),
    callFirst: words(500).nullable(),
  },
)
export type CareSheet = {
  childSaidOn: Day | null
  calledName: string | null
  speaks: string | null
  childSays: string | null
  calms: string | null
  frightens: string | null
  eats: string | null
  night: string | null
  unwell: string | null
  days: string | null
  mayVisit: string | null
  mayNotVisit: string | null
  goesOut: string | null
  safety: string | null
  callFirst: string | null
}

/** What it says, in the order in which it is read. */
export const SHEET_LINES = [
  'callFirst',
  'speaks',
  'calms',
  'frightens',
  'eats',
  'night',
  'unwell',
  'days',
  'mayVisit',
  'mayNotVisit',
  'goesOut',
  'safety',
] as const
