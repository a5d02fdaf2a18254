import { useState } from 'react'
import type { Language, Speech } from '../../../web/language.ts'
import { Text } from '../../../web/ui/Field.tsx'
import { Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'
import { HideScreen } from './HideScreen.tsx'
import { LanguageChoice } from './LanguageChoice.tsx'

export const SET_UP_STEPS = ['language', 'passphrase', 'repeat', 'pin', 'hide', 'download'] as const
type Step = (typeof SET_UP_STEPS)[number]

type Props = {
  speech: Speech
  languages: readonly Language[]
  speak: (language: Language) => void
  offer: () => string
  /** Why a chosen passphrase is not taken, in a sentence. */
  judge: (passphrase: string) => string | null
  same: (one: string, other: string) => boolean
  judgePin: (pin: string) => string | null
  cases: number
  /** Makes the device hold the cases; resolves with what stands in the way. */
  finish: (passphrase: string, pin: string | null) => Promise<string | null>
}

/** Sets up this device, once and with a line: how it is opened, how it is hidden, what it holds. */
export function SetUp(props: Props) {
  const { speech } = props
  const { t } = speech
  const [step, setStep] = useState<Step>('language')
  const [passphrase, setPassphrase] = useState(props.offer)
  const [pin, setPin] = useState<string | null>(null)
  const [isDone, setDone] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const at = SET_UP_STEPS.indexOf(step) + 1
  const next = () => setStep(SET_UP_STEPS[at] ?? step)

  if (isDone)
    return (
      <Screen title={t('access.set_up_done')} lead={t('access.device_holds', { count: props.cases })} plain>
        <p>{t('access.set_up_done_lead')}</p>
        <div className="actions">
          <To href="/" className="button">
            {t('access.go_to_work')}
          </To>
        </div>
        <p>
          <To href="/more/install" className="line">
            {t('access.install')}
          </To>
        </p>
      </Screen>
    )
  return (
    <Screen
      key={step}
      title={t(`access.set_up.${step}`)}
      lead={t('access.set_up_of', { at, of: SET_UP_STEPS.length })}
      plain
    >
      {step === 'language' && (
        <>
          <LanguageChoice speech={speech} offered={props.languages} choose={props.speak} />
          <GoOn text={t('access.go_on')} go={next} />
        </>
      )}
      {step === 'passphrase' && (
        <Passphrase
          {...props}
          passphrase={passphrase}
          another={() => setPassphrase(props.offer())}
          taken={(words) => {
            setPassphrase(words)
            next()
          }}
        />
      )}
      {step === 'repeat' && (
        <Form
          speech={speech}
          button={t('access.go_on')}
          submit={async (values) => {
            if (!props.same(one(values, 'repeated'), passphrase)) return { repeated: t('access.not_the_same') }
            next()
            return null
          }}
          aside={
            <button type="button" className="linkish" onClick={() => setStep('passphrase')}>
              {t('access.see_again')}
            </button>
          }
        >
          {() => (
            <Text
              name="repeated"
              label={t('lock.passphrase')}
              hint={t('access.repeat_hint')}
              type="password"
              required
            />
          )}
        </Form>
      )}
      {step === 'pin' && (
        <Form
          speech={speech}
          button={t('access.go_on')}
          submit={async (values) => {
            const wrong = wrongPin(values, props.judgePin)
            if (wrong !== null) return wrong
            setPin(one(values, 'pin'))
            next()
            return null
          }}
          aside={
            <button
              type="button"
              className="linkish"
              onClick={() => {
                setPin(null)
                next()
              }}
            >
              {t('access.no_pin')}
            </button>
          }
        >
          {() => (
            <Text
              name="pin"
              label={t('lock.pin')}
              hint={t('access.pin_hint')}
              type="password"
              inputMode="numeric"
              short
              required
              maxLength={12}
            />
          )}
        </Form>
      )}
      {step === 'hide' && (
        <>
          <HideScreen speech={speech} />
          <GoOn text={t('access.go_on')} go={next} />
        </>
      )}
      {step === 'download' && (
        <>
          <p>{t('access.download_lead')}</p>
          {problem !== null && (
            <Notice tone="urgent" live>
              {problem}
            </Notice>
          )}
          <GoOn
            text={t(isBusy ? 'access.downloading' : 'access.download', { count: props.cases })}
            busy={isBusy}
            go={() => {
              if (isBusy) return
              setBusy(true)
              void props.finish(passphrase, pin).then((found) => {
                setBusy(false)
                setProblem(found)
                setDone(found === null)
              })
            }}
          />
        </>
      )}
    </Screen>
  )
}

function wrongPin(values: FormValues, judge: Props['judgePin']): FormErrors | null {
  const wrong = judge(one(values, 'pin'))
  return wrong === null ? null : { pin: wrong }
}

function GoOn({ text, go, busy = false }: { text: string; go: () => void; busy?: boolean }) {
  return (
    <div className="actions">
      <button type="button" className="button" aria-disabled={busy} onClick={go}>
        {text}
      </button>
    </div>
  )
}

type PassphraseProps = Pick<Props, 'speech' | 'judge'> & {
  passphrase: string
  another: () => void
  taken: (words: string) => void
}

/** Made-up words are offered; whoever prefers her own may, if they are hard to guess. */
function Passphrase({ speech, passphrase, judge, another, taken }: PassphraseProps) {
  const { t } = speech
  const [isOwn, setOwn] = useState(false)
  if (isOwn)
    return (
      <Form
        speech={speech}
        button={t('access.go_on')}
        submit={async (values) => {
          const wrong = judge(one(values, 'own'))
          if (wrong !== null) return { own: wrong }
          taken(one(values, 'own'))
          return null
        }}
        aside={
          <button type="button" className="linkish" onClick={() => setOwn(false)}>
            {t('access.made_words')}
          </button>
        }
      >
        {() => <Text name="own" label={t('access.own_passphrase')} hint={t('access.own_hint')} required />}
      </Form>
    )
  return (
    <div className="stack">
      <p>{t('access.passphrase_lead')}</p>
      <ol className="passphrase" translate="no" dir="ltr">
        {passphrase.split(' ').map((word, at) => (
          <li key={`${at}-${word}`}>{word}</li>
        ))}
      </ol>
      <p className="small">{t('access.passphrase_care')}</p>
      <div className="row actions">
        <button type="button" className="button" onClick={() => taken(passphrase)}>
          {t('access.written_down')}
        </button>
        <button type="button" className="button second" onClick={another}>
          {t('access.other_words')}
        </button>
      </div>
      <p>
        <button type="button" className="linkish" onClick={() => setOwn(true)}>
          {t('access.own_words')}
        </button>
      </p>
    </div>
  )
}
