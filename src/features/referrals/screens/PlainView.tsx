import './consent.css'
import { useEffect, useRef, useState } from 'react'
import { type Language, loadSpeech, type Speech } from '../../../web/language.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import type { ChildAnswer } from '../consent.ts'
import { readAloud, stopReading } from './read-aloud.ts'

type Props = {
  speech: Speech
  language: Language
  /** What is asked, the very text that goes into the ledger, and of whom it speaks. */
  text: string
  to: string | null
  answer: (said: ChildAnswer) => void
  close: () => void
}

/** The screen as it is turned to the child and the carer: large words in their language, no codes, no name, three answers. */
export function PlainView({ speech, language, text, to, answer, close }: Props) {
  const [theirs, setTheirs] = useState(speech)
  const [hasNoVoice, setNoVoice] = useState(false)
  const words = useRef<HTMLDivElement>(null)
  // What is read stands on top, and not the first button.
  useEffect(() => words.current?.focus(), [])
  useEffect(() => {
    let isWanted = true
    void loadSpeech(language, 'all').then((found) => isWanted && setTheirs(found))
    return () => {
      isWanted = false
      stopReading()
    }
  }, [language])
  const { t, dir } = theirs
  const say = (said: ChildAnswer) => () => {
    answer(said)
    close()
  }
  return (
    <Dialog title={t('referrals.plain_title')} onClose={close} overAll>
      <div ref={words} className="plain-view" lang={language} dir={dir} tabIndex={-1}>
        {to !== null && (
          <p translate="no">
            <b>{to}</b>
          </p>
        )}
        <p className="text">{text}</p>
        <div className="row">
          <button type="button" className="button second" onClick={() => setNoVoice(!readAloud(text, language))}>
            {t('referrals.read_aloud')}
          </button>
        </div>
        {hasNoVoice && <p role="status">{t('referrals.no_voice')}</p>}
        <div className="answers">
          <button type="button" className="button second" onClick={say('agrees')}>
            <span className="sign" aria-hidden="true">
              ✓
            </span>
            {t('referrals.plain.yes')}
          </button>
          <button type="button" className="button second" onClick={say('refuses')}>
            <span className="sign" aria-hidden="true">
              ✕
            </span>
            {t('referrals.plain.no')}
          </button>
          <button type="button" className="button second" onClick={close}>
            <span className="sign" aria-hidden="true">
              …
            </span>
            {t('referrals.plain.wait')}
          </button>
        </div>
      </div>
    </Dialog>
  )
}
