import * as z from 'zod'
import { AidSafeguard } from '../../core/aid.ts'
import { CaseId } from '../../core/ids.ts'
import { thing, words } from '../../core/schema.ts'
import { Day } from '../../core/time.ts'
import { Meeting } from './meeting.ts'

export const ServiceId = z.uuid().brand<'ServiceId'>()

export const ServiceState = z.enum(['planned', 'going', 'ended'])
export type ServiceState = z.infer<typeof ServiceState>

/** Why a service ended; that a child wants no more of it is a reason like any other. */
export const ServiceEnd = z.enum(['done', 'child_ended', 'did_not_fit', 'not_available', 'moved', 'not_safe', 'other'])
export type ServiceEnd = z.infer<typeof ServiceEnd>

/** What makes a service fit this girl or this boy (case-management.md, "Gender"). Sealed: what a child needs may say what it lived through. */
export const ServiceFit = z.enum([
  'woman_helps',
  'man_helps',
  'space_of_its_own',
  'childcare',
  'baby_stays_with_her',
  'nothing_to_be_told',
  'safe_way_there',
  'same_as_other_children',
])
export type ServiceFit = z.infer<typeof ServiceFit>

/**
 * One service for this child: what, by whom, since when, for which goal, and what the child says of it. What a health worker
 * does with the child is not among it: only that there is one.
 */
export const ChildService = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 940, table: 'child_service' },
  {
    kind: z.string().min(1).max(40).meta({ codeList: 'service_sector' }),
    provider: z.string().min(1).max(40).meta({ codeList: 'service_provider' }),
    state: ServiceState,
    goalId: z.uuid().nullable(),
    startsOn: Day.nullable(),
    nextOn: Day.nullable(),
    endsOn: Day.nullable(),
    ended: ServiceEnd.nullable(),
    childSaidOn: Day.nullable(),
    safeguards: z.array(AidSafeguard).max(4),
    layer: z.string().max(40).nullable().meta({ codeList: 'mhpss_layer', class: 'C2' }),
    fits: z.array(ServiceFit).max(8).meta({ class: 'C2' }),
    /** What it is, so that the child would know it again. */
    what: words(500),
    /** By function: a counsellor, a school. */
    who: words(120).nullable(),
    purpose: words(500).nullable(),
    childSays: words(2000).nullable(),
    outcome: words(1000).nullable(),
  },
)
export type ChildService = {
  kind: string
  provider: string
  state: ServiceState
  goalId: string | null
  startsOn: Day | null
  nextOn: Day | null
  endsOn: Day | null
  ended: ServiceEnd | null
  childSaidOn: Day | null
  safeguards: AidSafeguard[]
  layer: string | null
  fits: ServiceFit[]
  what: string
  who: string | null
  purpose: string | null
  childSays: string | null
  outcome: string | null
}

/** What took place on a day, or why it did not; or that something was given. */
export const Came = z.enum(['came', 'came_for_a_part', 'did_not_come', 'was_not_held', 'given'])
export type Came = z.infer<typeof Came>

export const WhyNot = z.enum([
  'child_did_not_want',
  'ill',
  'no_way_there',
  'no_childcare',
  'not_safe',
  'carer_said_no',
  'provider_away',
  'not_known',
])
export type WhyNot = z.infer<typeof WhyNot>

/** Whose word or sign stands for what was given. */
export const Acknowledged = z.enum(['signed', 'mark', 'said_before_another'])
export type Acknowledged = z.infer<typeof Acknowledged>

/** One session, visit or thing given, a fact: that it was, never what a health worker saw or did in it. */
export const ServiceSession = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 941, table: 'service_session' },
  {
    id: z.uuid(),
    caseId: CaseId,
    serviceId: ServiceId,
    onDay: Day,
    came: Came,
    whyNot: WhyNot.nullable(),
    receivedBy: z.enum(['child', 'carer']).nullable(),
    acknowledged: Acknowledged.nullable(),
    /** What was given. */
    what: words(300).nullable(),
    /** In whole units of the country's money, where somebody knows it. */
    worth: z.int().min(0).max(1_000_000_000).nullable().meta({ class: 'C2' }),
    agreedBy: words(120).nullable(),
    childSays: words(1000).nullable(),
    /** What was said and agreed, where it was a talk with people around the child; a phone that did not ask yet says nothing of it. */
    meeting: Meeting.nullable().optional().meta({ class: 'C2' }),
  },
)
export type ServiceSession = {
  id: string
  caseId: string
  serviceId: string
  onDay: Day
  came: Came
  whyNot: WhyNot | null
  receivedBy: 'child' | 'carer' | null
  acknowledged: Acknowledged | null
  what: string | null
  worth: number | null
  agreedBy: string | null
  childSays: string | null
  meeting?: Meeting | null | undefined
}

/** What a health worker on the case writes of a service: which care it is, and what was done. On no phone. */
export const ServiceHealthNote = thing(
  { part: 'health', class: 'C1', keep: 'health', purpose: 'casework', fieldId: 942, table: 'service_health_note' },
  {
    id: z.uuid(),
    caseId: CaseId,
    serviceId: ServiceId,
    onDay: Day,
    kind: z.string().min(1).max(40).meta({ codeList: 'service_sector', class: 'C2' }),
    layer: z.string().max(40).nullable().meta({ codeList: 'mhpss_layer', class: 'C2' }),
    note: words(4000),
    next: words(1000).nullable(),
  },
)
export type ServiceHealthNote = {
  id: string
  caseId: string
  serviceId: string
  onDay: Day
  kind: string
  layer: string | null
  note: string
  next: string | null
}
export type KeptHealthNote = ServiceHealthNote & { writtenByName: string | null }
