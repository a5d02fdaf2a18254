import type { Speech } from '../../../web/language.ts'
import { Choice, OnDay, type Option, Select, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { FileAnswer } from '../review.ts'

type Props = {
  speech: Speech
  alias: string
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** What was talked about with a worker: about the work, and never about her health. */
export function TalkForm({ speech, alias, people, start, draft, submit }: Props & { people: readonly Option[] }) {
  const { t } = speech
  return (
    <Screen title={t('supervision.note_title', { alias })} lead={t('supervision.note_lead')}>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {() => (
          <>
            <Select
              name="withId"
              label={t('supervision.with')}
              required
              options={people}
              empty={t('supervision.with_empty')}
            />
            <OnDay name="heldOn" label={t('supervision.held_on')} required />
            <Words name="talked" label={t('supervision.talked')} hint={t('supervision.talked_hint')} required />
            <Words name="agreed" label={t('supervision.agreed')} maxLength={2000} rows={2} />
            <Words name="needed" label={t('supervision.needed')} maxLength={1000} rows={2} />
            <OnDay name="nextOn" label={t('supervision.next_on')} />
            <Notice>{t('supervision.no_health')}</Notice>
          </>
        )}
      </Form>
    </Screen>
  )
}

/** What a file shows, question by question, in words; what is missing gets a day, or a talk. */
export function ReviewForm({
  speech,
  alias,
  questions,
  start,
  draft,
  submit,
}: Props & { questions: readonly Option[] }) {
  const { t } = speech
  return (
    <Screen title={t('supervision.file_title', { alias })} lead={t('supervision.file_lead')}>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {(values) => (
          <>
            {questions.map(({ value, label }) => (
              <Choice
                key={value}
                name={`q.${value}`}
                label={label}
                across
                options={FileAnswer.options.map((answer) => ({
                  value: answer,
                  label: t(`supervision.answer.${answer}`),
                }))}
              />
            ))}
            <Words
              name="good"
              label={t('supervision.good')}
              hint={t('supervision.good_hint')}
              rows={2}
              maxLength={2000}
            />
            <Words
              name="found"
              label={t('supervision.found')}
              hint={t('supervision.found_hint')}
              rows={2}
              maxLength={2000}
            />
            {one(values, 'found') !== '' && (
              <Choice
                name="after"
                label={t('supervision.then')}
                required
                options={(['put_right', 'talk'] as const).map((value) => ({
                  value,
                  label: t(`supervision.then.${value}`),
                }))}
              />
            )}
            {one(values, 'found') !== '' && one(values, 'after') === 'put_right' && (
              <OnDay name="putRightBy" label={t('supervision.put_right_by')} required />
            )}
          </>
        )}
      </Form>
    </Screen>
  )
}

/** What was done about it, in the worker's words. */
export function PutRightForm({ speech, alias, found, start, draft, submit }: Props & { found: string }) {
  const { t } = speech
  return (
    <Screen title={t('supervision.put_right_title', { alias })}>
      <section className="group">
        <h2>{t('supervision.found')}</h2>
        <p className="words card" translate="no">
          {found}
        </p>
      </section>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {() => (
          <Words
            name="done"
            label={t('supervision.done')}
            hint={t('supervision.done_hint')}
            required
            maxLength={2000}
          />
        )}
      </Form>
    </Screen>
  )
}
