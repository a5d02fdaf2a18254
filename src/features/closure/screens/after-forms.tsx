import type { ReactNode } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Choice, OnDay, type Option, Text, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'

type Props = {
  speech: Speech
  alias: string
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** Opens a closed case again: at once, with a reason; the signature comes after. */
export function ReopenForm({ speech, alias, draft, submit, reasons }: Props & { reasons: readonly Option[] }) {
  const { t } = speech
  return (
    <Screen title={t('closure.reopen_title', { alias })} lead={t('closure.reopen_lead')}>
      <Form speech={speech} button={t('closure.reopen')} start={{}} draft={draft} submit={submit}>
        {() => (
          <>
            <Choice name="reason" label={t('closure.reopen_reason')} required options={reasons} />
            <Words name="why" label={t('closure.reopen_why')} required maxLength={2000} />
          </>
        )}
      </Form>
    </Screen>
  )
}

/** Holds the erasure of a file: by which instrument, why, until when. */
export function HoldForm({ speech, alias, draft, submit, latest }: Props & { latest: string }) {
  const { t } = speech
  return (
    <Screen title={t('closure.hold_title', { alias })} lead={t('closure.hold_lead')}>
      <Notice>{t('closure.hold_seen')}</Notice>
      <Form speech={speech} button={t('closure.hold')} start={{}} draft={draft} submit={submit}>
        {() => (
          <>
            <Text
              name="instrument"
              label={t('closure.hold_instrument')}
              hint={t('closure.hold_instrument_hint')}
              required
              maxLength={300}
            />
            <Words name="why" label={t('closure.hold_why')} required maxLength={2000} />
            <OnDay name="untilOn" label={t('closure.hold_until')} hint={latest} required />
          </>
        )}
      </Form>
    </Screen>
  )
}

type CodeProps = Omit<Props, 'draft'> & { answer: { tone: 'ok' | 'due'; text: string } | null; asks: ReactNode }

/** Compares what somebody on the telephone says with what is kept of the words on the paper. */
export function ReturnCodeForm({ speech, alias, submit, answer, asks }: CodeProps) {
  const { t } = speech
  return (
    <Screen title={t('closure.check_code_title', { alias })} lead={t('closure.check_code_lead')}>
      {answer !== null && (
        <Notice tone={answer.tone} live>
          {answer.text}
        </Notice>
      )}
      {asks ?? (
        <Form speech={speech} button={t('closure.check_code_button')} start={{}} submit={submit}>
          {() => <Text name="words" label={t('closure.code_words')} required capitals={false} maxLength={60} />}
        </Form>
      )}
    </Screen>
  )
}
