import type { Speech } from '../../../web/language.ts'
import { Text } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'

type Props = {
  speech: Speech
  alias: string
  start: FormValues
  draft: DraftKeeper
  isThreatened: boolean
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** What a worker recognises a child by on her own screen: nothing of it is shown anywhere else. */
export function EditCard({ speech, alias, start, draft, isThreatened, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={t('cases.card_title', { alias })} lead={t('cases.card_lead')}>
      {isThreatened && <Notice tone="due">{t('cases.card_threatened')}</Notice>}
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {() => (
          <>
            <Text name="callName" label={t('cases.call_name')} hint={t('cases.call_name_hint')} maxLength={80} />
            <Text name="carer" label={t('cases.carer')} hint={t('cases.carer_hint')} maxLength={120} />
            <Text name="village" label={t('cases.village')} maxLength={120} />
            <Text
              name="phoneLast"
              label={t('cases.phone_last')}
              hint={t('cases.phone_last_hint')}
              inputMode="numeric"
              short
              maxLength={6}
            />
          </>
        )}
      </Form>
    </Screen>
  )
}
