import * as z from 'zod'
import { CaseId } from '../../core/ids.ts'
import { thing, words } from '../../core/schema.ts'
import { Day } from '../../core/time.ts'

/** How somebody tried to reach a child, or may reach it later. */
export const Way = z.enum(['visit', 'call', 'message', 'through_somebody'])
export type Way = z.infer<typeof Way>

/** One attempt to find a child that nobody reaches any more. */
export const Attempt = z.strictObject({ on: Day, how: Way })
export type Attempt = z.infer<typeof Attempt>

/**
 * What a worker asks her supervisor to close a case by: why, how the child was told, what the child says of the help it
 * had, and what was agreed for later. A fact: asked anew, it is a new one.
 */
export const CaseClosing = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 80, table: 'case_closing' },
  {
    id: z.uuid(),
    caseId: CaseId,
    reason: z.string().min(1).max(40).meta({ codeList: 'closure_reason' }),
    told: z.enum(['told', 'not_told']),
    toldOn: Day.nullable(),
    toldLanguage: z.string().max(40).nullable().meta({ codeList: 'languages' }),
    /** `refused`: asked, and the child would rather not; that costs it nothing. */
    feedback: z.enum(['given', 'refused', 'not_asked']),
    contact: z.enum(['agreed', 'refused', 'not_possible']),
    contactWay: Way.nullable(),
    contactOn: Day.nullable(),
    contactUntil: Day.nullable(),
    /** The young person asks that what happened stays in the file as long as the file itself (security.md 7.1). */
    asksToKeep: z.boolean(),
    toldBy: words(120).nullable(),
    /** What the child said to it, or why it was not told. */
    toldWords: words(2000).nullable(),
    feedbackWords: words(4000).nullable(),
    /** How to be in touch so that nobody else comes to know of it. */
    contactSafely: words(1000).nullable(),
    /** Who has taken over, or what the reason is where the list has none. */
    reasonWords: words(1000).nullable(),
    attempts: z.array(Attempt).max(12).meta({ class: 'C2' }),
  },
)
export type CaseClosing = {
  id: string
  caseId: string
  reason: string
  told: 'told' | 'not_told'
  toldOn: Day | null
  toldLanguage: string | null
  feedback: 'given' | 'refused' | 'not_asked'
  contact: 'agreed' | 'refused' | 'not_possible'
  contactWay: Way | null
  contactOn: Day | null
  contactUntil: Day | null
  asksToKeep: boolean
  toldBy: string | null
  toldWords: string | null
  feedbackWords: string | null
  contactSafely: string | null
  reasonWords: string | null
  attempts: Attempt[]
}

/** Why a closed case is opened again. */
export const CaseReopening = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 82, table: 'case_reopening' },
  {
    id: z.uuid(),
    caseId: CaseId,
    reason: z.string().min(1).max(40).meta({ codeList: 'reopening_reason' }),
    why: words(2000).nullable(),
  },
)
export type CaseReopening = { id: string; caseId: string; reason: string; why: string | null }

export type Asked = { id: string; isAnswered: boolean }

/** The request that waits for a supervisor's signature, or null. */
export function waitingClosing<One extends Asked>(closings: readonly One[]): One | null {
  return closings.find((one) => !one.isAnswered) ?? null
}
