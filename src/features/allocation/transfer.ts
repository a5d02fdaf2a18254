import * as z from 'zod'
import { type ChildVoice, childVoice } from '../../core/child-voice.ts'
import { CaseId, PersonId, TeamId } from '../../core/ids.ts'
import { words } from '../../core/schema.ts'
import type { Instant } from '../../core/time.ts'

/** Whether the child knows that its case moves. */
export const ChildTold = z.enum(['told', 'told_before_it_moves', 'not_safe_to_tell'])
export type ChildTold = z.infer<typeof ChildTold>

/** A case offered to a team of another office; the words are for those who have to decide. */
export const OfferTransfer = z.strictObject({
  id: z.uuid(),
  caseId: CaseId,
  toTeam: TeamId,
  childTold: ChildTold,
  why: words(2000),
  needs: words(2000).nullable(),
  ...childVoice,
})
export type OfferTransfer = {
  id: string
  caseId: string
  toTeam: string
  childTold: ChildTold
  why: string
  needs: string | null
} & ChildVoice

export const TransferAnswer = z.enum(['accepted', 'declined', 'withdrawn'])
export type TransferAnswer = z.infer<typeof TransferAnswer>

export const AnswerTransfer = z.strictObject({
  id: z.uuid(),
  caseId: CaseId,
  transferId: z.uuid(),
  answer: TransferAnswer,
  /** Who starts; only where it is accepted. */
  workerId: PersonId.nullable(),
  reason: words(2000).nullable(),
})
export type AnswerTransfer = {
  id: string
  caseId: string
  transferId: string
  answer: TransferAnswer
  workerId: string | null
  reason: string | null
}

/** An offer as its readers see it. */
export type Offer = ChildVoice & {
  id: string
  caseId: string
  childTold: ChildTold
  offeredAt: Instant
  endsAt: Instant
  why: string
  needs: string | null
  fromOffice: string
  toOffice: string
  toTeam: string
  offeredBy: string
  answer: TransferAnswer | null
  answeredAt: Instant | null
  reason: string | null
  /** On which side of it the reader stands. */
  side: 'from' | 'to' | null
}
