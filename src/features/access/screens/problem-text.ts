import { codeOf, ServerSaysNo } from '../../../web/api.ts'
import type { Speech } from '../../../web/language.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { KeyNotGiven } from '../../../web/prove.ts'

/** The sentence for what stands in the way of signing in, enrolling or changing somebody's account. */
export function problemText(speech: Speech, error: unknown): string {
  if (error instanceof KeyNotGiven) return speech.t('access.problem.passkey_cancelled')
  if (error instanceof ServerSaysNo && error.code === 'wait')
    return speech.t('access.problem.wait', { seconds: Number(error.body.seconds) })
  const code = codeOf(error)
  return speech.find(`access.problem.${code}`) ?? errorText(speech, code)
}
