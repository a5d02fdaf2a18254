import type { Speech } from '../../../web/language.ts'
import { Choice, Group, OnDay, type Option, Select, Text, Tick, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'
import { Way } from '../closing.ts'
import { ATTEMPTS, isContactLost, isDuplicate, isHandedOver, isWithTheChild, needsWords } from '../closing-rules.ts'

type Props = {
  speech: Speech
  caseId: string
  alias: string
  /** The day on which a file that is one too many would be erased. */
  duplicateUntil: string
  reasons: readonly Option[]
  languages: readonly Option[]
  /** Steps still open: closing does not do them. */
  open: number
  /** A limit that the law sets an authority is still running. */
  limitRuns: boolean
  /** Where what is best for the child is weighed, as long as no record of that stands before the closing. */
  weighFirst: string | null
  /** What the supervisor wrote when she sent the last request back. */
  returned: string | null
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** The rows in which attempts are written down: those a rule asks for, and one to spare. */
export const ATTEMPT_ROWS = Array.from({ length: ATTEMPTS + 1 }, (_, n) => `attempt${n + 1}`)

/** A worker ends her work with a child: why, how it was told, what it says of us, and how it may come back. */
export function AskToClose(props: Props) {
  const { speech, caseId, alias, duplicateUntil, reasons, languages, open, limitRuns, weighFirst, returned } = props
  const { start, draft, submit } = props
  const { t } = speech
  const ways = Way.options.map((value) => ({ value, label: t(`closure.way.${value}`) }))
  return (
    <Screen title={t('closure.ask_title', { alias })} lead={t('closure.ask_lead')}>
      {returned !== null && (
        <Notice tone="due">
          <p>{t('closure.returned')}</p>
          <p className="words" translate="no">
            {returned}
          </p>
        </Notice>
      )}
      {limitRuns && (
        <Notice tone="urgent">
          <p>{t('closure.limit_runs')}</p>
          <To href={`/cases/${caseId}/safeguards`} className="line">
            {t('closure.limit_look')}
          </To>
        </Notice>
      )}
      {open > 0 && (
        <Notice tone="due">
          <p>{t('closure.open_steps', { count: open })}</p>
          <To href={`/cases/${caseId}`} className="line">
            {t('closure.open_look')}
          </To>
        </Notice>
      )}
      {weighFirst !== null && (
        <Notice tone="due">
          <p>{t('closure.weigh_first')}</p>
          <p>
            <To href={weighFirst}>{t('closure.weigh_button')}</To>
          </p>
        </Notice>
      )}
      <Notice>{t('closure.no_reason')}</Notice>
      <Form
        speech={speech}
        button={t('closure.ask_button')}
        start={start}
        draft={draft}
        elsewhere={{
          needs_best_interests: `/cases/${caseId}/best-interests/new`,
          duplicate_of_nothing: `/cases/${caseId}/link`,
          duplicate_waits: `/cases/${caseId}/link`,
          closing_waits_already: `/cases/${caseId}`,
        }}
        submit={submit}
      >
        {(values) => {
          const reason = one(values, 'reason')
          return (
            <>
              <Choice name="reason" label={t('closure.why')} required options={reasons} />
              {reason === 'turned_18_handed_over' && <Notice tone="due">{t('closure.eighteen')}</Notice>}
              {isDuplicate(reason) && (
                <Notice tone="due">
                  <p>{t('closure.duplicate', { day: duplicateUntil })}</p>
                  <To href={`/cases/${caseId}/link`} className="line">
                    {t('closure.which_goes_on')}
                  </To>
                </Notice>
              )}
              {needsWords(reason) && (
                <Words
                  name="reasonWords"
                  label={t(isHandedOver(reason) ? 'closure.handed_to' : 'closure.reason_words')}
                  required
                  rows={2}
                  maxLength={1000}
                />
              )}
              {isContactLost(reason) && (
                <Group name="attempts" label={t('closure.attempts')} hint={t('closure.attempts_hint')} required>
                  {ATTEMPT_ROWS.map((name, at) => (
                    <div key={name} className="pair">
                      <OnDay name={`${name}.on`} label={t('closure.attempt_on', { number: at + 1 })} />
                      <Select name={`${name}.how`} label={t('closure.attempt_how')} options={ways} empty="–" />
                    </div>
                  ))}
                </Group>
              )}
              <Told t={t} values={values} languages={languages} />
              {isWithTheChild(reason) && (
                <>
                  <Feedback t={t} values={values} />
                  <Later t={t} values={values} ways={ways} />
                  <Tick name="asksToKeep" label={t('closure.asks_to_keep')} />
                </>
              )}
            </>
          )
        }}
      </Form>
    </Screen>
  )
}

type PieceProps = { t: Speech['t']; values: FormValues }

function Told({ t, values, languages }: PieceProps & { languages: readonly Option[] }) {
  const told = one(values, 'told')
  return (
    <>
      <Choice
        name="told"
        label={t('closure.told')}
        required
        options={(['told', 'not_told'] as const).map((value) => ({ value, label: t(`closure.told.${value}`) }))}
      />
      {told === 'told' && (
        <>
          <OnDay name="toldOn" label={t('closure.told_on')} required />
          <Text name="toldBy" label={t('closure.told_by')} required maxLength={120} />
          <Select name="toldLanguage" label={t('closure.told_language')} required options={languages} empty="–" />
        </>
      )}
      {told !== '' && (
        <Words
          name="toldWords"
          label={t(told === 'told' ? 'closure.told_words' : 'closure.not_told_words')}
          required={told === 'not_told'}
          maxLength={2000}
        />
      )}
    </>
  )
}

function Feedback({ t, values }: PieceProps) {
  return (
    <>
      <Choice
        name="feedback"
        label={t('closure.feedback')}
        hint={t('closure.feedback_hint')}
        required
        options={(['given', 'refused', 'not_asked'] as const).map((value) => ({
          value,
          label: t(`closure.feedback.${value}`),
        }))}
      />
      {one(values, 'feedback') === 'given' && (
        <Words name="feedbackWords" label={t('closure.feedback_words')} hint={t('closure.own_words')} required />
      )}
    </>
  )
}

function Later({ t, values, ways }: PieceProps & { ways: readonly Option[] }) {
  return (
    <>
      <Choice
        name="contact"
        label={t('closure.contact')}
        hint={t('closure.contact_hint')}
        required
        options={(['agreed', 'refused', 'not_possible'] as const).map((value) => ({
          value,
          label: t(`closure.contact.${value}`),
        }))}
      />
      {one(values, 'contact') === 'agreed' && (
        <>
          <Choice name="contactWay" label={t('closure.contact_way')} required options={ways} across />
          <Words
            name="contactSafely"
            label={t('closure.contact_safely')}
            hint={t('closure.contact_safely_hint')}
            required
            rows={2}
            maxLength={1000}
          />
          <OnDay name="contactOn" label={t('closure.contact_on')} required />
          <OnDay name="contactUntil" label={t('closure.contact_until')} />
        </>
      )}
    </>
  )
}
