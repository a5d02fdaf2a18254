import type { Speech } from '../../../web/language.ts'
import { Choice, OnDay, type Option, Select, When, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { type AskedLater, FollowUpHow } from '../follow-up.ts'

export type ShownReturn = {
  id: string
  title: string
  since: string
  next: { text: string; isLate: boolean } | null
  ended: string | null
  /** Column heads, one a contact; and a row for each domain that was ever asked about. */
  days: readonly { id: string; text: string }[]
  rows: readonly { domain: string; steps: readonly string[] }[]
  said: readonly { id: string; when: string; text: string }[]
}

type Props = {
  speech: Speech
  caseId: string
  alias: string
  returns: readonly ShownReturn[]
  canWrite: boolean
  problem: string | null
}

/** The child's way back over the years: when it is seen next, and how it says it is, beside its own earlier answers only. */
export function FollowUp({ speech: { t }, caseId, alias, returns, canWrite, problem }: Props) {
  return (
    <Screen title={t('care.follow_title', { alias })} lead={problem ?? t('care.follow_lead')}>
      {returns.length === 0 && <p>{t('care.follow_none')}</p>}
      {returns.map((one) => (
        <section key={one.id} className="group stack">
          <h2>{one.title}</h2>
          <p className="small">{one.since}</p>
          <div className="row">
            {one.next !== null && <Status tone={one.next.isLate ? 'urgent' : 'due'}>{one.next.text}</Status>}
            {one.ended !== null && <Status tone="info">{one.ended}</Status>}
          </div>
          {one.rows.length > 0 && (
            // A table that scrolls sideways must be reached by the keyboard too.
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            <div className="table-hold" role="region" aria-label={t('care.follow_table')} tabIndex={0}>
              <table className="to-cards">
                <caption className="small">{t('care.follow_table')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('care.follow_domain')}</th>
                    {one.days.map((day) => (
                      <th key={day.id} scope="col">
                        {day.text}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {one.rows.map((row) => (
                    <tr key={row.domain}>
                      <th scope="row">{row.domain}</th>
                      {row.steps.map((step, at) => (
                        <td key={one.days[at]?.id ?? at} data-label={one.days[at]?.text}>
                          {step}
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          {one.said.map((words) => (
            <div key={words.id} className="voice">
              <p className="words" translate="no">
                “{words.text}”
              </p>
              <p className="small">{words.when}</p>
            </div>
          ))}
          {canWrite && (
            <div className="actions row not-printed">
              {one.ended === null && (
                <To href={`/cases/${caseId}/follow-up/${one.id}/contact`} className="button">
                  {t('care.follow_record')}
                </To>
              )}
              <To href={`/cases/${caseId}/follow-up/${one.id}`} className="line">
                {t('care.follow_change')}
              </To>
            </div>
          )}
        </section>
      ))}
      {canWrite && (
        <div className="actions not-printed">
          <To href={`/cases/${caseId}/follow-up/new`} className="button second">
            {t('care.follow_begin')}
          </To>
        </div>
      )}
    </Screen>
  )
}

type FormProps = {
  speech: Speech
  alias: string
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** Begins a way back that is followed for years, or ends it together with the child. */
export function ReturnForm({
  speech,
  alias,
  isNew,
  kinds,
  start,
  draft,
  submit,
}: FormProps & { isNew: boolean; kinds: Option[] }) {
  const { t } = speech
  return (
    <Screen title={t(isNew ? 'care.return_new' : 'care.return_title', { alias })} lead={t('care.return_lead')}>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {() => (
          <>
            <Select name="kind" label={t('care.return_kind')} required options={kinds} empty={t('field.choose')} />
            <OnDay name="startsOn" label={t('care.return_starts')} required />
            {!isNew && <OnDay name="endsOn" label={t('care.return_ends')} hint={t('care.return_ends_hint')} />}
            {!isNew && <Words name="outcome" label={t('care.return_outcome')} rows={2} maxLength={1000} />}
          </>
        )}
      </Form>
    </Screen>
  )
}

type ContactProps = FormProps & {
  caseId: string
  askedLater: AskedLater
  domains: { domain: string; label: string; steps: Option[] }[]
}

/** One contact on the way back; each question may stay without an answer, and three kinds of none are kept apart. */
export function FollowUpForm({ speech, caseId, alias, askedLater, domains, start, draft, submit }: ContactProps) {
  const { t } = speech
  return (
    <Screen title={t('care.contact_title', { alias })} lead={t('care.contact_lead')}>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {(values) => (
          <>
            <Choice
              name="how"
              label={t('care.note_kind')}
              required
              across
              options={FollowUpHow.options.map((value) => ({ value, label: t(`care.how.${value}`) }))}
            />
            <When name="at" label={t('care.note_at')} dayLabel={t('care.day')} timeLabel={t('care.time')} required />
            {one(values, 'how') !== 'not_reached' && (
              <>
                <Words
                  name="childSays"
                  label={t('care.contact_says')}
                  hint={t('notice.no_intelligence')}
                  maxLength={2000}
                />
                {askedLater === 'not_asked_yet' && (
                  <Notice>
                    {t('care.ask_later_first')}{' '}
                    <To href={`/cases/${caseId}/consent/ask`} className="line">
                      {t('care.ask_later')}
                    </To>
                  </Notice>
                )}
                {askedLater === 'no' ? (
                  <Notice>{t('care.asked_later_no')}</Notice>
                ) : (
                  domains.map(({ domain, label, steps }) => (
                    <Select
                      key={domain}
                      name={`domain.${domain}`}
                      label={label}
                      options={steps}
                      empty={t('care.non.not_asked_yet')}
                    />
                  ))
                )}
              </>
            )}
            <Words name="needs" label={t('care.contact_needs')} rows={2} maxLength={2000} />
          </>
        )}
      </Form>
    </Screen>
  )
}
