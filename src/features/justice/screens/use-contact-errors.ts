import { type Attempt } from '../../../web/attempt.ts'
import { useDesk } from '../../../web/app-context.ts'
import { refusalText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { fieldOf } from './contact-form.ts'

/** A sentence for each field of a contact that cannot stand. */
export function useContactErrors() {
  const { speech } = useDesk()
  const { t, find } = speech
  return {
    unread: (wrong: { [field: string]: 'needed' | 'unclear' }): FormErrors =>
      Object.fromEntries(
        Object.entries(wrong).map(([field, why]) => [
          field,
          why === 'needed' ? (find(`justice.needed.${field}`) ?? t('justice.day_and_time')) : t('justice.day_and_time'),
        ]),
      ),
    refused(tried: Exclude<Attempt, { ok: true }>, contact: Record<string, unknown>): FormErrors {
      if ('refusal' in tried) return { [fieldOf(tried.refusal, contact)]: refusalText(speech, tried.refusal) }
      return Object.fromEntries(tried.fields.map((field) => [field.split('.')[0] ?? '', t('field.does_not_fit')]))
    },
  }
}
