import type { Speech } from '../../../web/language.ts'
import { type Option, Select, Text } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'

type Props = {
  speech: Speech
  alias: string
  languages: Option[]
  start: FormValues
  /** What belongs to this part lies on no device, not even sealed. */
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** Before anything is asked of a child the authorities deal with: who its lawyer is, and that it was told why. */
export function MakeReady({ speech, alias, languages, start, draft, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={t('association.ready_title', { alias })} lead={t('association.ready_lead')}>
      <Notice>
        <p>{t('association.tell_child')}</p>
      </Notice>
      <Form speech={speech} button={t('association.ready_button')} start={start} draft={draft} submit={submit}>
        {() => (
          <>
            <Text name="lawyer" label={t('association.lawyer')} hint={t('association.lawyer_hint')} required />
            <Text name="toldBy" label={t('association.told_by')} required maxLength={120} />
            <Select
              name="language"
              label={t('association.language')}
              required
              options={languages}
              empty={t('field.choose')}
            />
          </>
        )}
      </Form>
    </Screen>
  )
}
