import * as z from 'zod'
import { accept, refuse } from '../../core/decision.ts'
import { CaseId } from '../../core/ids.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { addDuration, dayOf } from '../../core/time.ts'
import { type KnownCase, refuseWhenClosed } from '../cases/ops.ts'
import { AttentionId, CaseAttention } from './attention.ts'
import { CaseQuestion } from './question.ts'

/** What was asked on the case before, and whether it is an answer itself. */
export type KnownQuestions = KnownCase & { asked: readonly { id: string; answers: string | null }[] }

/** Asks about a child's case, or answers: among those who may open the file, on paper that stays in it. */
export const ask: OpDefinition<CaseQuestion, KnownQuestions, CaseQuestion, AnyRefusal> = {
  type: 'work.ask',
  payload: CaseQuestion.schema,
  needs: 'case:read',
  decide(payload, known) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    if (payload.words === '') return refuse({ reason: 'nothing_asked' })
    if (payload.answers !== null && !known.asked.some((one) => one.id === payload.answers && one.answers === null))
      return refuse({ reason: 'answers_no_question' })
    return accept(payload)
  },
}

/** Longer than this is no longer a call for attention, it is how things are. */
const STANDS_AT_MOST = 'P90D'

/** Asks colleagues to look at the work on a case; it ends by itself on a day. */
export const callAttention: OpDefinition<CaseAttention, KnownCase, CaseAttention, AnyRefusal> = {
  type: 'work.call_attention',
  payload: CaseAttention.schema,
  needs: 'case:read',
  decide(payload, known, { now, timeZone }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    if (payload.words === '') return refuse({ reason: 'attention_without_words' })
    if (payload.untilOn < dayOf(now, timeZone)) return refuse({ reason: 'attention_in_the_past' })
    if (payload.untilOn > dayOf(addDuration(now, STANDS_AT_MOST, timeZone), timeZone))
      return refuse({ reason: 'attention_too_long' })
    return accept(payload)
  },
}

export const EndAttention = z.strictObject({ id: AttentionId, caseId: CaseId })
export type EndAttention = { id: string; caseId: string }

/** Ends a call for attention: somebody has looked. */
export const endAttention: OpDefinition<EndAttention, { isOpen: boolean }, EndAttention, AnyRefusal> = {
  type: 'work.end_attention',
  payload: EndAttention,
  needs: 'case:read',
  decide(payload, known) {
    return known.isOpen ? accept(payload) : refuse({ reason: 'attention_over' })
  },
}
