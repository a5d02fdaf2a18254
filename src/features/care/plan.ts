import * as z from 'zod'
import { AidSafeguard } from '../../core/aid.ts'
import { CaseId, PersonId } from '../../core/ids.ts'
import { thing, words } from '../../core/schema.ts'
import { Day, Instant } from '../../core/time.ts'

export const GoalId = z.uuid().brand<'GoalId'>()

/** What the child and the carer say to the plan; not asking them, and asking that would endanger the child, are different. */
export const Agreement = z.enum(['agrees', 'disagrees', 'no_answer', 'not_safe_to_ask', 'not_asked_yet'])
export type Agreement = z.infer<typeof Agreement>

/** The plan of a case, one row: what the child wants stands first, and both safety plans with it. */
export const CarePlan = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 32, table: 'care_plan' },
  {
    wantsSaidOn: Day.nullable(),
    childAgrees: Agreement,
    carerAgrees: Agreement,
    reviewOn: Day.nullable(),
    /** The child's own words, or what a small child shows. */
    wants: words(2000).nullable(),
    wantsHeardBy: words(120).nullable(),
    optionsConsidered: words(4000).nullable(),
    safetyChild: words(4000).nullable(),
    safetyVisit: words(4000).nullable(),
    /** What the child wants people to know when it comes back, what not, and the day it said so: nobody is told more. */
    tellPeople: words(2000).nullable(),
    notTellPeople: words(2000).nullable(),
    tellSaidOn: Day.nullable().meta({ class: 'C2' }),
    /** What is answered when people single it out, who stands by it, and when the preparing stops. */
    singledOut: words(4000).nullable(),
  },
)
export type CarePlan = {
  wantsSaidOn: Day | null
  childAgrees: Agreement
  carerAgrees: Agreement
  reviewOn: Day | null
  wants: string | null
  wantsHeardBy: string | null
  optionsConsidered: string | null
  safetyChild: string | null
  safetyVisit: string | null
  tellPeople: string | null
  notTellPeople: string | null
  tellSaidOn: Day | null
  singledOut: string | null
}

export const GoalState = z.enum(['not_started', 'going', 'done', 'dropped'])
export type GoalState = z.infer<typeof GoalState>

/** One goal in the child's words: why it matters, and how everybody will know that it is reached. */
export const CareGoal = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 33, table: 'care_goal' },
  {
    domain: z.string().min(1).max(40).meta({ codeList: 'need_domain' }),
    state: GoalState,
    dueOn: Day.nullable(),
    ownerId: PersonId.nullable(),
    inTheirWords: words(500),
    why: words(1000).nullable(),
    howWeWillKnow: words(1000).nullable(),
    outcome: words(1000).nullable(),
  },
)
export type CareGoal = {
  domain: string
  state: GoalState
  dueOn: Day | null
  ownerId: string | null
  inTheirWords: string
  why: string | null
  howWeWillKnow: string | null
  outcome: string | null
}

/** What somebody does towards a goal, and what it is for on the child's way back. */
export const CareAction = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 34, table: 'care_action' },
  {
    goalId: GoalId,
    kind: z.string().min(1).max(40).meta({ codeList: 'service_sector' }),
    layer: z.string().max(40).nullable().meta({ codeList: 'mhpss_layer' }),
    status: z.string().min(1).max(40).meta({ codeList: 'plan_action_status' }),
    dueOn: Day.nullable(),
    ownerId: PersonId.nullable(),
    safeguards: z.array(AidSafeguard).max(4),
    what: words(500),
    purpose: words(500).nullable(),
    /** Who does it where it is not the worker: a school, a clinic, the family. */
    who: words(120).nullable(),
    outcome: words(1000).nullable(),
  },
)
export type CareAction = {
  goalId: string
  kind: string
  layer: string | null
  status: string
  dueOn: Day | null
  ownerId: string | null
  safeguards: AidSafeguard[]
  what: string
  purpose: string | null
  who: string | null
  outcome: string | null
}

/** The plan handed to a supervisor to read. */
export const PlanSubmission = z.strictObject({
  id: z.uuid(),
  caseId: CaseId,
  note: words(1000).nullable(),
})
export type PlanSubmission = { id: string; caseId: string; note: string | null }

/** A supervisor's answer: approved, or returned with a reason. */
export const PlanDecision = z.strictObject({
  id: z.uuid(),
  caseId: CaseId,
  submissionId: z.uuid(),
  decision: z.enum(['approved', 'returned']),
  /** The last change of the plan she has seen: she answers what she read, not what was written meanwhile. */
  plannedAt: Instant,
  reason: words(2000).nullable(),
})
export type PlanDecision = {
  id: string
  caseId: string
  submissionId: string
  decision: 'approved' | 'returned'
  plannedAt: Instant
  reason: string | null
}

/** How something goes is not what was planned: a change of these needs no new approval. */
const COURSE = ['state', 'status', 'outcome']

export function changesThePlan(set: { [field: string]: unknown }): boolean {
  return Object.keys(set).some((field) => !COURSE.includes(field))
}
