import * as z from 'zod'
import { CaseId } from '../../core/ids.ts'
import { thing, words } from '../../core/schema.ts'
import { Day } from '../../core/time.ts'

/** Why a file is kept beyond its day: which instrument asks for it, why, and until when at most (security.md 7.1). */
export const LegalHold = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 83, table: 'legal_hold' },
  {
    id: z.uuid(),
    caseId: CaseId,
    untilOn: Day,
    /** A court's order, a complaint, a claim of the young person: what it is called and where it lies. */
    instrument: words(300).nullable(),
    why: words(2000).nullable(),
  },
)
export type LegalHold = { id: string; caseId: string; untilOn: Day; instrument: string | null; why: string | null }

export const EndHold = z.strictObject({ caseId: CaseId, holdId: z.uuid() })
export type EndHold = { caseId: string; holdId: string }

/**
 * Whether somebody who comes back has the words that were given to the child on paper. The words are on that paper only:
 * what is kept is what a slow hash makes of them.
 */
export const ReturnCode = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 84, table: 'return_code' },
  {
    id: z.uuid(),
    caseId: CaseId,
    salt: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .meta({ class: 'C2' }),
    digest: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .meta({ class: 'C2' }),
  },
)
export type ReturnCode = { id: string; caseId: string; salt: string; digest: string }
