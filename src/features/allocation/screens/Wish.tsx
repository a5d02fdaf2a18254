import type { Speech } from '../../../web/language.ts'
import { Choice, OnDay, type Option, Select, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Prefers } from '../wish.ts'

type Props = {
  speech: Speech
  alias: string
  languages: readonly Option[]
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** Asks a child with whom it would rather talk. */
export function Wish({ speech, alias, languages, start, draft, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={t('allocation.wish_title', { alias })} lead={t('allocation.wish_lead')}>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {() => (
          <>
            <Choice
              name="prefers"
              label={t('allocation.prefers')}
              options={Prefers.options.map((value) => ({ value, label: t(`allocation.prefers.${value}`) }))}
            />
            <Select
              name="language"
              label={t('allocation.wish_language')}
              empty={t('allocation.no_language')}
              options={languages}
            />
            <Words name="inTheirWords" label={t('allocation.wish_words')} rows={2} maxLength={500} />
            <OnDay name="saidOn" label={t('allocation.said_on')} />
          </>
        )}
      </Form>
    </Screen>
  )
}
