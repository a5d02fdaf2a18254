import { useState } from 'react'
import { isLanguage, type Speech } from '../../../web/language.ts'
import { Choice, OnDay, type Option, Select, Text, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { AdultAnswer, ChildAnswer } from '../consent.ts'
import { PlainView } from './PlainView.tsx'

type Props = {
  speech: Speech
  alias: string
  lists: { purposes: Option[]; recipients: Option[]; languages: Option[]; reasons: Option[] }
  /** The text that is shown for a purpose in a language; null where the country has none. */
  textOf: (purpose: string, language: string) => string | null
  /** How far a yes to this body can open the file. */
  reachOf: (recipient: string) => 'parts' | 'words' | 'nothing'
  /** Who must be asked for a child of this age, as a sentence. */
  needed: string
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** Asks a child and its carer one question: first the text, turned to them, then what they said. */
export function AskConsent({ speech, alias, lists, textOf, reachOf, needed, start, draft, submit }: Props) {
  const { t } = speech
  const [isTurned, turn] = useState(false)
  return (
    <Screen title={t('referrals.ask_title', { alias })} lead={t('referrals.ask_lead')}>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {(values) => {
          const language = one(values, 'language')
          const recipient = one(values, 'recipient')
          const text = textOf(one(values, 'purpose'), language)
          const reach = recipient === '' ? null : reachOf(recipient)
          const named = [one(values, 'organisation'), labelOf(lists.recipients, recipient)].filter(
            (part) => part !== '',
          )
          return (
            <>
              <Select
                name="purpose"
                label={t('referrals.purpose')}
                required
                options={lists.purposes}
                empty={t('field.choose')}
              />
              <Select
                name="recipient"
                label={t('referrals.recipient')}
                hint={t('referrals.recipient_hint')}
                options={lists.recipients}
                empty={t('referrals.recipient_none')}
              />
              {reach === 'nothing' && <Notice tone="due">{t('referrals.reach_nothing')}</Notice>}
              {reach === 'words' && <Notice>{t('referrals.reach_words')}</Notice>}
              <Text name="organisation" label={t('referrals.organisation')} hint={t('referrals.organisation_hint')} />
              <Select
                name="language"
                label={t('referrals.language')}
                required
                options={lists.languages}
                empty={t('field.choose')}
              />
              {text === null ? (
                <p className="small">{t('referrals.text_first')}</p>
              ) : (
                <section className="card stack">
                  <h2>{t('referrals.text')}</h2>
                  <p className="words" lang={language}>
                    {text}
                  </p>
                  <div className="actions">
                    <button type="button" className="button" onClick={() => turn(true)}>
                      {t('referrals.turn')}
                    </button>
                  </div>
                </section>
              )}
              {isTurned && text !== null && isLanguage(language) && (
                <PlainView
                  speech={speech}
                  language={language}
                  text={text}
                  to={named.length === 0 ? null : named.join(' · ')}
                  answer={choose}
                  close={() => turn(false)}
                />
              )}
              <p className="small">{needed}</p>
              <Choice
                name="child"
                label={t('referrals.child')}
                required
                options={ChildAnswer.options.map((value) => ({ value, label: t(`referrals.child.${value}`) }))}
              />
              <Words name="childSaid" label={t('referrals.child_said')} hint={t('notice.no_intelligence')} rows={2} />
              <Choice
                name="adult"
                label={t('referrals.adult')}
                hint={t('referrals.adult_hint')}
                required
                options={AdultAnswer.options.map((value) => ({ value, label: t(`referrals.adult.${value}`) }))}
              />
              {['agrees', 'refuses'].includes(one(values, 'adult')) && (
                <Choice
                  name="adultIs"
                  label={t('referrals.adult_is')}
                  required
                  across
                  options={(['parent_or_carer', 'guardian'] as const).map((value) => ({
                    value,
                    label: t(`referrals.adult_is.${value}`),
                  }))}
                />
              )}
              {(one(values, 'child') === 'refuses' || one(values, 'adult') === 'refuses') && (
                <>
                  <Notice tone="ok">{t('referrals.no_is_fine')}</Notice>
                  <Select
                    name="withheld"
                    label={t('referrals.withheld')}
                    options={lists.reasons}
                    empty={t('referrals.withheld_none')}
                  />
                </>
              )}
              <Text name="explainedBy" label={t('referrals.explained_by')} required maxLength={120} />
              <OnDay name="endsOn" label={t('referrals.ends_on')} hint={t('referrals.ends_on_hint')} />
            </>
          )
        }}
      </Form>
    </Screen>
  )
}

function labelOf(options: readonly Option[], value: string): string {
  return options.find((option) => option.value === value)?.label ?? ''
}

/** What the child pressed is what the form holds; the browser tells the form as if it had been pressed there. */
function choose(said: ChildAnswer): void {
  document.querySelector<HTMLInputElement>(`input[name="child"][value="${said}"]`)?.click()
}
