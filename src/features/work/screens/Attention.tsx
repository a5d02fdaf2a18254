import type { Speech } from '../../../web/language.ts'
import { Choice, OnDay, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { AttentionReason } from '../attention.ts'

export type ShownAttention = { id: string; reason: string; words: string; about: string; end: (() => void) | null }

type Props = {
  speech: Speech
  alias: string
  standing: readonly ShownAttention[]
  over: readonly ShownAttention[]
  problem: string | null
  calling: { start: FormValues; draft: DraftKeeper; submit: (values: FormValues) => Promise<FormErrors | null> } | null
}

/** Asks colleagues to look at the work on a case, and ends what somebody has looked at. */
export function Attention({ speech, alias, standing, over, problem, calling }: Props) {
  const { t } = speech
  return (
    <Screen title={t('work.call_title', { alias })} lead={t('work.call_lead')}>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {standing.length > 0 && (
        <ul className="plain stack">
          {standing.map((one) => (
            <li key={one.id} className="card stack">
              <h2>{one.reason}</h2>
              <p translate="no">{one.words}</p>
              <p className="small">{one.about}</p>
              {one.end !== null && (
                <div className="actions">
                  <button type="button" className="button second" onClick={one.end}>
                    {t('work.looked')}
                  </button>
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {calling !== null && (
        <section className="group">
          <h2>{t('work.call_new')}</h2>
          <Form key={standing.length} speech={speech} button={t('work.call_button')} {...calling}>
            {() => (
              <>
                <Choice
                  name="reason"
                  label={t('work.call_reason')}
                  required
                  options={AttentionReason.options.map((value) => ({ value, label: t(`work.reason.${value}`) }))}
                />
                <Words
                  name="words"
                  label={t('work.call_words')}
                  hint={t('work.call_hint')}
                  required
                  rows={2}
                  maxLength={500}
                />
                <OnDay name="untilOn" label={t('work.call_until')} required />
              </>
            )}
          </Form>
        </section>
      )}
      {over.length > 0 && (
        <details className="group">
          <summary>{t('work.over', { count: over.length })}</summary>
          <ul className="plain stack">
            {over.map((one) => (
              <li key={one.id} className="card">
                <p>{one.reason}</p>
                <p className="small" translate="no">
                  {one.words}
                </p>
                <p className="tiny">{one.about}</p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Screen>
  )
}
