import './leaving.css'
import { type ReactNode, useEffect, useState } from 'react'
import { isLanguage, type Language, LANGUAGES, loadSpeech, onPaper, type Speech } from '../../../web/language.ts'
import { PrintButton } from '../../../web/ui/PrintButton.tsx'
import { Notice } from '../../../web/ui/Notice.tsx'
import { DraftMark } from '../../../web/ui/DraftMark.tsx'
import { PaperPhone } from '../../../web/ui/PaperPhone.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'

type Props = {
  speech: Speech
  alias: string
  /** While the case is open this is what the paper would say. */
  isOpen: boolean
  languages: readonly string[]
  /** Who hands out the paper, and the others that can open the file. */
  office: string
  holders: readonly string[]
  /** What is erased when, in a language. */
  erased: (speech: Speech) => readonly string[]
  later: (speech: Speech) => string | null
  /** Words made now; on this screen and the paper only. */
  code: string | null
  makeCode: (() => void) | null
  isMaking: boolean
  problem: string | null
  /** What the child's file says of its own wishes and plan, in a language. */
  own: (speech: Speech) => ReactNode
}

/**
 * What a child takes along when the work with it ends: its own copy, who holds another, what goes when, words to come
 * back with, and how to see and correct what is written without coming to the office.
 */
export function Leaving(props: Props) {
  const { speech, languages, code, makeCode, isMaking, problem } = props
  const { t, language: here } = speech
  const [language, choose] = useState<Language>(here)
  const [phone, setPhone] = useState('')
  const [theirs, setTheirs] = useState(() => onPaper(speech))
  useEffect(() => {
    let isWanted = true
    void loadSpeech(language, 'all').then((found) => isWanted && setTheirs(onPaper(found)))
    return () => {
      isWanted = false
    }
  }, [language])
  return (
    <Screen title={t('closure.leaving')} lead={t('closure.leaving_lead')}>
      <div className="stack not-printed">
        <label className="field">
          <span>{t('closure.leaving_language')}</span>
          <select value={language} onChange={(event) => isLanguage(event.target.value) && choose(event.target.value)}>
            {languages.filter(isLanguage).map((one) => (
              <option key={one} value={one} lang={one}>
                {LANGUAGES[one].name}
              </option>
            ))}
          </select>
        </label>
        <PaperPhone speech={speech} phone={phone} onPhone={setPhone} />
        {props.isOpen && <Notice tone="due">{t('closure.leaving_draft')}</Notice>}
        {problem !== null && <Notice tone="urgent">{problem}</Notice>}
        {code !== null && <Notice tone="due">{t('closure.code_once')}</Notice>}
        <div className="actions row">
          {makeCode !== null && (
            <button type="button" className="button second" aria-disabled={isMaking} onClick={makeCode}>
              {t(isMaking ? 'wait' : code === null ? 'closure.make_code' : 'closure.make_code_again')}
            </button>
          )}
          <PrintButton speech={speech} isFirst />
        </div>
      </div>
      <Page {...props} speech={theirs} phone={phone.trim()} />
    </Screen>
  )
}

function Page({ speech, alias, isOpen, office, holders, erased, later, code, own, phone }: Props & { phone: string }) {
  const { t, language, dir } = speech
  const day = later(speech)
  return (
    <article className="leaving" lang={language} dir={dir}>
      <h2>{t(isOpen ? 'closure.my_paper_draft' : 'closure.my_paper')}</h2>
      <DraftMark speech={speech} />
      {isOpen && <p className="draft">{t('closure.my_draft')}</p>}
      <p>{t(isOpen ? 'closure.my_hello_draft' : 'closure.my_hello')}</p>
      {own(speech)}
      <section>
        <h3>{t('closure.my_written')}</h3>
        <p>{t('closure.my_written_about')}</p>
      </section>
      <section>
        <h3>{t('closure.my_holders')}</h3>
        <p>{t('closure.my_we_have', { office })}</p>
        {holders.length > 0 && (
          <ul>
            {holders.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        )}
        <p>{t('closure.my_nobody_else')}</p>
      </section>
      <section>
        <h3>{t('closure.my_erased')}</h3>
        {isOpen && <p>{t('closure.my_erased_draft')}</p>}
        <ul>
          {erased(speech).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
      {day !== null && (
        <section>
          <h3>{t('closure.my_later')}</h3>
          <p>{day}</p>
        </section>
      )}
      <section>
        <h3>{t('closure.my_back')}</h3>
        <p>{t('closure.my_back_how')}</p>
        {phone !== '' && (
          <p className="code" dir="ltr">
            {phone}
          </p>
        )}
        <p>{t('closure.my_find')}</p>
        <p className="code" translate="no">
          {alias}
        </p>
        {code !== null && (
          <>
            <p>{t('closure.my_code')}</p>
            <p className="code" translate="no" dir="ltr">
              {code}
            </p>
            <p>{t('closure.my_code_keep')}</p>
          </>
        )}
      </section>
      <section>
        <h3>{t('closure.my_rights')}</h3>
        <p>{t('closure.my_rights_about')}</p>
      </section>
    </article>
  )
}
