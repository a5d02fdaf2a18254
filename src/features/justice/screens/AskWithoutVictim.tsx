import type { Speech } from '../../../web/language.ts'
import { Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'

type Props = {
  speech: Speech
  alias: string
  isAgreed: boolean
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** A worker asks that "victim" may be left out, and says why; it waits for a second person. */
export function AskWithoutVictim({ speech, alias, isAgreed, draft, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={t('justice.agree_title')} lead={alias} plain>
      <Notice tone="due">{t('justice.ask_victim_lead')}</Notice>
      {isAgreed ? (
        <p>{t('justice.agreed')}</p>
      ) : (
        <Form speech={speech} button={t('justice.ask_victim_button')} draft={draft} submit={submit}>
          {() => (
            <Words
              name="why"
              label={t('justice.without_victim_why')}
              hint={t('notice.no_intelligence')}
              required
              maxLength={1000}
            />
          )}
        </Form>
      )}
    </Screen>
  )
}
