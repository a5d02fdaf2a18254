import { said } from '../cases/edits.ts'
import { refuse } from '../../core/decision.ts'
import type { AnyRefusal } from '../../core/op.ts'
import { addMillis, type Day, dayOf, type Instant } from '../../core/time.ts'
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

const DAY = 24 * 3_600_000

/** The first day that can lie after a moment. A day of grace: where the child is it may be another one than where the office is. */
export const firstDayAfter = (moment: Instant, timeZone: string): Day => dayOf(addMillis(moment, -DAY), timeZone)

/** Attempts before contact counts as lost (case-management.yaml, guard of `closure_reason`; recalled). */
export const ATTEMPTS = 3

/** Whether enough was tried: on different days, and each time by another means. */
export function triedEnough(attempts: readonly Attempt[]): boolean {
  const days = new Set(attempts.map((one) => one.on))
  const means = new Set(attempts.map((one) => one.how))
  return days.size >= ATTEMPTS && means.size >= ATTEMPTS
}

/** What a closing lacks, by the field in which it is mended. */
export type Lack = { field: keyof CaseClosing; refusal: AnyRefusal }

/** Everything that a closing still lacks before a supervisor can answer it, in the order of its form. */
export function lacksOf(closing: CaseClosing, today: Day): Lack[] {
  const { reason } = closing
  const { attempts, toldOn } = closing
  const lacks: (Lack | null)[] = [
    isHandedOver(reason) && !said(closing.reasonWords) ? lack('reasonWords', { reason: 'handed_to_nobody' }) : null,
    needsWords(reason) && !isHandedOver(reason) && !said(closing.reasonWords)
      ? lack('reasonWords', { reason: 'reason_without_words' })
      : null,
    isContactLost(reason) && !triedEnough(attempts)
      ? { field: 'attempts', refusal: { reason: 'too_few_attempts', limit: ATTEMPTS } }
      : null,
    ahead('attempts', attempts.find(({ on }) => on > today)?.on ?? null, today),
    ahead('toldOn', toldOn, today),
    closing.told === 'told' && (toldOn === null || closing.toldLanguage === null || !said(closing.toldBy))
      ? lack(toldOn === null ? 'toldOn' : said(closing.toldBy) ? 'toldLanguage' : 'toldBy', {
          reason: 'told_without_day',
        })
      : null,
    ...(isWithTheChild(reason) ? withTheChild(closing, today) : []),
  ]
  return lacks.filter((one) => one !== null)
}

function withTheChild(closing: CaseClosing, today: Day): (Lack | null)[] {
  const { told, feedback, contact, contactWay, contactOn } = closing
  const isAgreed = contact === 'agreed'
  return [
    told === 'not_told' && !said(closing.toldWords) ? lack('toldWords', { reason: 'not_told_without_reason' }) : null,
    feedback === 'not_asked' && told === 'told' ? lack('feedback', { reason: 'feedback_not_asked' }) : null,
    feedback === 'given' && !said(closing.feedbackWords)
      ? lack('feedbackWords', { reason: 'feedback_without_words' })
      : null,
    isAgreed && (contactWay === null || contactOn === null || !said(closing.contactSafely))
      ? lack(contactWay === null ? 'contactWay' : contactOn === null ? 'contactOn' : 'contactSafely', {
          reason: 'contact_without_way',
        })
      : null,
    isAgreed && contactOn !== null && contactOn < today ? lack('contactOn', { reason: 'contact_in_the_past' }) : null,
  ]
}

const lack = (field: Lack['field'], refusal: AnyRefusal): Lack => ({ field, refusal })

function ahead(field: Lack['field'], day: Day | null, today: Day): Lack | null {
  return day !== null && day > today ? { field, refusal: { reason: 'in_the_future', moment: day } } : null
}

/** The first thing a closing still lacks before a supervisor can answer it, or null. */
export function refuseClosing(closing: CaseClosing, today: Day): { ok: false; refusal: AnyRefusal } | null {
  const [first] = lacksOf(closing, today)
  return first === undefined ? null : refuse(first.refusal)
}
