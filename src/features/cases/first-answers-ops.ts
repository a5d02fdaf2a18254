import { accept, refuse } from '../../core/decision.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { FirstAnswers } from './case.ts'
import { type KnownCase, refuseWhenClosed } from './ops.ts'

/** Writes what was learned in the first talk, by whoever opened the case; she reads no part of it that she had not before. */
export const writeFirstAnswers: OpDefinition<
  FirstAnswers,
  KnownCase & { isOpener: boolean },
  FirstAnswers,
  AnyRefusal
> = {
  type: 'cases.write_first_answers',
  payload: FirstAnswers.schema,
  needs: 'narrative:write',
  decide(answers, known) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    if (!known.isOpener) return refuse({ reason: 'opener_answers' })
    return [answers.safeNow, answers.howKnown, answers.basis].every((one) => one === null)
      ? refuse({ reason: 'nothing_changed' })
      : accept(answers)
  },
}
