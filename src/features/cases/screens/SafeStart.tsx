import { type ReactNode, useState } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Choice, type Option, Select, Text, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'
import type { SafeStartStep } from '../safe-start.ts'
import { Call } from './Call.tsx'

type Props = {
  speech: Speech
  caseId: string
  step: SafeStartStep
  /** Which of the five pages this is, 1 to 5. */
  at: number
  start: FormValues
  draft: DraftKeeper
  /** Whom to call when the child is not safe, from the country's pack. */
  emergency: readonly { label: string; phone: string; isSettled: boolean }[]
  lists: { caseSource: Option[]; ageBasis: Option[]; languages: Option[] }
  /** Whether who agrees is asked in the ledger: whoever took the first call has none, and writes a word of it here. */
  hasLedger: boolean
  /** Who answered this page, and when; null where nobody has. */
  saidBefore: string | null
  /** How far child and carer have been asked. */
  agreed: ReactNode
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** Chosen where nobody has asked yet: it stays open as it was. */
export const NOT_ASKED = 'not_asked_yet'

/** One short page of the safe start: one question in its heading, nothing that has been asked before. */
export function SafeStart(props: Props) {
  const { speech, caseId, step, at } = props
  const { t } = speech
  const [isSent, setSent] = useState(false)
  // Whoever asks whether a child may be known always reads the same, so that asking tells nothing (security.md 2.6).
  if (isSent)
    return (
      <Screen title={t('cases.match_sent')} lead={t('cases.match_sent_lead')}>
        <To href={`/cases/${caseId}`} className="button">
          {t('back.case')}
        </To>
      </Screen>
    )
  return (
    <Screen title={t(`cases.step.${step}`)} lead={t('cases.step_of', { at })}>
      {step === 'match' && <Notice>{t('cases.match_lead')}</Notice>}
      {props.saidBefore !== null && <Notice>{props.saidBefore}</Notice>}
      {step === 'basis' && props.hasLedger && props.agreed}
      {step === 'basis' && props.hasLedger && <AskThem t={t} caseId={caseId} said={one(props.start, 'basis')} />}
      <Form
        speech={speech}
        button={t(step === 'match' ? 'cases.match_send' : 'save.next')}
        start={props.start}
        draft={props.draft}
        submit={async (values) => {
          const wrong = await props.submit(values)
          if (wrong === null && step === 'match') setSent(true)
          return wrong
        }}
        aside={
          <To href={`/cases/${caseId}`} className="line">
            {t('cases.step_later')}
          </To>
        }
      >
        {(values) => <Questions {...props} values={values} />}
      </Form>
    </Screen>
  )
}

function Questions({
  speech: { t },
  caseId,
  step,
  lists,
  hasLedger,
  emergency,
  values,
}: Props & { values: FormValues }) {
  const empty = t('field.choose')
  switch (step) {
    case 'safe_now':
      return (
        <>
          <Choice
            name="safeNow"
            label={t('cases.safe_now')}
            required
            options={(['yes', 'no', 'not_known'] as const).map((value) => ({ value, label: t(`cases.safe.${value}`) }))}
          />
          {one(values, 'safeNow') === 'no' && <MakeSafe t={t} emergency={emergency} caseId={caseId} />}
          <Words name="safeWords" label={t('cases.safe_words')} hint={t('notice.no_intelligence')} />
        </>
      )
    case 'how_known':
      return (
        <>
          <Choice name="howKnown" label={t('cases.how_known')} required options={lists.caseSource} />
          <Words name="howKnownWords" label={t('cases.how_known_words')} hint={t('notice.no_intelligence')} />
        </>
      )
    case 'basis':
      return (
        <>
          <Choice
            name="basis"
            label={t('cases.basis')}
            required
            options={(hasLedger ? WITHOUT_ANSWER : EVERY_BASIS).map((value) => ({
              value,
              label: t(`cases.basis.${value}`),
            }))}
          />
          <Words name="basisWords" label={t('cases.basis_words')} hint={t('cases.basis_words_hint')} />
        </>
      )
    case 'who':
      return (
        <>
          <Text name="fullName" label={t('cases.full_name_label')} hint={t('cases.full_name_hint')} />
          <Text
            name="approxAge"
            label={t('cases.approx_age')}
            hint={t('cases.approx_age_hint')}
            inputMode="numeric"
            short
            maxLength={2}
          />
          <Choice
            name="ageBasis"
            label={t('cases.age_basis')}
            options={[...lists.ageBasis, { value: NOT_ASKED, label: t('cases.silent.not_asked_yet') }]}
          />
          <Text name="origin" label={t('cases.origin')} hint={t('cases.origin_hint')} />
          {lists.languages.length > 0 && (
            <Select name="language" label={t('cases.language')} options={lists.languages} empty={empty} />
          )}
        </>
      )
    case 'match':
      return (
        <>
          <Text name="givenNames" label={t('cases.given_names')} required />
          <Text name="otherNames" label={t('cases.other_names')} />
          <Text name="birthYear" label={t('cases.birth_year')} inputMode="numeric" short required maxLength={4} />
          <Text name="origin" label={t('cases.origin')} hint={t('cases.origin_hint')} required />
        </>
      )
  }
}

const EVERY_BASIS = ['consent', 'assent', 'lawful_basis', 'not_yet'] as const
/** What is left to say where nobody is asked now. */
const WITHOUT_ANSWER = ['lawful_basis', 'not_yet'] as const

/** What child and carer say is asked with its text and written down once, in the ledger; it counts here too. */
function AskThem({ t, caseId, said }: { t: Speech['t']; caseId: string; said: string }) {
  const agreed = EVERY_BASIS.find((value) => value === said && value !== 'lawful_basis' && value !== 'not_yet')
  return (
    <>
      {agreed !== undefined && <Notice tone="ok">{t(`cases.basis.${agreed}`)}</Notice>}
      <p>{t('cases.basis_ask_lead')}</p>
      <div className="row actions">
        <To href={`/cases/${caseId}/consent/ask/case_management`} className="button">
          {t('cases.basis_ask')}
        </To>
        <To href={`/cases/${caseId}/consent`} className="button second">
          {t('cases.basis_ledger')}
        </To>
      </div>
      <h2>{t('cases.basis_else')}</h2>
    </>
  )
}

/** First the child, then the form: what to do now and whom to call. */
function MakeSafe({ t, emergency, caseId }: { t: Speech['t'] } & Pick<Props, 'emergency' | 'caseId'>) {
  return (
    <Notice tone="urgent" live>
      <h2>{t('cases.make_safe')}</h2>
      <ol>
        <li>{t('cases.make_safe.stay')}</li>
        <li>{t('cases.make_safe.call')}</li>
        <li>{t('cases.make_safe.tell')}</li>
        <li>{t('cases.make_safe.write')}</li>
      </ol>
      <div className="stack">
        {emergency.length === 0 && <p>{t('cases.call_none')}</p>}
        {emergency.map(({ label, phone, isSettled }) => (
          <div key={`${label}${phone}`}>
            <Call
              speech={{ t }}
              phone={phone}
              text={t('cases.call', { name: label, phone })}
              record={`/cases/${caseId}/called`}
            />
            {!isSettled && <span className="tiny"> {t('cases.call_to_confirm')}</span>}
          </div>
        ))}
      </div>
    </Notice>
  )
}
