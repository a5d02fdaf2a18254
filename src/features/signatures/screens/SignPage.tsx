import type { ReactNode } from 'react'
import type { SignatureStanding } from '../../../core/second-signature.ts'
import type { Speech } from '../../../web/language.ts'
import { Facts, type Said } from '../../../web/ui/Facts.tsx'
import { Choice, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { TONES } from './SignatureStrip.tsx'

type Props = {
  speech: Speech
  title: string
  alias: string
  standing: SignatureStanding
  /** What holds until the answer, and what after 72 hours without one. */
  rule: string
  facts: readonly Said[]
  readHref: string | null
  /** Whom to call, and what was said on the telephone. */
  calls: ReactNode
  /** Null for everybody who does not sign this. */
  form: { draft: DraftKeeper; submit: (values: FormValues) => Promise<FormErrors | null> } | null
}

/** One request for a second signature: what, who asks and why, what holds meanwhile, and the answer. */
export function SignPage({ speech, title, alias, standing, rule, facts, readHref, calls, form }: Props) {
  const { t } = speech
  return (
    <Screen title={title} lead={alias}>
      <div className="row">
        <Status tone={TONES[standing]}>{t(`signatures.standing.${standing}`)}</Status>
      </div>
      <Notice tone={standing === 'late' ? 'due' : 'info'}>{rule}</Notice>
      <Facts facts={facts} isCard />
      {readHref !== null && (
        <div className="actions not-printed">
          <To href={readHref} className="button second">
            {t('signatures.read_it')}
          </To>
        </div>
      )}
      {calls}
      {form !== null && (
        <Form speech={speech} button={t('signatures.button')} draft={form.draft} submit={form.submit}>
          {(values) => (
            <>
              <Choice
                name="decision"
                label={t('signatures.decision')}
                required
                options={(['signed', 'declined'] as const).map((value) => ({
                  value,
                  label: t(`signatures.decide.${value}`),
                }))}
              />
              <Words
                name="reason"
                label={t('signatures.reason')}
                hint={t('signatures.reason_hint')}
                required={one(values, 'decision') === 'declined'}
                maxLength={2000}
              />
            </>
          )}
        </Form>
      )}
    </Screen>
  )
}
