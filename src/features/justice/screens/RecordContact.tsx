import { Capacity, ContactKind, Question } from '../../../core/safeguard-rule.ts'
import type { Speech } from '../../../web/language.ts'
import { Choice, Choices, type Option, Select, Text, When, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, many, one, pick } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { YesNo } from '../contact.ts'
import { AnswerFields } from './AnswerFields.tsx'
import { QUESTION_WORDS } from './contact-form.ts'

type Props = {
  speech: Speech
  alias: string
  /** What the account to correct is called, or null for a new one. */
  corrects: string | null
  authorities: Option[]
  languages: Option[]
  /** Interviews that stand in the file already. */
  interviews: number
  supervisorAgreed: boolean
  today: string
  start: FormValues
  draft: DraftKeeper
  /** Writes to this device first; resolves as soon as the record is safe. */
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** A contact with an authority: what happened, when, who; a detention asks its questions and takes "not known yet". */
export function RecordContact(props: Props) {
  const { speech, alias, corrects } = props
  const { t } = speech
  return (
    <Screen
      title={corrects === null ? t('justice.record') : t('justice.correct')}
      lead={corrects === null ? alias : t('justice.correct_lead', { alias, contact: corrects })}
    >
      <Form speech={speech} button={t('justice.save')} start={props.start} draft={props.draft} submit={props.submit}>
        {(values) => <Fields {...props} values={values} />}
      </Form>
    </Screen>
  )
}

function Fields(props: Props & { values: FormValues }) {
  const { t } = props.speech
  const { values, authorities } = props
  const kind = pick(ContactKind.options, one(values, 'kind'))
  const labels = { dayLabel: t('justice.day'), timeLabel: t('justice.time') }
  return (
    <>
      <Choice
        name="kind"
        label={t('justice.what')}
        required
        options={ContactKind.options.map((value) => ({ value, label: t(`justice.kind.${value}`) }))}
      />
      {kind !== null && (
        <>
          <When name="at" label={t(`justice.when.${kind}`)} required {...labels} />
          {kind === 'detention' && (
            <When name="first" label={t('justice.first_custody')} hint={t('justice.first_custody_hint')} {...labels} />
          )}
          <Select
            name="authority"
            label={t(kind === 'hearing' ? 'justice.authority_hearing' : 'justice.authority')}
            required
            options={authorities}
            empty={t('field.choose')}
          />
          <When name="known" label={t('justice.known')} hint={t('justice.known_hint')} required {...labels} />
          <Text name="toldBy" label={t('justice.told_by')} hint={t('justice.told_by_hint')} maxLength={300} />
          {(kind === 'first_custody' || kind === 'interview' || kind === 'hearing') && (
            <Text name="heldAt" label={t('justice.where')} hint={t('justice.where_hint')} maxLength={300} />
          )}
          {kind === 'interview' && <InterviewFields {...props} />}
          {kind === 'hearing' && <Text name="courtRef" label={t('justice.court_ref')} />}
          {(kind === 'interview' || kind === 'hearing' || kind === 'handover') && (
            <Words
              name="present"
              label={t('justice.present')}
              hint={t('justice.present_hint')}
              rows={2}
              maxLength={1000}
            />
          )}
          {kind === 'detention' && <DetentionFields {...props} />}
        </>
      )}
      {/* Always in the form, so that it is read as it stands before anything was tapped. */}
      <div className="stack" hidden={kind === null}>
        <CapacityFields {...props} />
      </div>
    </>
  )
}

function CapacityFields({ speech: { t }, values, supervisorAgreed }: Props & { values: FormValues }) {
  return (
    <>
      <Choices
        name="capacities"
        label={t('justice.capacities')}
        hint={t('justice.capacities_hint')}
        required
        options={Capacity.options.map((value) => ({ value, label: t(`justice.capacity.${value}`) }))}
      />
      {!many(values, 'capacities').includes('victim') && (
        <>
          {!supervisorAgreed && <Notice tone="due">{t('justice.without_victim_ask')}</Notice>}
          <Words
            name="victimRemovedWords"
            label={t('justice.without_victim_why')}
            hint={t('notice.no_intelligence')}
            required
            maxLength={1000}
          />
        </>
      )}
    </>
  )
}

function InterviewFields({ speech: { t }, interviews, languages }: Props) {
  const yesNo = YesNo.options.map((value) => ({ value, label: t(`justice.yes_no.${value}`) }))
  return (
    <>
      {interviews > 0 && (
        <>
          <Notice tone="due">{t('justice.interviews_before', { count: interviews })}</Notice>
          <Words
            name="whyAgain"
            label={t('justice.why_again')}
            hint={t('justice.why_again_hint')}
            required
            maxLength={1000}
          />
        </>
      )}
      <Choice name="trained" label={t('justice.interview_trained')} options={yesNo} across />
      <Choice name="recorded" label={t('justice.interview_recorded')} options={yesNo} across />
      {languages.length > 0 && (
        <Select name="spoken" label={t('justice.interview_language')} options={languages} empty={t('field.choose')} />
      )}
    </>
  )
}

function DetentionFields({ speech, values, today }: Props & { values: FormValues }) {
  const { t } = speech
  return (
    <fieldset className="stack">
      <legend>{t('justice.questions')}</legend>
      <p className="small">{t('justice.questions_hint')}</p>
      {Question.options.map((question) => {
        const wordsName = QUESTION_WORDS[question]
        return (
          <AnswerFields
            key={question}
            speech={speech}
            id={question}
            title={t(`justice.question.${question}`)}
            rule={null}
            values={values}
            today={today}
            {...(wordsName === undefined ? {} : { wordsName, wordsLabel: t('justice.question_words') })}
          />
        )
      })}
    </fieldset>
  )
}
