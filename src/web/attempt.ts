import type { AnyRefusal, DecideContext, OpDefinition } from '../core/op.ts'
import type { Draft } from './outbox.ts'

/** What the phone says of an operation before it is recorded: the draft to record, a refusal, or fields that do not fit. */
export type Attempt = { ok: true; draft: Draft } | { ok: false; refusal: AnyRefusal } | { ok: false; fields: string[] }

/** Lets the feature's own rule decide at once, on the phone; the server decides again, as the authority. */
export function attempt<Payload, Known, Change>(
  op: OpDefinition<Payload, Known, Change, AnyRefusal>,
  payload: Payload,
  known: Known,
  context: DecideContext,
  row?: Draft['row'],
): Attempt {
  const checked = op.payload.safeParse(payload)
  if (!checked.success)
    return { ok: false, fields: [...new Set(checked.error.issues.map((issue) => issue.path.join('.')))] }
  const decision = op.decide(checked.data, known, context)
  if (!decision.ok) return { ok: false, refusal: decision.refusal }
  // A payload is a record: every operation's schema is a strict object.
  const draft = { type: op.type, payload: checked.data as Record<string, unknown> }
  return { ok: true, draft: row === undefined ? draft : { ...draft, row } }
}
