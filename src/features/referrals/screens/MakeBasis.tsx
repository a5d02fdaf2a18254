import type { Speech } from '../../../web/language.ts'
import { Choice, type Option, Select, Text, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { WhyNotAsked } from '../referral.ts'

type Props = {
  speech: Speech
  alias: string
  lists: { purposes: Option[]; recipients: Option[]; bases: Option[] }
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** When nobody can be asked: why not, on what the telling rests, and why it is best for the child. A second person signs. */
export function MakeBasis({ speech, alias, lists, draft, submit }: Props) {
  const { t } = speech
  const empty = t('field.choose')
  return (
    <Screen title={t('referrals.basis_title', { alias })} lead={t('referrals.basis_lead')}>
      <Notice tone="due">{t('referrals.basis_notice')}</Notice>
      <Form speech={speech} button={t('referrals.basis_button')} draft={draft} submit={submit}>
        {() => (
          <>
            <Choice
              name="notAsked"
              label={t('referrals.not_asked')}
              required
              options={WhyNotAsked.options.map((value) => ({ value, label: t(`referrals.not_asked.${value}`) }))}
            />
            <Select name="purpose" label={t('referrals.purpose')} required options={lists.purposes} empty={empty} />
            <Select
              name="recipient"
              label={t('referrals.recipient')}
              required
              options={lists.recipients}
              empty={empty}
            />
            <Text name="organisation" label={t('referrals.organisation')} />
            <Choice name="basis" label={t('referrals.basis')} required options={lists.bases} />
            <Words
              name="bestInterests"
              label={t('referrals.best_interests')}
              hint={t('notice.no_intelligence')}
              required
              maxLength={2000}
            />
          </>
        )}
      </Form>
    </Screen>
  )
}
