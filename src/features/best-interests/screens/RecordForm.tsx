import { BodyFunction } from '../../../core/functions.ts'
import type { Speech } from '../../../web/language.ts'
import { Choice, Choices, OnDay, type Option, Select, Tick, When, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, pick } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { isDetermination, MajorDecision } from '../../cases/major-decision.ts'
import { CONSIDERATIONS, Heard, Outcome, RecordKind } from '../record.ts'
import { OPTION_SLOTS, SEAT_SLOTS } from './record-form.ts'

type Props = {
  speech: Speech
  alias: string
  isReview: boolean
  triggers: readonly Option[]
  quorum: number
  quorumIsOpen: boolean
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** One record, from the question to the decision: the child is heard first, each way is weighed, both sides stand together. */
export function RecordForm(props: Props) {
  const { speech, alias, isReview, start, draft, submit } = props
  const { t } = speech
  return (
    <Screen
      title={t(isReview ? 'best_interests.review_title' : 'best_interests.new_title', { alias })}
      lead={t('best_interests.new_lead')}
    >
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {(values) => {
          const kind = pick(RecordKind.options, one(values, 'kind')) ?? 'bia_short'
          return (
            <>
              {!isReview && (
                <Choice
                  name="kind"
                  label={t('best_interests.which')}
                  required
                  options={RecordKind.options
                    .filter((value) => value !== 'bid_review')
                    .map((value) => ({
                      value,
                      label: t(`best_interests.kind.${value}`),
                      hint: t(`best_interests.kind_hint.${value}`),
                    }))}
                />
              )}
              <Words
                name="question"
                label={t('best_interests.question')}
                hint={t('best_interests.question_hint')}
                required
                rows={2}
                maxLength={500}
              />
              <Choices
                name="about"
                label={t('best_interests.about')}
                hint={t('best_interests.about_hint')}
                options={MajorDecision.options.map((value) => ({ value, label: t(`best_interests.major.${value}`) }))}
              />
              {isDetermination(kind) && (
                <Choices name="triggers" label={t('best_interests.triggers')} required options={props.triggers} />
              )}
              <Views speech={speech} values={values} />
              <Ways speech={speech} values={values} />
              {kind !== 'bia_short' && <Considered speech={speech} />}
              <Sides speech={speech} isRequired={isDetermination(kind)} />
              {isDetermination(kind) && <Panel {...props} values={values} />}
              <Decided
                speech={speech}
                values={values}
                isFull={kind !== 'bia_short'}
                isDetermined={isDetermination(kind)}
              />
            </>
          )
        }}
      </Form>
    </Screen>
  )
}

type Part = { speech: Speech; values: FormValues }

function Views({ speech: { t }, values }: Part) {
  const heard = Heard.options.map((value) => ({ value, label: t(`best_interests.heard.${value}`) }))
  return (
    <>
      <Choice name="childHeard" label={t('best_interests.child_heard')} required options={heard} />
      {one(values, 'childHeard') === 'heard' && (
        <>
          <Words
            name="childView"
            label={t('best_interests.child_view')}
            hint={t('best_interests.child_view_hint')}
            required
          />
          <OnDay name="childSaidOn" label={t('cases.child_said_on')} />
        </>
      )}
      <Choice name="familyHeard" label={t('best_interests.family_heard')} required options={heard} />
      {one(values, 'familyHeard') === 'heard' && (
        <Words name="familyView" label={t('best_interests.family_view')} required />
      )}
    </>
  )
}

/** Ways that are considered: the next one is offered once the one before has a name. */
function Ways({ speech: { t }, values }: Part) {
  const open = OPTION_SLOTS.filter((n) => n <= 2 || one(values, `option.${n - 1}.what`) !== '')
  const named = OPTION_SLOTS.filter((n) => one(values, `option.${n}.what`) !== '')
  return (
    <>
      <h2>{t('best_interests.options')}</h2>
      <p className="hint">{t('best_interests.options_hint')}</p>
      {open.map((n) => (
        <div key={n} className="card">
          <Words name={`option.${n}.what`} label={t('best_interests.option', { n })} rows={2} maxLength={500} />
          <Words name={`option.${n}.speaksFor`} label={t('best_interests.speaks_for')} rows={2} maxLength={2000} />
          <Words
            name={`option.${n}.speaksAgainst`}
            label={t('best_interests.speaks_against')}
            rows={2}
            maxLength={2000}
          />
        </div>
      ))}
      {named.length > 0 && (
        <Choice
          name="chosen"
          label={t('best_interests.which_chosen')}
          options={[
            ...named.map((n) => ({ value: String(n), label: one(values, `option.${n}.what`) })),
            { value: 'none', label: t('best_interests.chosen_none') },
          ]}
        />
      )}
    </>
  )
}

function Considered({ speech: { t } }: { speech: Speech }) {
  return (
    <>
      <h2>{t('best_interests.considered')}</h2>
      <p className="hint">{t('best_interests.considered_hint')}</p>
      {CONSIDERATIONS.map((name) => (
        <Words key={name} name={name} label={t(`best_interests.consider.${name}`)} rows={2} maxLength={2000} />
      ))}
    </>
  )
}

function Sides({ speech: { t }, isRequired }: { speech: Speech; isRequired: boolean }) {
  return (
    <>
      <h2>{t('best_interests.both_sides')}</h2>
      <Notice>{t('best_interests.both_sides_lead')}</Notice>
      <Words
        name="publicSafety"
        label={t('best_interests.public_safety')}
        hint={t('notice.no_intelligence')}
        required={isRequired}
        maxLength={2000}
      />
      <Words name="childRights" label={t('best_interests.child_rights')} required={isRequired} maxLength={2000} />
      <Words
        name="reconciled"
        label={t('best_interests.reconciled')}
        hint={t('best_interests.reconciled_hint')}
        required={isRequired}
        maxLength={2000}
      />
    </>
  )
}

/** Seats of a panel, by function; the next one is offered once the one before is filled. */
function Panel({ speech: { t }, values, quorum, quorumIsOpen }: Props & Part) {
  const open = SEAT_SLOTS.filter((n) => n <= quorum || one(values, `seat.${n - 1}.as`) !== '')
  const functions = BodyFunction.options.map((value) => ({ value, label: t(`function.${value}`) }))
  return (
    <>
      <h2>{t('best_interests.panel')}</h2>
      <p className="hint">
        {t(quorumIsOpen ? 'best_interests.quorum_open' : 'best_interests.quorum', { count: quorum })}
      </p>
      {open.map((n) => (
        <div key={n} className="card">
          <Select
            name={`seat.${n}.as`}
            label={t('best_interests.seat', { n })}
            options={functions}
            empty={t('best_interests.seat_empty')}
          />
          {one(values, `seat.${n}.as`) !== '' && (
            <>
              <Tick name={`seat.${n}.undertook`} label={t('best_interests.undertook')} />
              <Choice
                name={`seat.${n}.conflict`}
                label={t('best_interests.conflict')}
                required
                options={(['none', 'declared'] as const).map((value) => ({
                  value,
                  label: t(`best_interests.conflict.${value}`),
                }))}
              />
              <Choice
                name={`seat.${n}.position`}
                label={t('best_interests.position')}
                required
                options={(['agrees', 'dissents', 'withdrew'] as const).map((value) => ({
                  value,
                  label: t(`best_interests.position.${value}`),
                }))}
              />
              {(one(values, `seat.${n}.conflict`) === 'declared' ||
                one(values, `seat.${n}.position`) === 'dissents') && (
                <Words
                  name={`seat.${n}.words`}
                  label={t('best_interests.seat_words')}
                  required
                  rows={2}
                  maxLength={1000}
                />
              )}
            </>
          )}
        </div>
      ))}
    </>
  )
}

function Decided({ speech: { t }, values, isFull, isDetermined }: Part & { isFull: boolean; isDetermined: boolean }) {
  return (
    <>
      <h2>{t('best_interests.decided')}</h2>
      <Choice
        name="outcome"
        label={t('best_interests.outcome')}
        required
        options={Outcome.options.map((value) => ({ value, label: t(`best_interests.outcome.${value}`) }))}
      />
      {!isDetermined && one(values, 'outcome') !== 'act' && one(values, 'outcome') !== '' && (
        <Notice>{t('best_interests.outcome_signed')}</Notice>
      )}
      <Words name="decision" label={t('best_interests.decision')} required />
      <Words name="reasons" label={t('best_interests.reasons')} required={isFull} />
      <When
        name="at"
        label={t('best_interests.decided_at')}
        dayLabel={t('best_interests.day')}
        timeLabel={t('best_interests.time')}
        required
      />
      <OnDay name="reviewOn" label={t('best_interests.review_on')} required={isDetermined} />
      {isDetermined && (
        <OnDay
          name="appealToldOn"
          label={t('best_interests.appeal_told')}
          hint={t('best_interests.appeal_told_hint')}
        />
      )}
    </>
  )
}
