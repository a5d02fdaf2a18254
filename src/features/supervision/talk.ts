import * as z from 'zod'
import { CaseId, PersonId } from '../../core/ids.ts'
import { words } from '../../core/schema.ts'
import { Day } from '../../core/time.ts'

/**
 * A supervisor's note of a talk with a worker about a case. It is read by the two of them and by whoever supervises the
 * case, and by no colleague: so it is in no part of the file that others open, and no list or path of the case names it.
 */
export const SupervisionNote = z.strictObject({
  id: z.uuid(),
  caseId: CaseId,
  withId: PersonId,
  heldOn: Day,
  nextOn: Day.nullable(),
  /** What the work on this case was like, and what was talked about. */
  talked: words(4000),
  agreed: words(2000).nullable(),
  /** What the worker asked her supervisor for. */
  needed: words(1000).nullable(),
})
export type SupervisionNote = {
  id: string
  caseId: string
  withId: string
  heldOn: Day
  nextOn: Day | null
  talked: string
  agreed: string | null
  needed: string | null
}

export type ReadNote = SupervisionNote & { withName: string | null; writtenByName: string | null; isMine: boolean }
