import './copy.css'
import { useEffect, useState } from 'react'
import { isLanguage, type Language, LANGUAGES, loadSpeech, type Speech } from '../../../web/language.ts'
import { DraftMark } from '../../../web/ui/DraftMark.tsx'
import { PaperPhone } from '../../../web/ui/PaperPhone.tsx'
import { PrintButton } from '../../../web/ui/PrintButton.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { PRINTS_NAME } from '../../cases/screens/on-paper.ts'

export type CopyGoal = { id: string; words: string; isDone: boolean; actions: { id: string; text: string }[] }

type Props = {
  speech: Speech
  alias: string
  callName: string | null
  languages: readonly string[]
  wants: string | null
  goals: (speech: Speech) => readonly CopyGoal[]
  safety: string | null
  review: (speech: Speech) => string | null
}

/**
 * One page for the child to take home, in a language of its own: large words, no codes, and nothing that says what
 * office it comes from. The child's and the worker's own words stand as they were written.
 */
export function Copy(props: Props) {
  const { t, language: here } = props.speech
  const [language, choose] = useState<Language>(here)
  const [withName, setWithName] = useState(false)
  const [withAlias, setWithAlias] = useState(false)
  const [phone, setPhone] = useState('')
  const [theirs, setTheirs] = useState(props.speech)
  useEffect(() => {
    let isWanted = true
    void loadSpeech(language, 'all').then((speech) => isWanted && setTheirs(speech))
    return () => {
      isWanted = false
    }
  }, [language])
  return (
    <Screen title={t('care.copy')} lead={t('care.copy_lead')}>
      <div className="stack not-printed">
        <label className="field">
          <span>{t('care.copy_language')}</span>
          <select value={language} onChange={(event) => isLanguage(event.target.value) && choose(event.target.value)}>
            {props.languages.filter(isLanguage).map((one) => (
              <option key={one} value={one} lang={one}>
                {LANGUAGES[one].name}
              </option>
            ))}
          </select>
        </label>
        {props.callName !== null && (
          <label className="option">
            <input type="checkbox" checked={withName} onChange={(event) => setWithName(event.target.checked)} />
            <span>{t('care.copy_name')}</span>
          </label>
        )}
        <label className="option">
          <input type="checkbox" checked={withAlias} onChange={(event) => setWithAlias(event.target.checked)} />
          <span>{t('care.copy_alias')}</span>
        </label>
        <PaperPhone speech={props.speech} phone={phone} onPhone={setPhone} />
        <div className="actions">
          <PrintButton speech={props.speech} isFirst />
        </div>
      </div>
      <Page
        {...props}
        speech={theirs}
        name={[withName ? props.callName : null, withAlias ? props.alias : null]}
        isNamed={withName}
        phone={phone.trim()}
      />
    </Screen>
  )
}

function Page({
  speech,
  name,
  isNamed,
  wants,
  goals,
  safety,
  review,
  phone,
}: Props & { name: (string | null)[]; isNamed: boolean; phone: string }) {
  const { t, language, dir } = speech
  const shown = name.filter((one) => one !== null).join(' · ')
  const day = review(speech)
  return (
    <article className="my-plan" lang={language} dir={dir}>
      <h2>{t('care.my_plan')}</h2>
      <DraftMark speech={speech} />
      {shown !== '' && (
        <p translate="no" className={isNamed ? PRINTS_NAME : undefined}>
          {shown}
        </p>
      )}
      {wants !== null && (
        <section>
          <h3>{t('care.my_wants')}</h3>
          <p className="words" translate="no">
            {wants}
          </p>
        </section>
      )}
      <section>
        <h3>{t('care.my_goals')}</h3>
        <ul>
          {goals(speech).map((goal) => (
            <li key={goal.id} className={goal.isDone ? 'done' : ''}>
              <p className="words" translate="no">
                <b>{goal.words}</b>
                {goal.isDone && <span> · {t('care.my_done')}</span>}
              </p>
              <ul>
                {goal.actions.map((action) => (
                  <li key={action.id} className="words" translate="no">
                    {action.text}
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </section>
      {safety !== null && (
        <section>
          <h3>{t('care.my_safety')}</h3>
          <p className="words" translate="no">
            {safety}
          </p>
        </section>
      )}
      {phone !== '' && (
        <section>
          <h3>{t('care.my_call')}</h3>
          <p dir="ltr" translate="no">
            <b>{phone}</b>
          </p>
        </section>
      )}
      {day !== null && <p>{t('care.my_review', { day })}</p>}
      <p>{t('care.my_rights')}</p>
    </article>
  )
}
