import type { Speech } from '../../../web/language.ts'
import { Choice, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { ForWhom } from '../question.ts'

/** Something said in a thread: who, when, and the words. */
export type Said = { id: string; who: string; words: string }
export type ShownThread = { question: Said; forWhom: string; answers: readonly Said[] }

type Props = {
  speech: Speech
  alias: string
  threads: readonly ShownThread[]
  isFetching: boolean
  problem: string | null
  /** Null where the case is closed: what was asked can be read, and nothing is added. */
  asking: { start: FormValues; draft: DraftKeeper; submit: (values: FormValues) => Promise<FormErrors | null> } | null
  /** The form of an answer to one question. */
  answering: (questionId: string) => NonNullable<Props['asking']>
}

/** Questions about a child's case among those who may open it, with their answers; none of it leaves the file. */
export function Ask({ speech, alias, threads, isFetching, problem, asking, answering }: Props) {
  const { t } = speech
  return (
    <Screen title={t('work.ask_title', { alias })} lead={t('work.ask_lead')}>
      {problem !== null && <p role="status">{problem}</p>}
      {isFetching && <p role="status">{t('wait')}</p>}
      {threads.length > 0 && (
        <ul className="plain stack">
          {threads.map(({ question, forWhom, answers }) => (
            <li key={question.id} className="card stack">
              <div className="spread">
                <p className="small">
                  {question.who} · {forWhom}
                </p>
                {answers.length === 0 && <Status tone="due">{t('work.unanswered')}</Status>}
              </div>
              <p translate="no">{question.words}</p>
              {answers.map((answer) => (
                <div key={answer.id} className="voice">
                  <p translate="no">{answer.words}</p>
                  <p className="small">{answer.who}</p>
                </div>
              ))}
              {asking !== null && (
                <details>
                  <summary>{t('work.answer')}</summary>
                  <Form
                    key={answers.length}
                    speech={speech}
                    button={t('work.answer_button')}
                    {...answering(question.id)}
                  >
                    {() => <Words name="words" label={t('work.answer_words')} required maxLength={2000} />}
                  </Form>
                </details>
              )}
            </li>
          ))}
        </ul>
      )}
      {!isFetching && threads.length === 0 && problem === null && <p>{t('work.nothing_asked')}</p>}
      {asking !== null && (
        <section className="group">
          <h2>{t('work.ask_new')}</h2>
          <Form key={threads.length} speech={speech} button={t('work.ask_button')} {...asking}>
            {() => (
              <>
                <Choice
                  name="forWhom"
                  label={t('work.for_whom')}
                  required
                  across
                  options={ForWhom.options.map((value) => ({ value, label: t(`work.for.${value}`) }))}
                />
                <Words name="words" label={t('work.ask_words')} hint={t('work.ask_hint')} required maxLength={2000} />
              </>
            )}
          </Form>
        </section>
      )}
    </Screen>
  )
}
