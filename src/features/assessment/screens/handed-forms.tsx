import { Risk } from '../../../core/case-steps.ts'
import type { Speech } from '../../../web/language.ts'
import { Choice, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'
import { ChildSays } from '../../cases/screens/ChildSays.tsx'

type Props = {
  speech: Speech
  caseId: string
  alias: string
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** The choices of the one scale there is: risk of harm to the child. */
export function riskOptions({ t }: Speech) {
  return Risk.options.map((value) => ({
    value,
    label: t(`assessment.risk.${value}`),
    hint: t(`assessment.risk_means.${value}`),
  }))
}

/** What the worker concludes, beside the child's own words to it. */
export function ConcludeForm({ speech, alias, start, draft, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={t('assessment.conclude_title', { alias })} lead={t('assessment.conclude_lead')}>
      <Form speech={speech} button={t('assessment.hand_in')} start={start} draft={draft} submit={submit}>
        {(values) => (
          <>
            <ChildSays
              speech={speech}
              values={values}
              label={t('assessment.child_on_it')}
              hint={t('assessment.child_on_it_hint')}
              silences={['no_answer', 'not_known']}
            />
            <Words
              name="conclusion"
              label={t('assessment.conclusion')}
              hint={t('assessment.conclusion_hint')}
              required
              rows={6}
            />
            <Choice
              name="harmToChild"
              label={t('assessment.risk_question')}
              hint={t('assessment.risk_hint')}
              required
              options={riskOptions(speech)}
            />
          </>
        )}
      </Form>
    </Screen>
  )
}

/** A supervisor's word to an assessment, beside the child's own: approved, or returned with a reason. */
export function AnswerForm({ speech, caseId, alias, voice, start, draft, submit }: Props & { voice: string }) {
  const { t } = speech
  return (
    <Screen title={t('assessment.answer_title', { alias })} lead={t('assessment.answer_lead')}>
      <section className="group">
        <h2>{t('assessment.child_on_it')}</h2>
        <div className="voice">
          <p className="words" translate="no">
            {voice}
          </p>
        </div>
      </section>
      <Form
        speech={speech}
        button={t('assessment.answer_button')}
        start={start}
        draft={draft}
        submit={submit}
        aside={
          <To href={`/cases/${caseId}/assessment/read`} className="line">
            {t('assessment.read_all')}
          </To>
        }
      >
        {(values) => (
          <>
            <Choice
              name="decision"
              label={t('assessment.answer')}
              required
              options={(['approved', 'returned'] as const).map((value) => ({
                value,
                label: t(`assessment.answer.${value}`),
              }))}
            />
            <Words
              name="reason"
              label={t('assessment.answer_reason')}
              hint={t('assessment.answer_reason_hint')}
              required={one(values, 'decision') === 'returned'}
              maxLength={2000}
            />
          </>
        )}
      </Form>
    </Screen>
  )
}

/** Another assessment of the same child: the earlier one stays, and somebody says why it is done again. */
export function AgainForm({ speech, alias, start, draft, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={t('assessment.again_title', { alias })} lead={t('assessment.again_lead')}>
      <Form speech={speech} button={t('assessment.again')} start={start} draft={draft} submit={submit}>
        {() => (
          <Words
            name="why"
            label={t('assessment.again_why')}
            hint={t('assessment.again_why_hint')}
            required
            rows={2}
            maxLength={1000}
          />
        )}
      </Form>
    </Screen>
  )
}
