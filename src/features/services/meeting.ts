import * as z from 'zod'
import { refuse } from '../../core/decision.ts'
import type { AnyRefusal } from '../../core/op.ts'
import { words } from '../../core/schema.ts'
import { Day } from '../../core/time.ts'

/** Services that are talks with people around a child: between it and its family, or to prepare those it comes back to. */
const MEETING_KINDS: readonly string[] = ['family_mediation', 'community_mediation']
export const isMeeting = (kind: string) => MEETING_KINDS.includes(kind)

/** Who took part, by what they are to the child; nobody's name, and nothing anybody believes. */
export const TookPart = z.enum([
  'child',
  'carer',
  'parent',
  'brother_sister',
  'other_family',
  'school',
  'neighbours',
  'place_of_worship',
  'employer',
  'other',
])
export type TookPart = z.infer<typeof TookPart>

/** Not of the child's family: what is said to them is said outside. */
const OUTSIDERS: readonly TookPart[] = ['school', 'neighbours', 'place_of_worship', 'employer', 'other']

/** Whether anybody is afraid of anybody there: asked of each alone, before they meet. */
export const Afraid = z.enum(['no', 'yes', 'not_asked_yet'])
export type Afraid = z.infer<typeof Afraid>

export const Yes = z.enum(['yes', 'no', 'no_answer', 'not_asked_yet', 'too_young'])
export type Yes = z.infer<typeof Yes>

/** What came of it: they take the child in, not yet, or it was stopped because it would have harmed the child. */
export const MeetingOutcome = z.enum(['accepted', 'not_yet', 'stopped'])
export type MeetingOutcome = z.infer<typeof MeetingOutcome>

/** One talk with people around a child: what was said to them, how they answered, what they agreed. Never why a child was away. */
export const Meeting = z.strictObject({
  afraid: Afraid,
  /** Everybody in one room, or one side alone. */
  isTogether: z.boolean(),
  tookPart: z.array(TookPart).max(10),
  /** Whose yes there is to the talk, and to what is said in it; the child may stop it at any moment. */
  childYes: Yes,
  carerYes: Yes,
  /** By function. */
  ledBy: words(120).nullable(),
  said: words(500),
  answered: words(500).nullable(),
  agreed: words(1000).nullable(),
  next: words(500).nullable(),
  nextOn: Day.nullable(),
  outcome: MeetingOutcome,
})
export type Meeting = {
  afraid: Afraid
  isTogether: boolean
  tookPart: TookPart[]
  childYes: Yes
  carerYes: Yes
  ledBy: string | null
  said: string
  answered: string | null
  agreed: string | null
  next: string | null
  nextOn: Day | null
  outcome: MeetingOutcome
}

/** A yes to a talk: the child's own, or that of the carer of a child too young to say. */
function hasYes({ childYes, carerYes }: Meeting): boolean {
  return childYes === 'yes' || (childYes === 'too_young' && carerYes === 'yes')
}

/** Whoever was there beside the child sat with it, whatever was ticked. */
export function sharesARoom({ isTogether, tookPart }: Pick<Meeting, 'isTogether' | 'tookPart'>): boolean {
  return isTogether || (tookPart.includes('child') && tookPart.some((one) => one !== 'child'))
}

/** A yes is asked for where people meet, and where outsiders are told anything, whatever the service is called. */
function needsYes(kind: string, meeting: Meeting): boolean {
  return (
    kind === 'community_mediation' || sharesARoom(meeting) || meeting.tookPart.some((one) => OUTSIDERS.includes(one))
  )
}

/**
 * What stands in the way of a talk. A rule of this program, not of a law: nobody sits in one room with somebody he is afraid
 * of, and nothing is said to anybody against a child's no, or to outsiders without its yes.
 */
export function refuseMeeting(kind: string, meeting: Meeting | null): { ok: false; refusal: AnyRefusal } | null {
  if (!isMeeting(kind)) return meeting === null ? null : refuse({ reason: 'not_a_meeting' })
  if (meeting === null) return refuse({ reason: 'meeting_without_safety' })
  const isTogether = sharesARoom(meeting)
  if (isTogether && meeting.afraid === 'yes') return refuse({ reason: 'meeting_not_safe' })
  if (isTogether && meeting.afraid === 'not_asked_yet') return refuse({ reason: 'ask_who_is_afraid' })
  if (meeting.childYes === 'no') return refuse({ reason: 'meeting_against_child' })
  if (needsYes(kind, meeting) && !hasYes(meeting)) return refuse({ reason: 'meeting_without_yes' })
  if (meeting.tookPart.length === 0) return refuse({ reason: 'meeting_without_people' })
  return meeting.said === '' ? refuse({ reason: 'meeting_without_words' }) : null
}
