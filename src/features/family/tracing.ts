import * as z from 'zod'
import { CaseId } from '../../core/ids.ts'
import { thing, words } from '../../core/schema.ts'
import { addDuration, Day, dayOf, startOfDay } from '../../core/time.ts'

export const TracingId = z.uuid().brand<'TracingId'>()

/** The search for one person of a child's family: whether the child wants it, where it stands, what comes next. */
export const FamilyTracing = thing(
  { part: 'family', class: 'C1', keep: 'family', purpose: 'casework', fieldId: 86, table: 'family_tracing' },
  {
    state: z.string().min(1).max(40).meta({ codeList: 'tracing_status' }),
    childWants: z.enum(['yes', 'no', 'not_asked_yet', 'no_answer']),
    relation: z.string().min(1).max(40).meta({ codeList: 'family_relationship' }),
    nextOn: Day.nullable(),
    /** Who is looked for, as the child tells it. */
    whom: words(300),
    next: words(300).nullable(),
    outcome: words(1000).nullable(),
  },
)
export type FamilyTracing = {
  state: string
  childWants: 'yes' | 'no' | 'not_asked_yet' | 'no_answer'
  relation: string
  nextOn: Day | null
  whom: string
  next: string | null
  outcome: string | null
}

const ofTracing = { id: z.uuid(), caseId: CaseId, tracingId: TracingId }
type OfTracing = { id: string; caseId: string; tracingId: string }

/** One step of a search, and what came of it. */
export const TracingStep = thing(
  { part: 'family', class: 'C1', keep: 'family', purpose: 'casework', fieldId: 87, table: 'tracing_step' },
  {
    ...ofTracing,
    action: z.string().min(1).max(40).meta({ codeList: 'tracing_action' }),
    doneOn: Day,
    cameOfIt: z.enum(['nothing_yet', 'a_trace', 'found', 'would_rather_not']),
    words: words(2000).nullable(),
  },
)
export type TracingStep = OfTracing & {
  action: string
  doneOn: Day
  cameOfIt: 'nothing_yet' | 'a_trace' | 'found' | 'would_rather_not'
  words: string | null
}

/** Whether people who say that they are family are: both sides are asked apart, and their accounts compared. */
export const FamilyVerification = thing(
  { part: 'family', class: 'C1', keep: 'family', purpose: 'casework', fieldId: 88, table: 'family_verification' },
  {
    ...ofTracing,
    doneOn: Day,
    isFamily: z.boolean(),
    childSays: words(2000).nullable(),
    familySays: words(2000).nullable(),
    /** What else was looked at, and by whom. */
    how: words(2000).nullable(),
  },
)
export type FamilyVerification = OfTracing & {
  doneOn: Day
  isFamily: boolean
  childSays: string | null
  familySays: string | null
  how: string | null
}

/** A child goes back to its family, by steps or at once, or it was weighed and is not for now. */
export const FamilyReunification = thing(
  { part: 'family', class: 'C1', keep: 'family', purpose: 'casework', fieldId: 89, table: 'family_reunification' },
  {
    ...ofTracing,
    kind: z.string().min(1).max(40).meta({ codeList: 'reunification_type' }),
    fromOn: Day,
    childAgrees: z.enum(['agrees', 'disagrees', 'no_answer', 'not_asked_yet']),
    /** When the child is seen first after it. */
    firstVisitOn: Day,
    childSays: words(2000).nullable(),
    /** What was agreed: who is there, what if it does not go well. */
    agreed: words(2000).nullable(),
  },
)
export type FamilyReunification = OfTracing & {
  kind: string
  fromOn: Day
  childAgrees: 'agrees' | 'disagrees' | 'no_answer' | 'not_asked_yet'
  firstVisitOn: Day
  childSays: string | null
  agreed: string | null
}

/** Weighed and decided against: nobody is brought anywhere, so nobody has to be verified first. */
export const staysApart = (kind: string) => kind === 'not_in_best_interests'

/** Whether a child comes to live with its family by this; the trigger of the table asks by the same two codes. */
export const goesBack = (kind: string) => !staysApart(kind) && kind !== 'contact_only'

type Verified = Pick<FamilyVerification, 'tracingId' | 'isFamily' | 'doneOn'>

/** Whether people were found to be a child's family up to a day, and nobody has doubted it since. */
export function isVerified(verifications: readonly Verified[], tracingId: string, before: Day): boolean {
  const its = verifications.filter((one) => one.tracingId === tracingId)
  const doubts = its.filter((one) => !one.isFamily)
  return its.some((one) => one.isFamily && one.doneOn <= before && doubts.every(({ doneOn }) => doneOn < one.doneOn))
}

/** Until when a child is seen first after it went back: as soon as the country's schedule begins. */
export function visitedBy(fromOn: Day, schedule: readonly string[], timeZone: string): Day {
  return dayOf(addDuration(startOfDay(fromOn, timeZone), schedule[0] ?? 'P7D', timeZone), timeZone)
}
