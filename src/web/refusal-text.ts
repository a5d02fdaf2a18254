import type { Answer, AnyRefusal } from '../core/op.ts'
import type { Speech } from './language.ts'

/**
 * The sentence for a refusal, in the worker's language. Reasons come from the rules as codes; `check:words` sees to it
 * that every reason a rule can give has its sentence.
 */
export function refusalText({ t, find }: Pick<Speech, 't' | 'find'>, { reason }: Pick<AnyRefusal, 'reason'>): string {
  return find(`refused.${reason}`) ?? t('answer.refused')
}

/** The sentence for an answer that is not "accepted". */
export function answerText(
  speech: Pick<Speech, 't' | 'find'>,
  answer: Exclude<Answer, { answer: 'accepted' }>,
): string {
  switch (answer.answer) {
    case 'refused':
      return refusalText(speech, answer)
    case 'malformed':
      return speech.t('answer.malformed')
    case 'not_allowed':
      return speech.t('answer.not_allowed')
    case 'retry':
      return speech.t('save.not_yet')
  }
}

/** The sentence for a question the server did not answer. */
export function errorText(speech: Pick<Speech, 't' | 'find'>, code: string): string {
  return speech.find(`error.${code}`) ?? speech.t('error.unexpected')
}
