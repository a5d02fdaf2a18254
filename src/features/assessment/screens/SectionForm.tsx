import './assessment.css'
import { useRef } from 'react'
import type { Question } from '../../../core/questions.ts'
import type { Speech } from '../../../web/language.ts'
import { Choice, Choices, OnDay, Select, Text, When, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'
import { ToldBy } from '../sheet.ts'

/** A question with what is known to it already: shown with who said it and when, and asked again only on purpose. */
export type ShownQuestion = { question: Question; known: { text: string; who: string } | null }

type Props = {
  speech: Speech
  caseId: string
  title: string
  lead: string
  backHref: string
  backText: string
  questions: readonly ShownQuestion[]
  canSkip: boolean
  canStop: boolean
  /** Whether something known is answered differently now. */
  isAskedAgain: (values: FormValues) => boolean
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** One page of questions, about six; each may stay without an answer, and the three ways of having none are kept apart. */
export function SectionForm(props: Props) {
  const { speech, title, lead, questions, canSkip, canStop, isAskedAgain, start, draft, submit } = props
  const { t } = speech
  const stops = useRef<HTMLInputElement>(null)

  function stopHere() {
    const mark = stops.current
    if (mark?.form === null || mark === null) return
    mark.value = 'yes'
    // The form reads itself while it is being submitted; after that the mark must not stay for the next button.
    mark.form.requestSubmit()
    mark.value = ''
  }

  return (
    <Screen title={title} lead={lead}>
      <Form
        speech={speech}
        button={t('assessment.save_next')}
        start={start}
        draft={draft}
        submit={submit}
        aside={
          <>
            {canStop && (
              <button type="button" className="button second" onClick={stopHere}>
                {t('assessment.stop_here')}
              </button>
            )}
            <To href={props.backHref} className="line">
              {props.backText}
            </To>
          </>
        }
      >
        {(values) => {
          const isSkipped = one(values, 'notNeeded') === 'yes'
          return (
            <>
              <input ref={stops} type="hidden" name="stops" defaultValue="" />
              <div className="stack wide" hidden={isSkipped}>
                {questions.map((shown) => (
                  <Asked key={shown.question.id} {...shown} speech={speech} />
                ))}
                <div className="voice stack">
                  <Words
                    name="childSays"
                    label={t('assessment.child_says')}
                    hint={t('assessment.child_says_hint')}
                    maxLength={2000}
                  />
                  <OnDay name="childSaidOn" label={t('cases.child_said_on')} />
                </div>
                <Choice
                  name="toldBy"
                  label={t('assessment.told_by')}
                  required
                  across
                  options={ToldBy.options.map((value) => ({ value, label: t(`assessment.told_by.${value}`) }))}
                />
                <When
                  name="at"
                  label={t('assessment.heard_at')}
                  dayLabel={t('assessment.day')}
                  timeLabel={t('assessment.time')}
                  required
                />
              </div>
              {canSkip && <Skip speech={speech} />}
              {(isSkipped || isAskedAgain(values)) && (
                <Words
                  name="why"
                  label={t(isSkipped ? 'assessment.why_not_needed' : 'assessment.why_again')}
                  {...(isSkipped ? {} : { hint: t('assessment.why_again_hint') })}
                  required
                  rows={2}
                  maxLength={1000}
                />
              )}
              {canStop && !isSkipped && (
                <Text name="next" label={t('assessment.next')} hint={t('assessment.next_hint')} maxLength={500} />
              )}
            </>
          )
        }}
      </Form>
    </Screen>
  )
}

function Skip({ speech: { t } }: { speech: Speech }) {
  return (
    <Choices
      name="notNeeded"
      label={t('assessment.skip')}
      options={[{ value: 'yes', label: t('assessment.not_needed') }]}
    />
  )
}

function Asked({ question, known, speech }: ShownQuestion & { speech: Speech }) {
  const { t } = speech
  const label = speech.label(question.ask)
  if (known === null) return <Field question={question} speech={speech} />
  return (
    <div className="question">
      <h2 className="small">{label}</h2>
      {question.folded ? (
        <details className="folded">
          <summary>{t('assessment.folded')}</summary>
          <p className="words" translate="no">
            {known.text}
          </p>
        </details>
      ) : (
        <p className="words" translate="no">
          <b>{known.text}</b>
        </p>
      )}
      <p className="tiny">{known.who}</p>
      <details>
        <summary className="small">{t('assessment.ask_again')}</summary>
        <Field question={question} speech={speech} />
      </details>
    </div>
  )
}

/** More choices than this are the phone's own picker. */
const A_FEW = 7

function Field({ question: { id, kind, ask, hint, options }, speech }: { question: Question; speech: Speech }) {
  const { t, label } = speech
  const field = { name: `q.${id}`, label: label(ask), ...(hint === null ? {} : { hint: label(hint) }) }
  const choices = options.map((option) => ({ value: option.code, label: label(option.label) }))
  return (
    <div className="question">
      {kind === 'words' && <Words {...field} rows={2} />}
      {kind === 'text' && <Text {...field} />}
      {kind === 'date' && <OnDay {...field} />}
      {kind === 'choice' &&
        (choices.length > A_FEW ? (
          <Select {...field} options={choices} empty={t('field.choose')} />
        ) : (
          <Choice {...field} options={choices} />
        ))}
      {kind === 'choices' && <Choices {...field} options={choices} />}
      <div className="non-answer">
        <Select
          name={`none.${id}`}
          label={t('assessment.no_answer')}
          empty={t('assessment.none.not_asked_yet')}
          options={(['no_answer', 'not_known'] as const).map((value) => ({
            value,
            label: t(`assessment.none.${value}`),
          }))}
        />
      </div>
    </div>
  )
}
