import { Fold } from '../../../web/ui/Fold.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'
import type { Duty, Standing } from '../duties.ts'
import { type Around, DutyCard, Law } from './DutyCard.tsx'

export type ShownContact = {
  id: string
  what: string
  when: string
  /** The account this one corrects, or that it was corrected by a later one. */
  note: string | null
  words: { label: string; text: string }[]
}

type Props = {
  around: Around
  caseId: string
  alias: string
  lead: string
  duties: readonly (Duty & { authorityText: string })[]
  /** Safeguards without a limit or a question: owed all the same. */
  others: readonly { id: string; title: string }[]
  contacts: readonly ShownContact[]
  interviews: number
  canWrite: boolean
  /** Where a worker asks that "victim" may be left out; null for everybody else. */
  agree: { href: string; text: string } | null
  showWords: (() => void) | null
  problem: string | null
  printed: string
}

const GROUPS: readonly { name: 'now' | 'ask' | 'running' | 'kept'; of: readonly Standing[]; folds?: true }[] = [
  { name: 'now', of: ['not_met', 'passed', 'due_soon'] },
  { name: 'ask', of: ['to_find_out'], folds: true },
  { name: 'running', of: ['running'] },
  { name: 'kept', of: ['met_late', 'met', 'ended'], folds: true },
]

/** So many stand open in any group. */
const FEW = 2

/** What the authorities owe one child: what needs somebody now, what to ask, what runs, what was kept. */
export function Safeguards(props: Props) {
  const { around, caseId, alias, lead, duties, contacts, canWrite } = props
  const { t } = around.speech
  const first = contacts[0]
  const hrefOf = (duty: Duty) => (canWrite ? `/cases/${caseId}/safeguards/${duty.contactId}/${duty.id}` : null)
  return (
    <Screen title={t('justice.safeguards')} lead={lead}>
      <p className="only-printed">{props.printed}</p>
      {props.problem !== null && <p className="small">{props.problem}</p>}
      {canWrite && (
        <div className="row actions not-printed">
          <To href={`/cases/${caseId}/contact`} className="button">
            {t('justice.record')}
          </To>
          {duties.filter((duty) => duty.standing === 'to_find_out').length > 1 && (
            <To href={`/cases/${caseId}/ask`} className="button second">
              {t('justice.ask')}
            </To>
          )}
        </div>
      )}
      <div className="two">
        <div className="stack wide">
          {GROUPS.map(({ name, of, folds }) => {
            const shown = duties.filter((duty) => of.includes(duty.standing))
            if (shown.length === 0) return null
            const title = t(`justice.group.${name}`, { count: shown.length })
            const list = (
              <ul className="plain stack">
                {shown.map((duty) => (
                  <DutyCard
                    key={`${duty.contactId}${duty.id}${duty.clock?.startsAt ?? ''}`}
                    around={around}
                    duty={duty}
                    authority={duty.authorityText}
                    href={hrefOf(duty)}
                  />
                ))}
              </ul>
            )
            // What is asked in one go, and what is done with, wait behind their headings: on a phone the page stays short.
            return (
              <section key={name} className="group">
                {folds && shown.length > FEW ? (
                  <Fold title={title}>{list}</Fold>
                ) : (
                  <>
                    <h2>{title}</h2>
                    {list}
                  </>
                )}
              </section>
            )
          })}
        </div>
        <div className="stack wide">
          <section className="group">
            <h2>{t('justice.contacts', { count: contacts.length })}</h2>
            {props.interviews > 0 && <p className="small">{t('justice.interviews', { count: props.interviews })}</p>}
            <ContactList {...props} alias={alias} />
          </section>
          {props.agree !== null && (
            <p className="not-printed">
              <To href={props.agree.href} className="line">
                {props.agree.text}
              </To>
            </p>
          )}
          {first !== undefined && props.others.length > 0 && (
            <details className="not-printed">
              <summary>{t('justice.others', { count: props.others.length })}</summary>
              <ul className="plain stack">
                {props.others.map(({ id, title }) => (
                  <li key={id} className="card">
                    <h3>{title}</h3>
                    <Law around={around} id={id} />
                    {canWrite && (
                      <To href={`/cases/${caseId}/safeguards/${first.id}/${id}`} className="line">
                        {t('justice.give_answer')}
                        <span className="unseen">: {title}</span>
                      </To>
                    )}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </div>
      </div>
    </Screen>
  )
}

/** Contacts, newest first; what was written in them opens by choice and closes on leaving. */
function ContactList({ around, caseId, contacts, canWrite, showWords }: Props) {
  const { t } = around.speech
  return (
    <>
      <ul className="plain stack">
        {contacts.map(({ id, what, when, note, words }) => (
          <li key={id} className="card">
            <h3>{what}</h3>
            <p className="small">{when}</p>
            {note !== null && <p className="tiny">{note}</p>}
            {words.length > 0 && (
              <dl className="facts">
                {words.map(({ label, text }) => (
                  <div key={label}>
                    <dt>{label}</dt>
                    <dd className="words">{text}</dd>
                  </div>
                ))}
              </dl>
            )}
            {canWrite && (
              <p className="not-printed">
                <To href={`/cases/${caseId}/contact/${id}`} className="line">
                  {t('justice.correct')}
                  <span className="unseen">: {what}</span>
                </To>
              </p>
            )}
          </li>
        ))}
      </ul>
      {showWords !== null && (
        <button type="button" className="linkish not-printed" onClick={showWords}>
          {t('justice.show_words')}
        </button>
      )}
    </>
  )
}
