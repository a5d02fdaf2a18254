import { said } from '../cases/edits.ts'
import { refuse } from '../../core/decision.ts'
import type { AnyRefusal } from '../../core/op.ts'
import type { Day } from '../../core/time.ts'
import { type Attempt, type CaseClosing } from './closing.ts'

/** Reasons at which nobody is there to be told, asked, or met again. */
const WITHOUT_THE_CHILD = ['contact_lost', 'death', 'duplicate']
/** Reasons that say that somebody else goes on: who that is must be said. */
const HANDED_OVER = ['turned_18_handed_over', 'transferred', 'moved_abroad']

/** Whether the child can be told and asked at all when a case ends for this reason. */
export const isWithTheChild = (reason: string) => !WITHOUT_THE_CHILD.includes(reason)
export const isHandedOver = (reason: string) => HANDED_OVER.includes(reason)
/** Two files of one child: the other goes on, and whatever this one knows must stand there. */
export const isDuplicate = (reason: string) => reason === 'duplicate'
export const isContactLost = (reason: string) => reason === 'contact_lost'
/** Reasons that stand only with a sentence of their own. */
export const needsWords = (reason: string) => isHandedOver(reason) || reason === 'other' || reason === 'death'

/** Attempts before contact counts as lost (case-management.yaml, guard of `closure_reason`; recalled). */
export const ATTEMPTS = 3

/** Whether enough was tried: on different days, and each time by another means. */
export function triedEnough(attempts: readonly Attempt[]): boolean {
  const days = new Set(attempts.map((one) => one.on))
  const means = new Set(attempts.map((one) => one.how))
  return days.size >= ATTEMPTS && means.size >= ATTEMPTS
}

/** What a closing still lacks before a supervisor can answer it, or null. */
export function refuseClosing(closing: CaseClosing, today: Day): { ok: false; refusal: AnyRefusal } | null {
  const { reason } = closing
  if (isHandedOver(reason) && !said(closing.reasonWords)) return refuse({ reason: 'handed_to_nobody' })
  if (needsWords(reason) && !said(closing.reasonWords)) return refuse({ reason: 'reason_without_words' })
  if (isContactLost(reason) && !triedEnough(closing.attempts))
    return refuse({ reason: 'too_few_attempts', limit: ATTEMPTS })
  const ahead = [closing.toldOn, ...closing.attempts.map((one) => one.on)].find((day) => day !== null && day > today)
  if (ahead !== undefined && ahead !== null) return refuse({ reason: 'in_the_future', moment: ahead })
  if (closing.told === 'told' && (closing.toldOn === null || closing.toldLanguage === null || !said(closing.toldBy)))
    return refuse({ reason: 'told_without_day' })
  if (!isWithTheChild(reason)) return null
  if (closing.told === 'not_told' && !said(closing.toldWords)) return refuse({ reason: 'not_told_without_reason' })
  if (closing.feedback === 'not_asked' && closing.told === 'told') return refuse({ reason: 'feedback_not_asked' })
  if (closing.feedback === 'given' && !said(closing.feedbackWords)) return refuse({ reason: 'feedback_without_words' })
  if (closing.contact !== 'agreed') return null
  if (closing.contactWay === null || closing.contactOn === null || !said(closing.contactSafely))
    return refuse({ reason: 'contact_without_way' })
  return closing.contactOn < today ? refuse({ reason: 'contact_in_the_past' }) : null
}
