import type { Speech } from '../../../web/language.ts'
import { Choice, When, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, pick } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'
import { MajorDecision, URGENT_DECISIONS } from '../../cases/major-decision.ts'
import { ChildSays } from '../../cases/screens/ChildSays.tsx'

type Props = {
  speech: Speech
  alias: string
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** Protects a child at once: two questions, and nothing to wait for. */
export function ProtectNow({ speech, alias, start, draft, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={t('best_interests.protect_title', { alias })} lead={t('best_interests.protect_lead')}>
      <Form speech={speech} button={t('best_interests.protect_button')} start={start} draft={draft} submit={submit}>
        {(values) => (
          <>
            <Words name="what" label={t('best_interests.protect_what')} required rows={2} maxLength={2000} />
            <Words name="why" label={t('best_interests.protect_why')} required rows={2} maxLength={2000} />
            <Choice
              name="decision"
              label={t('best_interests.protect_decision')}
              hint={t('best_interests.protect_decision_hint')}
              options={[
                ...URGENT_DECISIONS.map((value) => ({ value, label: t(`best_interests.major.${value}`) })),
                { value: 'none', label: t('best_interests.protect_neither') },
              ]}
            />
            <OwnWords speech={speech} values={values} />
            <Moment speech={speech} label={t('best_interests.protect_at')} />
          </>
        )}
      </Form>
    </Screen>
  )
}

/** Writes a major decision down. What has not been weighed before is said before anything is typed. */
export function Decide({
  speech,
  alias,
  start,
  draft,
  submit,
  isWeighed,
  newHref,
  urgentHref,
}: Props & {
  isWeighed: (decision: Exclude<MajorDecision, 'closure'>) => boolean
  newHref: string
  urgentHref: string
}) {
  const { t } = speech
  const decisions = MajorDecision.exclude(['closure']).options
  return (
    <Screen title={t('best_interests.decide_title', { alias })} lead={t('best_interests.decide_lead')}>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {(values) => {
          const decision = pick(decisions, one(values, 'decision'))
          return (
            <>
              <Choice
                name="decision"
                label={t('best_interests.decide_which')}
                required
                options={decisions.map((value) => ({ value, label: t(`best_interests.major.${value}`) }))}
              />
              {decision !== null && !isWeighed(decision) && (
                <Notice tone="due" live>
                  <p>{t('refused.needs_best_interests')}</p>
                  <p className="row">
                    <To href={newHref} className="line">
                      {t('best_interests.new')}
                    </To>
                    <To href={urgentHref} className="line">
                      {t('best_interests.protect')}
                    </To>
                  </p>
                </Notice>
              )}
              <Words
                name="what"
                label={t('best_interests.decide_what')}
                hint={t('best_interests.decide_what_hint')}
                required
                maxLength={2000}
              />
              <OwnWords speech={speech} values={values} />
              <Words
                name="childTold"
                label={t('best_interests.child_told')}
                hint={t('best_interests.child_told_hint')}
                rows={2}
                maxLength={2000}
              />
              <Moment speech={speech} label={t('best_interests.decided_at')} />
            </>
          )
        }}
      </Form>
    </Screen>
  )
}

/** Notes that somebody asks for a determination to be looked at again. */
export function Appeal({ speech, alias, start, draft, submit, until }: Props & { until: string | null }) {
  const { t } = speech
  return (
    <Screen title={t('best_interests.appeal_title', { alias })} lead={t('best_interests.appeal_lead')}>
      {until !== null && <Notice>{until}</Notice>}
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {() => (
          <>
            <Choice
              name="askedBy"
              label={t('best_interests.appeal_by')}
              required
              options={(['child', 'carer', 'guardian', 'lawyer'] as const).map((value) => ({
                value,
                label: t(`best_interests.appeal_by.${value}`),
              }))}
            />
            <Words name="why" label={t('best_interests.appeal_why')} required maxLength={2000} />
            <Moment speech={speech} label={t('best_interests.appeal_at')} />
          </>
        )}
      </Form>
    </Screen>
  )
}

/** The child's own words stand apart from what was decided for it. */
function OwnWords({ speech, values }: { speech: Speech; values: FormValues }) {
  const { t } = speech
  const [label, hint] = [t('cases.child_on_decision'), t('cases.child_on_decision_hint')]
  return <ChildSays speech={speech} values={values} label={label} hint={hint} />
}

function Moment({ speech: { t }, label }: { speech: Speech; label: string }) {
  return (
    <When name="at" label={label} dayLabel={t('best_interests.day')} timeLabel={t('best_interests.time')} required />
  )
}
