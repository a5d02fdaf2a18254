import type { ReactNode } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Choice, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { PrintButton } from '../../../web/ui/PrintButton.tsx'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { HandLink } from './HandLink.tsx'
import { ReferralAnswerCode } from '../referral.ts'

type Props = {
  speech: Speech
  alias: string
  status: { text: string; tone: Tone }
  /** Whether the yes it rests on stands; without it nothing more goes out. */
  isOpen: boolean
  letter: ReactNode
  /** What was answered so far, the newest first. */
  answers: readonly { id: string; text: string; said: string | null }[]
  /** How the newest link stands, and whether it can still be read. */
  link: { text: string; isOpen: boolean } | null
  /** A link that was made on this page a moment ago: shown once. */
  fresh: { address: string; number: string; until: string } | null
  canWrite: boolean
  problem: string | null
  give: () => void
  end: () => void
  draft: DraftKeeper
  answer: (values: FormValues) => Promise<FormErrors | null>
}

/** One letter as its receiver sees it, with the two ways it can go and what came back. */
export function ShowReferral(props: Props) {
  const { speech, alias, status, isOpen, letter, answers, link, fresh, canWrite, problem } = props
  const { t } = speech
  return (
    <Screen title={t('referrals.one', { alias })} lead={t('referrals.one_lead')}>
      <div className="row not-printed">
        <Status tone={status.tone}>{status.text}</Status>
      </div>
      {problem !== null && <Notice tone="due">{problem}</Notice>}
      {!isOpen && <Notice tone="due">{t('referrals.not_open_any_more')}</Notice>}
      {letter}
      {canWrite && isOpen && (
        <section className="group stack not-printed">
          <h2>{t('referrals.ways')}</h2>
          <div className="actions row">
            <PrintButton speech={speech} />
            <button type="button" className="button second" onClick={props.give}>
              {t(link === null ? 'referrals.link_make' : 'referrals.link_again')}
            </button>
          </div>
        </section>
      )}
      {fresh !== null && (
        <div className="not-printed">
          <Notice tone="ok" live>
            <div className="stack">
              <h2>{t('referrals.link_made')}</h2>
              <HandLink speech={speech} address={fresh.address} />
              <p>{t('referrals.link_number')}</p>
              <p className="number-told" translate="no">
                {fresh.number}
              </p>
              <p className="small">{fresh.until}</p>
            </div>
          </Notice>
        </div>
      )}
      {link !== null && (
        <section className="group stack not-printed">
          <h2>{t('referrals.link')}</h2>
          <p>{link.text}</p>
          {link.isOpen && canWrite && (
            <div className="actions">
              <button type="button" className="button danger" onClick={props.end}>
                {t('referrals.link_end')}
              </button>
            </div>
          )}
        </section>
      )}
      <section className="group stack not-printed">
        <h2>{t('referrals.answers')}</h2>
        {answers.length === 0 && <p>{t('referrals.answers_none')}</p>}
        {answers.map((one) => (
          <div key={one.id} className="card">
            <p>{one.text}</p>
            {one.said !== null && (
              <p className="words" translate="no">
                {one.said}
              </p>
            )}
          </div>
        ))}
        {canWrite && (
          <Form speech={speech} button={t('referrals.answer_button')} draft={props.draft} submit={props.answer}>
            {() => (
              <>
                <Choice
                  name="answer"
                  label={t('referrals.answer')}
                  required
                  options={ReferralAnswerCode.options.map((value) => ({
                    value,
                    label: t(`referrals.answer.${value}`),
                  }))}
                />
                <Words name="said" label={t('referrals.answer_said')} rows={2} maxLength={2000} />
              </>
            )}
          </Form>
        )}
      </section>
    </Screen>
  )
}
