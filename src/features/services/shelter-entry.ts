import * as z from 'zod'
import { CaseId } from '../../core/ids.ts'
import { thing, words } from '../../core/schema.ts'
import { Day } from '../../core/time.ts'

export const Shift = z.enum(['morning', 'afternoon', 'night'])
export type Shift = z.infer<typeof Shift>

export const EntryKind = z.enum(['day', 'school', 'visit', 'outing', 'appointment', 'incident'])
export type EntryKind = z.infer<typeof EntryKind>

/** One entry of the day log, a fact: how a child's day went, by the shift that was there. */
export const ShelterEntry = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 947, table: 'shelter_entry' },
  {
    id: z.uuid(),
    caseId: CaseId,
    onDay: Day,
    shift: Shift,
    kind: EntryKind,
    howItWas: words(2000),
    childSays: words(1000).nullable(),
    /** What the next shift must know. */
    forNext: words(1000).nullable(),
    /** Who was told of an incident, by function, and when. */
    told: words(500).nullable(),
  },
)
export type ShelterEntry = {
  id: string
  caseId: string
  onDay: Day
  shift: Shift
  kind: EntryKind
  howItWas: string
  childSays: string | null
  forNext: string | null
  told: string | null
}
export type KeptEntry = ShelterEntry & { savedAt: string; writtenByName: string | null }
