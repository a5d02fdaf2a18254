import * as z from 'zod'
import { type ChildVoice, childVoice } from '../../core/child-voice.ts'
import { BodyFunction } from '../../core/functions.ts'
import { CaseId } from '../../core/ids.ts'
import { thing, words } from '../../core/schema.ts'
import { Day, Instant } from '../../core/time.ts'
import { MajorDecision, URGENT_DECISIONS } from '../cases/major-decision.ts'

export const RecordKind = z.enum(['bia_short', 'bia_comprehensive', 'bid', 'bid_review'])
export type RecordKind = z.infer<typeof RecordKind>

/** What was decided: to do something, to do nothing, or not to pass anything on. The last two are decisions as well. */
export const Outcome = z.enum(['act', 'not_act', 'not_share'])
export type Outcome = z.infer<typeof Outcome>

/** Whether somebody was heard; the ways of not having a view are different answers. */
export const Heard = z.enum(['heard', 'no_answer', 'not_safe_to_ask', 'not_reached'])
export type Heard = z.infer<typeof Heard>

/** One way that was considered, with what speaks for it and against it. */
export const WeighedOption = z.strictObject({
  what: words(500),
  speaksFor: words(2000).nullable(),
  speaksAgainst: words(2000).nullable(),
  isChosen: z.boolean(),
})
export type WeighedOption = {
  what: string
  speaksFor: string | null
  speaksAgainst: string | null
  isChosen: boolean
}

/** One seat of a panel, by function: what it declared, and how it decided. */
export const PanelSeat = z.strictObject({
  as: BodyFunction,
  /** Undertook to keep what is heard here. */
  undertook: z.boolean(),
  conflict: z.enum(['none', 'declared']),
  position: z.enum(['agrees', 'dissents', 'withdrew']),
  /** What the conflict is, or why this seat dissents. */
  seatWords: words(1000).nullable(),
})
export type PanelSeat = {
  as: BodyFunction
  undertook: boolean
  conflict: 'none' | 'declared'
  position: 'agrees' | 'dissents' | 'withdrew'
  seatWords: string | null
}

/** What is looked at for a child, each in its own words (case-management.md, quality elements). */
export const CONSIDERATIONS = [
  'safety',
  'familyUnity',
  'identityAndCulture',
  'health',
  'development',
  'vulnerabilities',
] as const
export type Consideration = (typeof CONSIDERATIONS)[number]

const sealed = <Of extends z.ZodType>(of: Of) => of.meta({ class: 'C2' })

/**
 * What is best for one child, weighed and written down: a fact. A later record may look at it again and then stands in its
 * place. No field takes names of others, places or what somebody is accused of.
 */
export const BestInterestsRecord = thing(
  {
    part: 'services',
    class: 'C1',
    keep: 'services',
    purpose: 'casework',
    fieldId: 552,
    table: 'best_interests_record',
  },
  {
    id: z.uuid(),
    caseId: CaseId,
    kind: RecordKind,
    /** Which major decisions it weighs; none, for an assessment that goes with any case. */
    about: z.array(MajorDecision).max(5),
    outcome: Outcome,
    decidedAt: Instant,
    reviewOn: Day.nullable(),
    reviews: z.uuid().nullable(),
    triggers: z
      .array(
        z
          .string()
          .max(60)
          .regex(/^[a-z_]+$/)
          .meta({ class: 'C2', codeList: 'best_interests_trigger' }),
      )
      .max(9),
    question: words(500),
    options: sealed(z.array(WeighedOption).max(6)),
    childHeard: sealed(Heard),
    childView: words(4000).nullable(),
    /** The day the child said it; the day of the record where nobody wrote another. */
    childSaidOn: sealed(Day.nullable().default(null)),
    familyHeard: sealed(Heard),
    familyView: words(4000).nullable(),
    safety: words(2000).nullable(),
    familyUnity: words(2000).nullable(),
    identityAndCulture: words(2000).nullable(),
    health: words(2000).nullable(),
    development: words(2000).nullable(),
    vulnerabilities: words(2000).nullable(),
    publicSafety: words(2000).nullable(),
    childRights: words(2000).nullable(),
    /** How both hold together (Call, paragraph 9). */
    reconciled: words(2000).nullable(),
    decision: words(4000),
    reasons: words(4000).nullable(),
    panel: sealed(z.array(PanelSeat).max(12)),
    appealToldOn: sealed(Day.nullable()),
  },
)
export type BestInterestsRecord = {
  id: string
  caseId: string
  kind: RecordKind
  about: MajorDecision[]
  outcome: Outcome
  decidedAt: Instant
  reviewOn: Day | null
  reviews: string | null
  triggers: string[]
  question: string
  options: WeighedOption[]
  childHeard: Heard
  childView: string | null
  childSaidOn: Day | null
  familyHeard: Heard
  familyView: string | null
  publicSafety: string | null
  childRights: string | null
  reconciled: string | null
  decision: string
  reasons: string | null
  panel: PanelSeat[]
  appealToldOn: Day | null
} & { [name in Consideration]: string | null }

/** Somebody asks that a determination is looked at again. */
export const BestInterestsAppeal = thing(
  {
    part: 'services',
    class: 'C1',
    keep: 'services',
    purpose: 'casework',
    fieldId: 553,
    table: 'best_interests_appeal',
  },
  {
    id: z.uuid(),
    caseId: CaseId,
    recordId: z.uuid(),
    askedBy: z.enum(['child', 'carer', 'guardian', 'lawyer']),
    askedAt: Instant,
    why: words(2000),
  },
)
export type BestInterestsAppeal = {
  id: string
  caseId: string
  recordId: string
  askedBy: 'child' | 'carer' | 'guardian' | 'lawyer'
  askedAt: Instant
  why: string
}

/** A child protected at once, before anything could be weighed: done now, countersigned within 72 hours. */
export const UrgentProtection = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 554, table: 'urgent_protection' },
  {
    id: z.uuid(),
    caseId: CaseId,
    /** The major decision it stands in for, or none. */
    decision: z.enum(URGENT_DECISIONS as ['separation', 'transfer']).nullable(),
    protectedAt: Instant,
    what: words(2000),
    why: words(2000),
    ...childVoice,
  },
)
export type UrgentProtection = {
  id: string
  caseId: string
  decision: 'separation' | 'transfer' | null
  protectedAt: Instant
  what: string
  why: string
} & ChildVoice

/** A major decision about a child, taken after it was weighed. Closing a case is one too, and lies with the case. */
export const MajorDecisionTaken = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 555, table: 'major_decision' },
  {
    id: z.uuid(),
    caseId: CaseId,
    decision: MajorDecision.exclude(['closure']),
    decidedAt: Instant,
    what: words(2000),
    childTold: words(2000).nullable(),
    ...childVoice,
  },
)
export type MajorDecisionTaken = {
  id: string
  caseId: string
  decision: Exclude<MajorDecision, 'closure'>
  decidedAt: Instant
  what: string
  childTold: string | null
} & ChildVoice
