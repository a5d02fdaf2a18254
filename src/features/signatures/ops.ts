import * as z from 'zod'
import { accept } from '../../core/decision.ts'
import { CaseId } from '../../core/ids.ts'
import type { AnyRefusal, Needs, OpDefinition } from '../../core/op.ts'
import { words } from '../../core/schema.ts'
import {
  ACTS_KEPT_HERE,
  refuseAnswer,
  ruleOf,
  type SignatureDecision,
  type SignedAct,
} from '../../core/second-signature.ts'

export const AnswerSignature = z.strictObject({
  id: z.uuid(),
  caseId: CaseId,
  signatureId: z.uuid(),
  act: z.enum(ACTS_KEPT_HERE as [SignedAct, ...SignedAct[]]), // the table is not empty
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

export type KnownRequest = { askedBy: string; isAnswered: boolean }

/** A second person signs, or declines and says why. What was done before it is countersigned also in a case closed since. */
export const answerSignature: OpDefinition<AnswerSignature, KnownRequest, AnswerSignature, AnyRefusal> = {
  type: 'signatures.answer',
  payload: AnswerSignature,
  // Whoever signs reads what it is about, and need not be able to change it.
  needs: ({ act }): Needs => `${ruleOf(act).part}:read`,
  decide(answer, known, by) {
    return refuseAnswer(known, answer, by) ?? accept(answer)
  },
}
