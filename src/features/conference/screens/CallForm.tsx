import type { Speech } from '../../../web/language.ts'
import { Choices, type Option, When, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'

type Props = {
  speech: Speech
  caseId: string
  alias: string
  isMoved: boolean
  /** Whether whoever supervises the case prepares it. */
  prepares: boolean
  colleagues: readonly Option[]
  /** Whether names of colleagues are known: without a line only the worker herself is. */
  isOnline: boolean
  /** Kinds of body a yes stands for. */
  outside: readonly Option[]
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** Calls a conference: when, about what, and who is asked to come. */
export function CallForm(props: Props) {
  const { speech, caseId, alias, isMoved, prepares, colleagues, isOnline, outside, start, draft, submit } = props
  const { t } = speech
  return (
    <Screen
      title={t(prepares ? 'conference.prepare_title' : isMoved ? 'conference.move_title' : 'conference.new_title', {
        alias,
      })}
      lead={t('conference.new_lead')}
    >
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {() => (
          <>
            <When
              name="at"
              label={t('conference.at')}
              dayLabel={t('conference.day')}
              timeLabel={t('conference.time')}
              required
            />
            <Words
              name="agenda"
              label={t('conference.agenda')}
              hint={t('conference.agenda_hint')}
              required
              maxLength={2000}
            />
            <Choices
              name="people"
              label={t('conference.colleagues')}
              hint={isOnline ? t('conference.colleagues_hint') : t('conference.colleagues_online')}
              options={colleagues}
            />
            {outside.length > 0 && (
              <Choices
                name="outside"
                label={t('conference.outside')}
                hint={t('conference.outside_hint')}
                options={outside}
              />
            )}
            <Notice>
              <p>{t(outside.length === 0 ? 'conference.outside_none' : 'conference.outside_others')}</p>
              <To href={`/cases/${caseId}/consent`} className="line">
                {t('conference.to_consent')}
              </To>
            </Notice>
            <p className="hint">{t('conference.family_hint')}</p>
          </>
        )}
      </Form>
    </Screen>
  )
}
