import type { Speech } from '../../../web/language.ts'
import { Facts, type Said } from '../../../web/ui/Facts.tsx'
import { Choice, OnDay, When, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'
import { CheckHow } from '../safety.ts'
import { riskOptions } from './handed-forms.tsx'
import { SafetyNumbers, type SafetyNumber } from './SafetyNumbers.tsx'

export type ShownCheck = {
  id: string
  title: string
  who: string
  risk: string
  facts: readonly Said[]
  voice: { text: string; who: string } | null
}

type Props = {
  speech: Speech
  caseId: string
  alias: string
  checks: readonly ShownCheck[]
  next: string | null
  canWrite: boolean
  problem: string | null
}

/** All safety checks of a child, the latest first; none of them is changed by a later one. */
export function Safety({ speech: { t }, caseId, alias, checks, next, canWrite, problem }: Props) {
  return (
    <Screen title={t('assessment.safety_title', { alias })} lead={t('assessment.safety_lead')}>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {next !== null && <Notice>{next}</Notice>}
      {checks.length === 0 && <p>{t('assessment.safety_none')}</p>}
      <ul className="plain stack">
        {checks.map((check) => (
          <li key={check.id} className="card stack">
            <h2>{check.title}</h2>
            <p className="tiny">{check.who}</p>
            <p className="small">{check.risk}</p>
            {check.voice !== null && (
              <div className="voice">
                <p className="words" translate="no">
                  “{check.voice.text}”
                </p>
                <p className="small">{check.voice.who}</p>
              </div>
            )}
            {check.facts.length > 0 && <Facts facts={check.facts} />}
          </li>
        ))}
      </ul>
      <div className="actions row not-printed">
        {canWrite && (
          <To href={`/cases/${caseId}/safety/new`} className="button">
            {t('assessment.safety_new')}
          </To>
        )}
      </div>
    </Screen>
  )
}

type FormProps = {
  speech: Speech
  alias: string
  start: FormValues
  draft: DraftKeeper
  caseId: string
  /** What was answered when the case was opened; null where a check was made since. */
  said: string | null
  /** Whether the child is said not to be safe until now. */
  isUnsafe: boolean
  emergency: readonly SafetyNumber[]
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** Whether the child is safe now; whom to call stands before the form when it is not. */
export function SafetyForm({ speech, caseId, alias, start, draft, isUnsafe, said, emergency, submit }: FormProps) {
  const { t } = speech
  return (
    <Screen title={t('assessment.safety_check_title', { alias })} lead={t('assessment.safety_check_lead')}>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {(values) => (
          <>
            {said !== null && <Notice>{said}</Notice>}
            <Choice
              name="safeNow"
              label={t('assessment.safe_now')}
              required
              options={(['yes', 'no', 'not_known'] as const).map((value) => ({
                value,
                label: t(`assessment.safe.${value}`),
              }))}
            />
            {(one(values, 'safeNow') === 'no' || (isUnsafe && one(values, 'safeNow') !== 'yes')) && (
              <Notice tone="urgent" live>
                <p>{t('assessment.make_safe')}</p>
                <SafetyNumbers speech={speech} caseId={caseId} emergency={emergency} canProtect />
              </Notice>
            )}
            <div className="voice stack">
              <Words
                name="childSays"
                label={t('assessment.child_on_safety')}
                hint={t('assessment.child_says_hint')}
                maxLength={2000}
              />
              <OnDay name="childSaidOn" label={t('cases.child_said_on')} />
            </div>
            <Words name="couldHarm" label={t('assessment.could_harm')} hint={t('notice.no_intelligence')} />
            <Words name="done" label={t('assessment.done')} required={one(values, 'safeNow') === 'no'} />
            <Choice
              name="harmToChild"
              label={t('assessment.risk_question')}
              hint={t('assessment.risk_hint')}
              required
              options={riskOptions(speech)}
            />
            <Choice
              name="how"
              label={t('assessment.how')}
              required
              across
              options={CheckHow.options.map((value) => ({ value, label: t(`assessment.how.${value}`) }))}
            />
            <When
              name="at"
              label={t('assessment.checked_at')}
              dayLabel={t('assessment.day')}
              timeLabel={t('assessment.time')}
              required
            />
            <OnDay name="nextOn" label={t('assessment.next_check')} hint={t('assessment.next_check_hint')} />
          </>
        )}
      </Form>
    </Screen>
  )
}
