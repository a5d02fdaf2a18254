import { useEffect, useState } from 'react'
import type { Instant } from '../../../core/time.ts'
import { type Api, codeOf } from '../../../web/api.ts'
import { isLanguage, LANGUAGES, loadSpeech, type Speech, speakOnPage } from '../../../web/language.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { Text } from '../../../web/ui/Field.tsx'
import { Form } from '../../../web/ui/Form.tsx'
import { one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import type { Piece } from '../letter.ts'
import { Letter } from './Letter.tsx'

type Opened = { piece: Piece; endsAt: string; answer: string | null }
type Head = Extract<Piece, { at: 0 }>['head']
type Lines = Extract<Piece, { at: 1 }>['lines']

type Props = { secret: string; post: Api['post']; now: () => Instant; first: Speech }

/** How often the page asks whether it may still be read. */
const ASK_AGAIN_MS = 20_000
const ANSWERS = ['accepted', 'asked', 'declined'] as const

/**
 * A letter as somebody without an account reads it: the number first, then who asks and for what, then what is told of the
 * child. Each step is asked for anew, and while it stands open the page keeps asking, so that a yes that is taken back takes
 * the words away.
 */
export function ReadLetterPage({ secret, post, now, first }: Props) {
  const [speech, speak] = useState(first)
  const [number, setNumber] = useState('')
  const [head, setHead] = useState<Head | null>(null)
  const [lines, setLines] = useState<Lines | null>(null)
  const [isRead, setRead] = useState(false)
  const [answered, setAnswered] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(secret === '' ? 'letter_unknown' : null)
  // The reader's own: a day here is a day there.
  const [timeZone] = useState(() => new Intl.DateTimeFormat().resolvedOptions().timeZone)
  const { t } = speech
  useEffect(() => speakOnPage(document, speech), [speech])
  /** Answers the code of what stood in the way, or null. */
  async function attempt(work: () => Promise<void>): Promise<string | null> {
    try {
      await work()
      return null
    } catch (error) {
      const code = codeOf(error)
      // A broken line takes nothing away; a refusal does, and says why.
      if (code !== 'no_connection' && code !== 'letter_wrong_number') {
        setHead(null)
        setLines(null)
        setProblem(code)
      }
      return code
    }
  }
  const ask = (at: 0 | 1, told: string) =>
    attempt(async () => {
      const { piece, answer } = (await post('/api/letter/open', { secret, number: told, at })) as Opened // our own server's schema
      if (piece.at === 0) setHead(piece.head)
      else setLines(piece.lines)
      setAnswered(answer)
    })
  const done = () =>
    attempt(async () => void (await post('/api/letter/done', { secret, number }))).then(
      (code) => code === null && setRead(true),
    )
  const say = (answer: (typeof ANSWERS)[number]) =>
    attempt(async () => {
      await post('/api/letter/answer', { secret, number, answer })
      setAnswered(answer)
    })

  useEffect(() => {
    if (head === null || isRead || problem !== null) return undefined
    const timer = window.setInterval(() => void ask(0, number), ASK_AGAIN_MS)
    return () => window.clearInterval(timer)
  })

  return (
    <main className="stack wide letter-page">
      <div className="spread">
        <h1>{t('letter.title')}</h1>
        <label>
          <span className="tiny">{t('letter.language')}</span>
          <select
            value={speech.language}
            onChange={(event) => {
              const language = event.target.value
              if (isLanguage(language)) void loadSpeech(language, 'door').then(speak)
            }}
          >
            {Object.entries(LANGUAGES).map(([language, { name }]) => (
              <option key={language} value={language} lang={language}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      {problem !== null && (
        <Notice tone="due" live>
          {errorText(speech, problem)}
        </Notice>
      )}
      {problem === null && head === null && (
        <>
          <p>{t('letter.lead')}</p>
          <Form
            speech={speech}
            button={t('letter.open')}
            submit={async (values) => {
              const told = one(values, 'number').replaceAll(/\D/g, '')
              if (told.length !== 6) return { number: t('letter.number_six') }
              const code = await ask(0, told)
              if (code !== null) return { number: errorText(speech, code) }
              setNumber(told)
              return null
            }}
          >
            {() => (
              <Text
                name="number"
                label={t('letter.number')}
                hint={t('letter.number_hint')}
                inputMode="numeric"
                short
                required
                maxLength={9}
              />
            )}
          </Form>
        </>
      )}
      {head !== null && (
        <>
          {!isRead && <Notice>{t('letter.once')}</Notice>}
          <Letter speech={speech} timeZone={timeZone} now={now()} head={head} lines={lines} />
          {lines === null && (
            <div className="actions row not-printed">
              <button type="button" className="button" onClick={() => void ask(1, number)}>
                {t('letter.read_on')}
              </button>
            </div>
          )}
          {lines !== null && answered === null && (
            <section className="group stack not-printed">
              <h2>{t('letter.your_answer')}</h2>
              <div className="actions row">
                {ANSWERS.map((answer) => (
                  <button key={answer} type="button" className="button second" onClick={() => void say(answer)}>
                    {t(`letter.answer.${answer}`)}
                  </button>
                ))}
              </div>
            </section>
          )}
          {answered !== null && <Notice tone="ok">{t('letter.answered')}</Notice>}
          {lines !== null && !isRead && (
            <div className="actions row not-printed">
              <button type="button" className="button" onClick={() => void done()}>
                {t('letter.done')}
              </button>
            </div>
          )}
          {isRead && <Notice tone="ok">{t('letter.is_read')}</Notice>}
        </>
      )}
      <p className="small">{t('letter.keep_safe')}</p>
    </main>
  )
}
