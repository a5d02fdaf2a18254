import * as z from 'zod'
import { refuseVoice } from '../../core/child-voice.ts'
import { accept, refuse } from '../../core/decision.ts'
import { CaseId } from '../../core/ids.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { dayOf, type Instant } from '../../core/time.ts'
import { refuseUnweighed } from '../cases/major-decision.ts'
import { type KnownCase, refuseWhenClosed } from '../cases/ops.ts'
import { AnswerTransfer, OfferTransfer } from './transfer.ts'
import { ChildWish } from './wish.ts'

export const EditWish = z.strictObject({ id: CaseId, caseId: CaseId, set: ChildWish.schema.partial() })
export type EditWish = { id: string; caseId: string; set: Record<string, unknown> }

/** Writes down with whom a child would rather talk, as the child said it. */
export const editWish: OpDefinition<EditWish, KnownCase, EditWish, AnyRefusal> = {
  type: 'allocation.edit_wish',
  payload: EditWish,
  needs: 'services:write',
  decide(edit, known, { now, timeZone }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    if (edit.id !== edit.caseId) return refuse({ reason: 'wrong_row' })
    if (Object.keys(edit.set).length === 0) return refuse({ reason: 'nothing_changed' })
    const { saidOn } = edit.set as Partial<ChildWish> // passed the schema of the row
    if (typeof saidOn === 'string' && saidOn > dayOf(now, timeZone))
      return refuse({ reason: 'in_the_future', moment: saidOn })
    return accept(edit)
  },
}

export type KnownOffer = KnownCase & {
  /** An offer that nobody has answered and that is not over. */
  isOffered: boolean
  /** Whether it was weighed before it that the case moves. */
  isWeighed: boolean
}

/**
 * Offers a case to another office; only who supervises it can, and one office at a time is asked. The child's worker and place
 * change with it: a major decision. A case that changes hands within an office is given (`cases.assign`), and needs no weighing.
 */
export const offerTransfer: OpDefinition<OfferTransfer, KnownOffer, OfferTransfer, AnyRefusal> = {
  type: 'allocation.offer_transfer',
  payload: OfferTransfer,
  needs: 'case:write',
  decide(payload, known, { role, now, timeZone }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    if (role !== 'supervisor') return refuse({ reason: 'supervisor_decides' })
    if (payload.why === '') return refuse({ reason: 'offer_without_reason' })
    if (known.isOffered) return refuse({ reason: 'offered_already' })
    return refuseUnweighed('transfer', known) ?? refuseVoice(payload, now, timeZone) ?? accept(payload)
  },
}

export type KnownAnswer = KnownCase & {
  /** The offer, with the side the person stands on; null where there is none. */
  offer: { endsAt: Instant; isAnswered: boolean; side: 'from' | 'to' | null } | null
  /** Whether the chosen worker is one of this person's own office; true where a screen cannot know it. */
  workerIsOurs: boolean
}

/** Accepts an offered case with a worker of one's own, declines it with a reason, or withdraws what one's own office offered. */
export const answerTransfer: OpDefinition<AnswerTransfer, KnownAnswer, AnswerTransfer, AnyRefusal> = {
  type: 'allocation.answer_transfer',
  payload: AnswerTransfer,
  needs: 'case:read',
  decide(payload, known, { now, role }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    const { offer } = known
    if (offer === null) return refuse({ reason: 'unknown_offer' })
    if (offer.isAnswered) return refuse({ reason: 'already_answered' })
    if (role !== 'supervisor') return refuse({ reason: 'supervisor_decides' })
    if (offer.side !== (payload.answer === 'withdrawn' ? 'from' : 'to'))
      return refuse({ reason: 'not_for_your_office' })
    if (payload.answer !== 'withdrawn' && now > offer.endsAt) return refuse({ reason: 'offer_over' })
    if (payload.answer === 'declined' && (payload.reason ?? '') === '')
      return refuse({ reason: 'declined_without_reason' })
    if ((payload.answer === 'accepted') !== (payload.workerId !== null)) return refuse({ reason: 'choose_a_worker' })
    if (payload.answer === 'accepted' && !known.workerIsOurs) return refuse({ reason: 'not_a_worker_of_this_office' })
    return accept(payload)
  },
}
