import type { Speech } from '../../../web/language.ts'
import { Choice, type Option } from '../../../web/ui/Field.tsx'
import { Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'

type Props = {
  speech: Speech
  alias: string
  reasons: readonly Option[]
  /** Steps still open: closing does not do them. */
  open: number
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** A supervisor closes a case for a reason of the list, and reads first what happens to the file. */
export function CloseCase({ speech, alias, reasons, open, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={t('cases.close_title', { alias })} lead={t('cases.close_lead')}>
      {open > 0 && <Notice tone="due">{t('cases.close_open', { count: open })}</Notice>}
      <Notice>
        <ul>
          <li>{t('cases.close_list')}</li>
          <li>{t('cases.close_device')}</li>
          <li>{t('cases.close_reason')}</li>
        </ul>
      </Notice>
      <Form speech={speech} button={t('cases.close')} start={{}} submit={submit}>
        {() => <Choice name="reason" label={t('cases.close_why')} required options={reasons} />}
      </Form>
    </Screen>
  )
}
