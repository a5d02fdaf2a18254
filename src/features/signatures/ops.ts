import * as z from 'zod'
import { accept, refuse } from '../../core/decision.ts'
import { CaseId } from '../../core/ids.ts'
import type { AnyRefusal, Needs, OpDefinition } from '../../core/op.ts'
import { words } from '../../core/schema.ts'
import { refuseImpossible } from '../../core/possible.ts'
import {
  ACTS_KEPT_HERE,
  refuseAnswer,
  refuseTalk,
  ruleOf,
  type SignatureDecision,
  type SignedAct,
  TALK_SAID,
  type TalkSaid,
} from '../../core/second-signature.ts'
import { Instant } from '../../core/time.ts'

const Act = z.enum(ACTS_KEPT_HERE as [SignedAct, ...SignedAct[]]) // the table is not empty

export const AnswerSignature = z.strictObject({
  id: z.uuid(),
  caseId: CaseId,
  signatureId: z.uuid(),
  act: Act,
  decision: z.enum(['signed', 'declined']),
  reason: words(2000).nullable(),
})
export type AnswerSignature = {
  id: string
  caseId: string
  signatureId: string
  act: SignedAct
  decision: SignatureDecision
  reason: string | null
}

/** `whyNot`: what the act's own feature says against a yes; a phone leaves that to the server. */
export type KnownRequest = { askedBy: string; isAnswered: boolean; whyNot?: AnyRefusal | null }

/** A second person signs, or declines and says why. What was done before it is countersigned also in a case closed since. */
export const answerSignature: OpDefinition<AnswerSignature, KnownRequest, AnswerSignature, AnyRefusal> = {
  type: 'signatures.answer',
  payload: AnswerSignature,
  // Whoever signs reads what it is about, and need not be able to change it.
  needs: ({ act }): Needs => `${ruleOf(act).part}:read`,
  decide(answer, known, by) {
    const no = refuseAnswer(known, answer, by)
    if (no !== null) return no
    // A request that cannot be signed any more can always be sent back.
    return answer.decision === 'signed' && known.whyNot ? refuse(known.whyNot) : accept(answer)
  },
}

export const NoteTalk = z.strictObject({
  id: z.uuid(),
  caseId: CaseId,
  signatureId: z.uuid(),
  act: Act,
  /** Null where this phone does not know who can sign: then her name stands in `who`. */
  personId: z.uuid().nullable(),
  who: words(120).nullable(),
  at: Instant,
  said: z.enum(TALK_SAID),
  words: words(1000).nullable(),
})
export type NoteTalk = {
  id: string
  caseId: string
  signatureId: string
  act: SignedAct
  personId: string | null
  who: string | null
  at: Instant
  said: TalkSaid
  words: string | null
}

/** What is known of a request and of who can be called for it; a phone without signal knows neither for sure. */
export type KnownTalk = { isThere: boolean; askedAt: Instant | null; mayBeCalled: boolean | null }

/** Whom a worker called for a signature, when, and what was said. It never counts as the signature, and moves nothing. */
export const noteTalk: OpDefinition<NoteTalk, KnownTalk, NoteTalk, AnyRefusal> = {
  type: 'signatures.note_talk',
  payload: NoteTalk,
  needs: ({ act }): Needs => `${ruleOf(act).part}:write`,
  decide(talk, known, { now, actor }) {
    const impossible = refuseImpossible([talk.at], now)
    if (impossible !== null) return impossible
    if (!known.isThere) return refuse({ reason: 'request_not_there' })
    return refuseTalk(talk, known, actor) ?? accept(talk)
  },
}
