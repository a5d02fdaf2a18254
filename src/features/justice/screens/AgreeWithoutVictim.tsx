import type { Speech } from '../../../web/language.ts'
import { Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'

type Props = {
  speech: Speech
  caseId: string
  alias: string
  isAgreed: boolean
  submit: () => Promise<FormErrors | null>
}

/** A supervisor agrees, or not: a child is a victim first, and leaving that out is never one person's decision. */
export function AgreeWithoutVictim({ speech, caseId, alias, isAgreed, submit }: Props) {
  const { t } = speech
  const back = (
    <To href={`/cases/${caseId}/safeguards`} className="line">
      {t('justice.agree_not')}
    </To>
  )
  return (
    <Screen title={t('justice.agree_title')} lead={alias} plain>
      <Notice tone="due">{t('justice.agree_lead')}</Notice>
      {isAgreed ? (
        <p>{t('justice.agreed')}</p>
      ) : (
        <Form speech={speech} button={t('justice.agree_button')} submit={submit} aside={back}>
          {() => null}
        </Form>
      )}
    </Screen>
  )
}
