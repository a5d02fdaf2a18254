import type { Speech } from '../../../web/language.ts'
import { Choice, OnDay, type Option, Select, Text, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'

type Props = {
  speech: Speech
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

const choices = <Value extends string>(values: readonly Value[], label: (value: Value) => string) =>
  values.map((value) => ({ value, label: label(value) }))

/** Whom a child looks for, and whether it wants to. */
export function TracingForm(props: Props & { alias: string; relations: Option[]; states: Option[] }) {
  const { speech, alias, relations, states, start, draft, submit } = props
  const { t } = speech
  return (
    <Screen title={t('family.tracing_form', { alias })} lead={t('family.tracing_form_lead')}>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {() => (
          <>
            <Text name="whom" label={t('family.whom')} required maxLength={300} />
            <Select name="relation" label={t('family.relation')} required options={relations} empty="–" />
            <Choice
              name="childWants"
              label={t('family.child_wants')}
              required
              options={choices(['yes', 'no', 'not_asked_yet', 'no_answer'] as const, (each) =>
                t(`family.wants.${each}`),
              )}
            />
            <Select name="state" label={t('family.tracing_state')} required options={states} empty="–" />
            <Text name="next" label={t('family.next')} maxLength={300} />
            <OnDay name="nextOn" label={t('family.next_on')} />
            <Words name="outcome" label={t('family.outcome')} rows={2} maxLength={1000} />
          </>
        )}
      </Form>
    </Screen>
  )
}

export function StepForm({ speech, start, draft, submit, actions }: Props & { actions: Option[] }) {
  const { t } = speech
  return (
    <Screen title={t('family.add_step')}>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {() => (
          <>
            <Choice name="action" label={t('family.step_what')} required options={actions} />
            <OnDay name="doneOn" label={t('family.done_on')} required />
            <Choice
              name="cameOfIt"
              label={t('family.came_of_it')}
              required
              options={choices(['nothing_yet', 'a_trace', 'found', 'would_rather_not'] as const, (each) =>
                t(`family.came.${each}`),
              )}
            />
            <Words name="words" label={t('family.step_words')} maxLength={2000} />
          </>
        )}
      </Form>
    </Screen>
  )
}

/** Both are asked apart, and what they say is compared, before anybody is brought anywhere. */
export function VerifyForm({ speech, start, draft, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={t('family.verify')} lead={t('family.verify_lead')}>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {() => (
          <>
            <Words name="childSays" label={t('family.child_says')} hint={t('family.apart')} maxLength={2000} />
            <Words name="familySays" label={t('family.family_says')} hint={t('family.apart')} maxLength={2000} />
            <Words name="how" label={t('family.verified_how')} required maxLength={2000} />
            <OnDay name="doneOn" label={t('family.done_on')} required />
            <Choice
              name="isFamily"
              label={t('family.is_family')}
              required
              options={choices(['yes', 'no'] as const, (each) => t(`family.is_family.${each}`))}
            />
          </>
        )}
      </Form>
    </Screen>
  )
}

export function ReunifyForm({
  speech,
  start,
  draft,
  submit,
  caseId,
  kinds,
  isVerified,
  needsWeighing,
  latestVisit,
}: Props & {
  caseId: string
  kinds: Option[]
  isVerified: boolean
  /** Whether what is best for the child has to be written down before this. */
  needsWeighing: (kind: string) => boolean
  /** Until when somebody sees the child, as a day in words. */
  latestVisit: (values: FormValues) => string | null
}) {
  const { t } = speech
  return (
    <Screen title={t('family.reunify')} lead={t('family.reunify_lead')}>
      {!isVerified && <Notice tone="due">{t('family.not_verified')}</Notice>}
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {(values) => (
          <>
            <Choice name="kind" label={t('family.reunify_kind')} required options={kinds} />
            {needsWeighing(one(values, 'kind')) && (
              <Notice tone="due" live>
                <p>{t('refused.needs_best_interests')}</p>
                <p>
                  <To href={`/cases/${caseId}/best-interests/new`} className="line">
                    {t('family.weigh')}
                  </To>
                </p>
              </Notice>
            )}
            <Choice
              name="childAgrees"
              label={t('family.child_agrees')}
              required
              options={choices(['agrees', 'disagrees', 'no_answer', 'not_asked_yet'] as const, (each) =>
                t(`family.agrees.${each}`),
              )}
            />
            <Words name="childSays" label={t('family.child_says_return')} maxLength={2000} />
            <Words name="agreed" label={t('family.agreed')} hint={t('family.agreed_hint')} required maxLength={2000} />
            <OnDay name="fromOn" label={t('family.from_on')} required />
            <OnDay
              name="firstVisitOn"
              label={t('family.first_visit')}
              hint={latestVisit(values) === null ? undefined : t('family.visit_by', { day: latestVisit(values) ?? '' })}
              required
            />
          </>
        )}
      </Form>
    </Screen>
  )
}
