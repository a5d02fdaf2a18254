import * as z from 'zod'
import { Risk } from '../../core/case-steps.ts'
import { CaseId } from '../../core/ids.ts'
import { thing, words } from '../../core/schema.ts'
import { Day, Instant } from '../../core/time.ts'

/** How a worker knows: the child was seen, spoken with, or heard of from somebody else. */
export const CheckHow = z.enum(['seen', 'spoken', 'heard'])
export type CheckHow = z.infer<typeof CheckHow>

/**
 * Whether the child is safe now, and how great the risk of harm to it is: done at the beginning and again whenever
 * something changes. A fact; the latest one sets the time frames of work.
 */
export const SafetyCheck = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 53, table: 'safety_check' },
  {
    id: z.uuid(),
    caseId: CaseId,
    at: Instant,
    how: CheckHow,
    safeNow: z.enum(['yes', 'no', 'not_known']),
    harmToChild: Risk,
    nextOn: Day.nullable(),
    childSaidOn: Day.nullable(),
    childSays: words(2000).nullable(),
    /** What could harm the child; never what the child could do to others. */
    couldHarm: words(4000).nullable(),
    done: words(4000).nullable(),
  },
)
export type SafetyCheck = {
  id: string
  caseId: string
  at: Instant
  how: CheckHow
  safeNow: 'yes' | 'no' | 'not_known'
  harmToChild: Risk
  nextOn: Day | null
  childSaidOn: Day | null
  childSays: string | null
  couldHarm: string | null
  done: string | null
}
