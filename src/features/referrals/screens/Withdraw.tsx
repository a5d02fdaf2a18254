import type { Speech } from '../../../web/language.ts'
import { Choice, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'

type Props = {
  speech: Speech
  alias: string
  /** What was agreed, in one line. */
  what: string
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** Somebody takes a yes back: no reason is asked for, and what it had opened closes with this. */
export function Withdraw({ speech, alias, what, draft, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={t('referrals.end_title', { alias })} lead={what}>
      <Notice>{t('referrals.end_notice')}</Notice>
      <Form speech={speech} button={t('referrals.end_button')} draft={draft} submit={submit}>
        {() => (
          <>
            <Choice
              name="by"
              label={t('referrals.end_by')}
              required
              options={(['child', 'parent_or_carer', 'guardian'] as const).map((value) => ({
                value,
                label: t(value === 'child' ? 'referrals.end_by.child' : `referrals.adult_is.${value}`),
              }))}
            />
            <Words name="said" label={t('referrals.end_said')} rows={2} maxLength={2000} />
          </>
        )}
      </Form>
    </Screen>
  )
}
