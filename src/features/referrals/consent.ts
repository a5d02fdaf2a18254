import * as z from 'zod'
import { CaseId } from '../../core/ids.ts'
import { thing, words } from '../../core/schema.ts'
import { Day, Instant } from '../../core/time.ts'

export const ConsentId = z.uuid().brand<'ConsentId'>()

/** What the child says: a child too young to be asked is told, and not asking is not an answer. */
export const ChildAnswer = z.enum(['agrees', 'refuses', 'told', 'not_asked'])
export type ChildAnswer = z.infer<typeof ChildAnswer>

/** What the adult who cares for the child says. Asking one who endangers the child is never done for the sake of a form. */
export const AdultAnswer = z.enum(['agrees', 'refuses', 'not_safe_to_ask', 'not_reached', 'not_asked'])
export type AdultAnswer = z.infer<typeof AdultAnswer>

/** How far a child of this age decides itself; a child whose age is not known is a child. */
export const Capacity = z.enum(['0_5', '6_11', '12_14', '15_17', '18_plus', 'not_known'])
export type Capacity = z.infer<typeof Capacity>

/** What an answer comes to: nothing is opened but by `given`. */
export const Standing = z.enum(['given', 'refused', 'not_complete'])
export type Standing = z.infer<typeof Standing>

/**
 * One answer to one question: for this purpose, to this kind of body, in this language, with this very text. A fact that is
 * added and never changed; a new answer is a new row, and a withdrawal names the answer it ends.
 */
export const ConsentRecord = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 60, table: 'consent_record' },
  {
    id: ConsentId,
    caseId: CaseId,
    purpose: z.string().min(1).max(40).meta({ codeList: 'consent_purpose' }),
    recipient: z.string().max(40).nullable().meta({ codeList: 'recipient_function' }),
    text: z.string().min(1).max(60).meta({ codeList: 'consent_text' }),
    language: z.string().min(1).max(40).meta({ codeList: 'languages' }),
    capacity: Capacity,
    child: ChildAnswer,
    adult: AdultAnswer,
    adultIs: z.enum(['parent_or_carer', 'guardian']).nullable(),
    withheld: z.string().max(40).nullable().meta({ codeList: 'consent_withhold_reason' }),
    askedAt: Instant,
    endsOn: Day.nullable(),
    /** Which body of this kind, where it was one: a school, not every school. */
    organisation: words(200).nullable(),
    explainedBy: words(120),
    childSaid: words(2000).nullable(),
  },
)
export type ConsentRecord = {
  id: string
  caseId: string
  purpose: string
  recipient: string | null
  text: string
  language: string
  capacity: Capacity
  child: ChildAnswer
  adult: AdultAnswer
  adultIs: 'parent_or_carer' | 'guardian' | null
  withheld: string | null
  askedAt: Instant
  endsOn: Day | null
  organisation: string | null
  explainedBy: string
  childSaid: string | null
}

/** Somebody changed her mind. What the answer had opened ends in the same transaction, by the database itself. */
export const ConsentWithdrawal = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 61, table: 'consent_withdrawal' },
  {
    id: z.uuid(),
    caseId: CaseId,
    consentId: ConsentId,
    by: z.enum(['child', 'parent_or_carer', 'guardian']),
    withdrawnAt: Instant,
    said: words(2000).nullable(),
  },
)
export type ConsentWithdrawal = {
  id: string
  caseId: string
  consentId: string
  by: 'child' | 'parent_or_carer' | 'guardian'
  withdrawnAt: Instant
  said: string | null
}
