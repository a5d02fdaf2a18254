import type { AnyRefusal, OpDefinition } from '../../../core/op.ts'
import { attempt } from '../../../web/attempt.ts'
import { decideContext, recordOrSay, useDesk } from '../../../web/app-context.ts'
import { refusalText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'

/** Records an operation by this feature's own rule; answers what stands in the way, or null. */
export function useRecord() {
  const { app, desk, speech } = useDesk()
  return async function <Payload, Known, Change>(
    op: OpDefinition<Payload, Known, Change, AnyRefusal>,
    payload: unknown,
    known: Known,
    timeZone: string,
    row?: { thing: string; id: string; seen?: number },
  ): Promise<FormErrors | null> {
    const tried = attempt(op, payload as Payload, known, decideContext(app, desk, timeZone), row) // its own schema checks it first
    if (tried.ok) return recordOrSay(app, speech, [tried.draft])
    if ('refusal' in tried) return { '': refusalText(speech, tried.refusal) }
    return Object.fromEntries(
      tried.fields.map((field) => [field.replace(/^set\./, ''), speech.t('field.does_not_fit')]),
    )
  }
}
