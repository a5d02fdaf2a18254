import type { Speech } from '../../../web/language.ts'
import { Text } from '../../../web/ui/Field.tsx'
import { Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Screen } from '../../../web/ui/Screen.tsx'

type Props = { speech: Speech; submit: (values: FormValues) => Promise<FormErrors | null> }

/** What stands before a locked device: a neutral title, one field, no name. */
export function Unlock({ speech, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={t('frame.neutral')} plain>
      <Form speech={speech} button={t('lock.open')} submit={submit}>
        {() => <Text name="passphrase" label={t('lock.passphrase')} type="password" required />}
      </Form>
    </Screen>
  )
}
