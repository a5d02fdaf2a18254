import { AidSafeguard, givesSomething, hasLayer } from '../../../core/aid.ts'
import type { Speech } from '../../../web/language.ts'
import { Choice, Choices, OnDay, type Option, Select, Text, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { isByHealthWorkers } from '../health.ts'
import { cameText } from './meeting-form.ts'
import { MeetingFields } from './MeetingFields.tsx'
import { Acknowledged, Came, ServiceEnd, ServiceFit, ServiceState, WhyNot } from '../service.ts'

type Props = {
  speech: Speech
  alias: string
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

type ServiceProps = Props & {
  isNew: boolean
  kinds: readonly Option[]
  layers: readonly Option[]
  providers: readonly Option[]
  goals: readonly Option[]
}

/** One service: what, by whom, for which goal, since when, what makes it fit this child; later what the child says, and its end. */
export function ServiceForm(props: ServiceProps) {
  const { speech, alias, isNew, kinds, layers, providers, goals, start, draft, submit } = props
  const { t } = speech
  return (
    <Screen title={t(isNew ? 'services.new_title' : 'services.change_title', { alias })}>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {(values) => {
          const kind = one(values, 'kind')
          const state = one(values, 'state')
          return (
            <>
              <Select name="kind" label={t('services.kind')} required options={kinds} empty={t('field.choose')} />
              {isByHealthWorkers(kind) && <Notice>{t('services.health_hint')}</Notice>}
              {hasLayer(kind) && (
                <Choice
                  name="layer"
                  label={t('care.action_layer')}
                  hint={t('care.action_layer_hint')}
                  options={layers}
                />
              )}
              {givesSomething(kind) && (
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
                name="what"
                label={t('services.what')}
                hint={t('services.what_hint')}
                required
                rows={2}
                maxLength={500}
              />
              <Select
                name="provider"
                label={t('services.provider')}
                required
                options={providers}
                empty={t('field.choose')}
              />
              <Text name="who" label={t('services.who')} hint={t('services.who_hint')} maxLength={120} />
              {goals.length > 0 && (
                <Select name="goalId" label={t('services.goal')} options={goals} empty={t('services.goal_none')} />
              )}
              <Words
                name="purpose"
                label={t('care.action_purpose')}
                hint={t('care.action_purpose_hint')}
                rows={2}
                maxLength={500}
              />
              <Choices
                name="fits"
                label={t('services.fits')}
                hint={t('services.fits_hint')}
                options={ServiceFit.options.map((value) => ({ value, label: t(`services.fit.${value}`) }))}
              />
              <Choice
                name="state"
                label={t('services.state')}
                required
                options={ServiceState.options.map((value) => ({ value, label: t(`services.state.${value}`) }))}
              />
              <OnDay name="startsOn" label={t('services.starts')} required={state === 'going'} />
              {state !== 'ended' && <OnDay name="nextOn" label={t('services.next')} hint={t('services.next_hint')} />}
              {!isNew && (
                <>
                  <Words
                    name="childSays"
                    label={t('services.child_says')}
                    hint={t('services.child_says_hint')}
                    maxLength={2000}
                  />
                  <OnDay name="childSaidOn" label={t('services.child_said_on')} />
                </>
              )}
              {state === 'ended' && (
                <>
                  <OnDay name="endsOn" label={t('services.ends')} required />
                  <Choice
                    name="ended"
                    label={t('services.ended')}
                    required
                    options={ServiceEnd.options.map((value) => ({ value, label: t(`services.end.${value}`) }))}
                  />
                  <Words name="outcome" label={t('services.outcome')} rows={2} maxLength={1000} />
                </>
              )}
            </>
          )
        }}
      </Form>
    </Screen>
  )
}

/** One session or visit, why it did not take place, or what was given and who says that it arrived. */
export function SessionForm(props: Props & { gives: boolean; meets: boolean }) {
  const { speech, alias, gives, meets, start, draft, submit } = props
  const { t } = speech
  const ways = Came.options.filter((value) => gives || value !== 'given')
  return (
    <Screen title={t('services.session_title', { alias })} lead={t('services.session_lead')}>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {(values) => {
          const came = one(values, 'came')
          return (
            <>
              <Choice
                name="came"
                label={t('services.came')}
                required
                options={ways.map((value) => ({ value, label: cameText(speech, value, meets) }))}
              />
              <OnDay name="onDay" label={t('services.on_day')} required />
              {(came === 'did_not_come' || came === 'was_not_held') && (
                <Choice
                  name="whyNot"
                  label={t('services.why_not')}
                  required
                  options={WhyNot.options.map((value) => ({ value, label: t(`services.why.${value}`) }))}
                />
              )}
              {meets && (came === 'came' || came === 'came_for_a_part') && (
                <MeetingFields speech={speech} values={values} />
              )}
              {came === 'given' && (
                <>
                  <Text name="what" label={t('services.given_what')} required maxLength={300} />
                  <Text
                    name="worth"
                    label={t('services.worth')}
                    hint={t('services.worth_hint')}
                    inputMode="numeric"
                    short
                    maxLength={12}
                  />
                  <Text
                    name="agreedBy"
                    label={t('services.agreed_by')}
                    hint={t('services.agreed_by_hint')}
                    required
                    maxLength={120}
                  />
                  <Choice
                    name="receivedBy"
                    label={t('services.received_by')}
                    required
                    across
                    options={(['child', 'carer'] as const).map((value) => ({
                      value,
                      label: t(`services.received.${value}`),
                    }))}
                  />
                  <Choice
                    name="acknowledged"
                    label={t('services.acknowledged')}
                    required
                    options={Acknowledged.options.map((value) => ({ value, label: t(`services.ack.${value}`) }))}
                  />
                </>
              )}
              <Words
                name="childSays"
                label={t('services.session_says')}
                hint={t('notice.no_intelligence')}
                rows={2}
                maxLength={1000}
              />
            </>
          )
        }}
      </Form>
    </Screen>
  )
}

type HealthProps = Props & { kinds: readonly Option[]; layers: readonly Option[] }

/** What a health worker writes of a service. It stays with health workers and is on no phone. */
export function HealthNoteForm({ speech, alias, kinds, layers, start, draft, submit }: HealthProps) {
  const { t } = speech
  return (
    <Screen title={t('services.health_title', { alias })} lead={t('services.health_lead')}>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {(values) => (
          <>
            <OnDay name="onDay" label={t('services.on_day')} required />
            <Select name="kind" label={t('services.health_kind')} required options={kinds} empty={t('field.choose')} />
            {hasLayer(one(values, 'kind')) && <Choice name="layer" label={t('care.action_layer')} options={layers} />}
            <Words name="note" label={t('services.health_note')} required maxLength={4000} />
            <Words name="next" label={t('services.health_next')} rows={2} maxLength={1000} />
          </>
        )}
      </Form>
    </Screen>
  )
}
