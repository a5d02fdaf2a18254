import type { Speech } from '../../../web/language.ts'
import { Choice, Choices, OnDay, type Option, Select, When, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'
import { CarerVoice, ChildVoice, MinutesKind, Position, Presence } from '../conference.ts'
import { DECISION_SLOTS, wasHeard } from './minutes-form.ts'

type Props = {
  speech: Speech
  caseId: string
  alias: string
  isCorrection: boolean
  /** Who was asked to come, by the value of their seat. */
  seats: readonly Option[]
  /** Who may have come beside them. */
  others: readonly Option[]
  /** To whom something may be given to do. */
  owners: readonly Option[]
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** What came of a conference: the child's voice first, then who was there, then what is done by whom and when. */
export function MinutesForm(props: Props) {
  const { speech, alias, isCorrection, start, draft, submit } = props
  const { t } = speech
  return (
    <Screen
      title={t(isCorrection ? 'conference.correct_title' : 'conference.minutes_title', { alias })}
      lead={t('conference.minutes_lead')}
    >
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {(values) => (
          <>
            <Choice
              name="kind"
              label={t('conference.kind')}
              required
              across
              options={MinutesKind.options.map((value) => ({ value, label: t(`conference.took.${value}`) }))}
            />
            {one(values, 'kind') === 'called_off' ? (
              <Words name="why" label={t('conference.why_off')} required rows={2} maxLength={1000} />
            ) : (
              <Held {...props} values={values} />
            )}
          </>
        )}
      </Form>
    </Screen>
  )
}

type Part = Props & { values: FormValues }

function Held(props: Part) {
  const { t } = props.speech
  return (
    <>
      <When
        name="at"
        label={t('conference.held_at')}
        dayLabel={t('conference.day')}
        timeLabel={t('conference.time')}
        required
      />
      <Voices {...props} />
      <Seats {...props} />
      <Words name="talked" label={t('conference.talked')} hint={t('notice.no_intelligence')} />
      <Decisions {...props} />
    </>
  )
}

function Voices({ speech: { t }, values }: Part) {
  return (
    <>
      <Choice
        name="childVoice"
        label={t('conference.child_voice')}
        required
        options={ChildVoice.options.map((value) => ({ value, label: t(`conference.child_voice.${value}`) }))}
      />
      {one(values, 'childVoice') === 'not_heard' ? (
        <Words name="childNotHeard" label={t('conference.child_not_heard')} required rows={2} maxLength={1000} />
      ) : (
        <>
          <Words name="childView" label={t('conference.child_view')} hint={t('conference.child_view_hint')} required />
          <OnDay name="childSaidOn" label={t('cases.child_said_on')} />
        </>
      )}
      <Choice
        name="carerVoice"
        label={t('conference.carer_voice')}
        required
        options={CarerVoice.options.map((value) => ({ value, label: t(`conference.carer_voice.${value}`) }))}
      />
      {wasHeard(one(values, 'carerVoice')) && <Words name="carerView" label={t('conference.carer_view')} required />}
    </>
  )
}

function Seats({ speech: { t }, values, seats, others }: Part) {
  return (
    <>
      <h2>{t('conference.people')}</h2>
      {seats.map(({ value, label }) => (
        <div key={value} className="card">
          <Choice
            name={`seat.${value}.presence`}
            label={label}
            required
            across
            options={Presence.options.map((one) => ({ value: one, label: t(`conference.presence.${one}`) }))}
          />
          {wasHere(values, value) && (
            <Choice
              name={`seat.${value}.position`}
              label={t('conference.position')}
              required
              across
              options={Position.options.map((one) => ({ value: one, label: t(`conference.position.${one}`) }))}
            />
          )}
          {wasHere(values, value) && one(values, `seat.${value}.position`) === 'dissents' && (
            <Words name={`seat.${value}.words`} label={t('conference.seat_words')} required rows={2} maxLength={1000} />
          )}
        </div>
      ))}
      {others.length > 0 && (
        <Choices name="also" label={t('conference.also')} hint={t('conference.also_hint')} options={others} />
      )}
    </>
  )
}

function wasHere(values: FormValues, seat: string): boolean {
  return ['came', 'called_in'].includes(one(values, `seat.${seat}.presence`))
}

/** What was decided: the next one is offered once the one before has words. */
function Decisions({ speech: { t }, values, owners, caseId }: Part) {
  const open = DECISION_SLOTS.filter((n) => n === 1 || one(values, `decision.${n - 1}.what`) !== '')
  return (
    <>
      <h2>{t('conference.decisions')}</h2>
      <p className="hint">{t('conference.decisions_hint')}</p>
      {open.map((n) => (
        <div key={n} className="card">
          <Words name={`decision.${n}.what`} label={t('conference.decision', { n })} rows={2} maxLength={500} />
          {one(values, `decision.${n}.what`) !== '' && (
            <>
              <Words
                name={`decision.${n}.childSays`}
                label={t('conference.child_says')}
                hint={t('conference.child_says_hint')}
                rows={2}
                maxLength={1000}
              />
              {one(values, `decision.${n}.childSays`) !== '' && (
                <OnDay name={`decision.${n}.childSaidOn`} label={t('cases.child_said_on')} />
              )}
              <Select
                name={`decision.${n}.owner`}
                label={t('conference.owner')}
                required
                options={owners}
                empty={t('conference.owner_empty')}
              />
              <OnDay name={`decision.${n}.dueOn`} label={t('conference.due_on')} required />
            </>
          )}
        </div>
      ))}
      <Notice>
        <p>{t('conference.major_lead')}</p>
        <To href={`/cases/${caseId}/best-interests`} className="line">
          {t('conference.to_best_interests')}
        </To>
      </Notice>
      {one(values, 'decision.1.what') !== '' && (
        <Words
          name="childTold"
          label={t('conference.child_told')}
          hint={t('conference.child_told_hint')}
          required
          rows={2}
          maxLength={500}
        />
      )}
    </>
  )
}
