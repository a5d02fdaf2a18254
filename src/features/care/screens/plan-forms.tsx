import { AidSafeguard, givesSomething, hasLayer } from '../../../core/aid.ts'
import type { Speech } from '../../../web/language.ts'
import { Choice, Choices, OnDay, type Option, Select, Text, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Agreement, GoalState } from '../plan.ts'

type Props = {
  speech: Speech
  alias: string
  isNew: boolean
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** The plan's own page: the child's words first, then what was weighed, who agrees, and how everybody stays safe. */
export function PlanPageForm({ speech, alias, start, draft, submit }: Props) {
  const { t } = speech
  const agreements = Agreement.options.map((value) => ({ value, label: t(`care.agree.${value}`) }))
  return (
    <Screen title={t('care.plan_page_title', { alias })}>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {() => (
          <>
            <Words name="wants" label={t('care.wants')} hint={t('care.wants_hint')} maxLength={2000} />
            <OnDay name="wantsSaidOn" label={t('care.wants_on')} />
            <Text name="wantsHeardBy" label={t('care.wants_heard')} hint={t('care.wants_heard_hint')} maxLength={120} />
            <Words name="optionsConsidered" label={t('care.options')} hint={t('care.options_hint')} />
            <Choice name="childAgrees" label={t('care.child_agrees')} options={agreements} />
            <Choice name="carerAgrees" label={t('care.carer_agrees')} options={agreements} />
            <Words name="safetyChild" label={t('care.safety_child')} hint={t('care.safety_child_hint')} />
            <Words name="safetyVisit" label={t('care.safety_visit')} hint={t('care.safety_visit_hint')} />
            <div className="voice stack">
              <Words
                name="tellPeople"
                label={t('care.tell_people')}
                hint={t('care.tell_people_hint')}
                maxLength={2000}
              />
              <Words name="notTellPeople" label={t('care.not_tell_people')} maxLength={2000} />
              <OnDay name="tellSaidOn" label={t('cases.child_said_on')} />
            </div>
            <Words name="singledOut" label={t('care.singled_out')} hint={t('care.singled_out_hint')} />
            <OnDay name="reviewOn" label={t('care.review_on')} hint={t('care.review_hint')} />
          </>
        )}
      </Form>
    </Screen>
  )
}

/** One goal: in the child's words, why, and how everybody will know. */
export function GoalForm({ speech, alias, isNew, start, draft, submit, domains }: Props & { domains: Option[] }) {
  const { t } = speech
  return (
    <Screen title={t(isNew ? 'care.goal_new' : 'care.goal_title', { alias })}>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {(values) => (
          <>
            <Words
              name="inTheirWords"
              label={t('care.goal_words')}
              hint={t('care.goal_words_hint')}
              required
              rows={2}
              maxLength={500}
            />
            <Select name="domain" label={t('care.goal_domain')} required options={domains} empty={t('field.choose')} />
            <Words name="why" label={t('care.goal_why')} rows={2} maxLength={1000} />
            <Words
              name="howWeWillKnow"
              label={t('care.goal_know')}
              hint={t('care.goal_know_hint')}
              rows={2}
              maxLength={1000}
            />
            <OnDay name="dueOn" label={t('care.goal_due')} />
            <Choice
              name="state"
              label={t('care.goal_state')}
              options={GoalState.options.map((value) => ({ value, label: t(`care.goal.${value}`) }))}
            />
            {(one(values, 'state') === 'dropped' || one(values, 'state') === 'done') && (
              <Words
                name="outcome"
                label={t(one(values, 'state') === 'dropped' ? 'care.goal_dropped_why' : 'care.goal_outcome')}
                required={one(values, 'state') === 'dropped'}
                rows={2}
                maxLength={1000}
              />
            )}
          </>
        )}
      </Form>
    </Screen>
  )
}

type ActionProps = Props & { goal: string; kinds: Option[]; layers: Option[]; statuses: Option[] }

/** One action: what, who, by when, what it is for on the way back, and the safeguards where it gives something of value. */
export function ActionForm({ speech, alias, isNew, goal, start, draft, submit, kinds, layers, statuses }: ActionProps) {
  const { t } = speech
  return (
    <Screen
      title={t(isNew ? 'care.action_new' : 'care.action_title', { alias })}
      lead={t('care.action_goal', { goal })}
    >
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {(values) => (
          <>
            <Words
              name="what"
              label={t('care.action_what')}
              hint={t('care.action_what_hint')}
              required
              rows={2}
              maxLength={500}
            />
            <Select name="kind" label={t('care.action_kind')} required options={kinds} empty={t('field.choose')} />
            {hasLayer(one(values, 'kind')) && (
              <Choice name="layer" label={t('care.action_layer')} hint={t('care.action_layer_hint')} options={layers} />
            )}
            {givesSomething(one(values, 'kind')) && (
              <>
                <Notice>{t('care.aid_lead')}</Notice>
                <Choices
                  name="safeguards"
                  label={t('care.aid')}
                  required
                  options={AidSafeguard.options.map((value) => ({ value, label: t(`care.aid.${value}`) }))}
                />
              </>
            )}
            <Words
              name="purpose"
              label={t('care.action_purpose')}
              hint={t('care.action_purpose_hint')}
              rows={2}
              maxLength={500}
            />
            <Text name="who" label={t('care.action_who')} hint={t('care.action_who_hint')} maxLength={120} />
            <OnDay name="dueOn" label={t('care.action_due')} />
            <Select
              name="status"
              label={t('care.action_status')}
              required
              options={statuses}
              empty={t('field.choose')}
            />
            {!['', 'planned', 'started'].includes(one(values, 'status')) && (
              <Words name="outcome" label={t('care.action_outcome')} rows={2} maxLength={1000} />
            )}
          </>
        )}
      </Form>
    </Screen>
  )
}

/** A supervisor's word to a plan: approved, or returned with a reason. */
export function DecisionForm({ speech, alias, start, draft, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={t('care.decide_title', { alias })} lead={t('care.decide_lead')}>
      <Form speech={speech} button={t('care.decide_button')} start={start} draft={draft} submit={submit}>
        {(values) => (
          <>
            <Choice
              name="decision"
              label={t('care.decision')}
              required
              options={(['approved', 'returned'] as const).map((value) => ({
                value,
                label: t(`care.decide.${value}`),
              }))}
            />
            <Words
              name="reason"
              label={t('care.decide_reason')}
              hint={t('care.decide_reason_hint')}
              required={one(values, 'decision') === 'returned'}
              maxLength={2000}
            />
          </>
        )}
      </Form>
    </Screen>
  )
}
