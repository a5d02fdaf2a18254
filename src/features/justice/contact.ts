import * as z from 'zod'
import { CaseId, ContactId } from '../../core/ids.ts'
import { Capacity, ContactKind, Question } from '../../core/safeguard-rule.ts'
import { thing, words } from '../../core/schema.ts'
import { Instant } from '../../core/time.ts'

export const AnswerState = z.enum(['met', 'not_met', 'not_known'])
export type AnswerState = z.infer<typeof AnswerState>

/** An answer to one question a detention asks; only *not met*, said by somebody, may become a breach (safeguards.md, rule 5). */
export const DetentionAnswer = z.strictObject({
  state: AnswerState,
  saidBy: words(120).optional(),
  at: Instant.optional(),
})

const answers = z.partialRecord(Question, DetentionAnswer)

export const YesNo = z.enum(['yes', 'no', 'not_known'])

/** How a child was questioned, so that the next interview can be asked why it is needed (safeguards.md, rule 3). */
export const Interview = z.strictObject({
  trained: YesNo,
  recorded: YesNo,
  language: z.string().max(40).nullable().meta({ codeList: 'languages' }),
})
export type Interview = z.infer<typeof Interview>

/** What is answered: a safeguard, or a question of a detention that no safeguard stands behind alone. */
export const DutyId = z.union([z.string().regex(/^SG-[A-Z]{3}-\d\d$/), Question])

/**
 * A child meeting the authorities: first custody, interview, detention, hearing, handover, release.
 * No field says what a child is suspected of, and none takes names, places of others, or statements.
 */
export const JusticeContact = thing(
  { part: 'justice', class: 'C1', keep: 'justice', purpose: 'safeguarding', fieldId: 20, table: 'justice_contact' },
  {
    id: ContactId,
    caseId: CaseId,
    kind: ContactKind,
    capacities: z.array(Capacity).min(1).max(4), // plural, 'victim' pre-set; removing it needs a reason
    authority: z.string().min(1).max(40).meta({ codeList: 'custody_actor' }),
    startedAt: Instant,
    /** First custody by anyone: the clocks run from here, not from when our office heard of it (safeguards.md, rule 2). */
    firstCustodyAt: Instant.nullable(),
    knownAt: Instant,
    detainedAt: Instant.nullable(),
    releasedAt: Instant.nullable(),
    corrects: ContactId.nullable(),
    heldAt: words(300).nullable(),
    toldBy: words(300).nullable(),
    present: words(1000).nullable(),
    reason: words(4000).nullable(),
    alternativesTried: words(4000).nullable(),
    legalBasis: words(1000).nullable(),
    courtRef: words(200).nullable(),
    whyAgain: words(1000).nullable(),
    interview: Interview.nullable().optional().meta({ class: 'C2' }),
    victimRemovedWords: words(1000).nullable(),
    /** States are codes; who said it is words: together they are sealed, and each state stands in its own clear row. */
    answers: answers.meta({ class: 'C2' }),
  },
)
export type JusticeContact = {
  id: string
  caseId: string
  kind: ContactKind
  capacities: Capacity[]
  authority: string
  startedAt: Instant
  firstCustodyAt: Instant | null
  knownAt: Instant
  detainedAt: Instant | null
  releasedAt: Instant | null
  corrects: string | null
  answers: {
    [question in Question]?: { state: AnswerState; saidBy?: string | undefined; at?: Instant | undefined } | undefined
  }
  whyAgain: string | null
  victimRemovedWords: string | null
  [words: string]: unknown
}

/** What the clocks are worked out from: the coded half of a contact, which a job may see. */
export type ContactFacts = Pick<
  JusticeContact,
  | 'id'
  | 'kind'
  | 'capacities'
  | 'authority'
  | 'startedAt'
  | 'firstCustodyAt'
  | 'knownAt'
  | 'detainedAt'
  | 'releasedAt'
  | 'corrects'
>

/** An answer to a safeguard or a question: whether it was kept or not, and when. */
export type SafeguardAnswer = {
  /** A `DutyId`. */
  safeguardId: string
  contactId: string
  state: AnswerState
  at: Instant
  answeredAt: Instant
}
