import * as z from 'zod'
import { CaseId } from '../../core/ids.ts'
import { thing, words } from '../../core/schema.ts'
import { Day, type Instant } from '../../core/time.ts'

/** What the leaving paper promises that a child may ask: `holders` is who has copies. */
export const KINDS = ['copy', 'correction', 'holders', 'erasure'] as const

/**
 * What a former child asks about its own file, in its own words, after the words of its paper were compared. A fact: a
 * correction stands beside what was written before, never over it, and a request opens nothing to anybody.
 */
export const LaterRequest = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 111, table: 'later_request' },
  {
    id: z.uuid(),
    caseId: CaseId,
    kind: z.enum(KINDS),
    askedOn: Day,
    asks: words(4000).nullable(),
    /** How to answer so that nobody else comes to know of it. */
    safely: words(1000).nullable(),
  },
)
export type LaterRequest = {
  id: string
  caseId: string
  kind: (typeof KINDS)[number]
  askedOn: Day
  asks: string | null
  safely: string | null
}

/** What was answered, and on which day. */
export const LaterAnswer = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 95, table: 'later_answer' },
  { id: z.uuid(), caseId: CaseId, requestId: z.uuid(), answeredOn: Day, answer: words(4000).nullable() },
)
export type LaterAnswer = { id: string; caseId: string; requestId: string; answeredOn: Day; answer: string | null }

/** The data protection officer ends what a request holds, once its day has passed; `id` is of the row that says so. */
export const EndRequest = z.strictObject({ id: z.uuid(), why: words(2000) })
export const TakeUp = z.strictObject({ id: z.uuid() })

/** What waits past its day in another team of a supervisor's office: by team and day, and of no child. */
export type ToTakeUp = { requestId: string; team: string; askedOn: Day; dueOn: Day; goesOnAt: Instant | null }

/** What nobody has answered, as the data protection officer sees it: a reference, an office and days. */
export type HoldingRequest = {
  requestId: string
  ref: string
  office: string
  kind: LaterRequest['kind']
  askedOn: Day
  dueOn: Day
  isOverdue: boolean
  isTakenUp: boolean
  goesOnAt: Instant | null
}
