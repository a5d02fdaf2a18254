import type { ReactNode } from 'react'
import type { Speech } from '../../../web/language.ts'
import { type Option, Select } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'

type Props = {
  speech: Speech
  count: number
  workers: readonly Option[]
  /** Who is away and is not offered them. */
  away: ReactNode
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** Gives the chosen cases to one worker: each is an act of its own, and the ones that could not be given stay chosen. */
export function GiveMany({ speech, count, workers, away, draft, submit }: Props) {
  const { t } = speech
  return (
    <section className="next not-printed">
      <h2>{t('cases.give_many', { count })}</h2>
      <Form speech={speech} button={t('cases.assign_button')} draft={draft} submit={submit}>
        {() => (
          <>
            <Select
              name="personId"
              label={t('cases.assign_worker')}
              hint={t('cases.give_many_hint')}
              required
              empty={t('field.choose')}
              options={workers}
            />
            {away}
          </>
        )}
      </Form>
    </section>
  )
}
