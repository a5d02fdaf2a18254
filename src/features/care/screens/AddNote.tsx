import type { Speech } from '../../../web/language.ts'
import { Choice, OnDay, Text, Tick, When, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { NoteKind } from '../note.ts'

type Props = {
  speech: Speech
  alias: string
  isCorrection: boolean
  /** What the plan says of how a worker stays safe on a visit; null where it says nothing. */
  visitSafety: string | null
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

export const SOON = ['tomorrow', 'week', 'month', 'day'] as const

/** A note or visit in under a minute: how one was in touch, three prompts, and the next step as a task. */
export function AddNote({ speech, alias, isCorrection, visitSafety, start, draft, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={t(isCorrection ? 'care.note_correct_title' : 'care.note_title', { alias })}>
      {isCorrection && <Notice>{t('care.note_correct_lead')}</Notice>}
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {(values) => (
          <>
            <Choice
              name="kind"
              label={t('care.note_kind')}
              required
              across
              options={NoteKind.options.map((value) => ({ value, label: t(`care.kind.${value}`) }))}
            />
            {visitSafety !== null && one(values, 'kind') === 'home_visit' && (
              <Notice tone="due">
                <strong>{t('care.visit_safety')}</strong>
                <p translate="no" dir="auto" className="wrap">
                  {visitSafety}
                </p>
              </Notice>
            )}
            <Words name="howIsTheChild" label={t('care.note_child')} hint={t('notice.no_intelligence')} />
            <Words name="agreed" label={t('care.note_agreed')} rows={2} />
            <Words name="next" label={t('care.note_next')} rows={2} maxLength={1000} />
            <Tick name="makeTask" label={t('care.note_make_task')} />
            {one(values, 'makeTask') === 'yes' && <TaskWhen speech={speech} values={values} />}
            <Tick name="folded" label={t('care.note_fold')} />
            <details>
              <summary>{t('care.note_more')}</summary>
              <div className="stack wide">
                <When name="at" label={t('care.note_at')} dayLabel={t('care.day')} timeLabel={t('care.time')} />
                <Text
                  name="present"
                  label={t('care.note_present')}
                  hint={t('care.note_present_hint')}
                  maxLength={300}
                />
              </div>
            </details>
          </>
        )}
      </Form>
    </Screen>
  )
}

function TaskWhen({ speech: { t }, values }: { speech: Speech; values: FormValues }) {
  return (
    <>
      <Choice
        name="taskWhen"
        label={t('care.task_when')}
        required
        across
        options={SOON.map((value) => ({ value, label: t(`care.soon.${value}`) }))}
      />
      {one(values, 'taskWhen') === 'day' && <OnDay name="taskOn" label={t('care.task_on')} required />}
    </>
  )
}
