import { DeviceId, OpId } from '../../../core/ids.ts'
import { type AnyRefusal, Answer, type OpDefinition } from '../../../core/op.ts'
import { newId, newOpId } from '../../../crypto/random.ts'
import { NoConnection, ServerSaysNo } from '../../../web/api.ts'
import { useDesk } from '../../../web/app-context.ts'
import { answerText, errorText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'

/**
 * Sends one operation straight to the server: what belongs to this part never waits on a device, not even sealed. Without a
 * line the words stay in the form, which says so.
 */
export function useSendNow() {
  const { app, speech } = useDesk()
  return async function <Payload>(
    op: Pick<OpDefinition<Payload, never, unknown, AnyRefusal>, 'type' | 'payload'>,
    payload: unknown,
  ): Promise<FormErrors | null> {
    const checked = op.payload.safeParse(payload)
    if (!checked.success)
      return Object.fromEntries(
        checked.error.issues.map((issue) => [issue.path.join('.'), speech.t('field.does_not_fit')]),
      )
    const operation = {
      opId: OpId.parse(newOpId()),
      // No other operation comes before it on this path, so that it waits for none.
      device: DeviceId.parse(newId()),
      seq: 1,
      type: op.type,
      baseVersion: null,
      payload: checked.data,
      claimedAt: app.now(),
    }
    try {
      const { answers } = (await app.api.post('/api/operations', { operations: [operation] })) as { answers: unknown[] }
      const answer = Answer.parse(answers[0])
      return answer.answer === 'accepted' ? null : { '': answerText(speech, answer) }
    } catch (error) {
      if (error instanceof NoConnection) return { '': speech.t('association.needs_line') }
      if (error instanceof ServerSaysNo) return { '': errorText(speech, error.code) }
      throw error
    }
  }
}
