import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { TONES } from './BestInterestsStrip.tsx'
import type { RecordState } from './view.ts'

export type ShownRecord = { id: string; title: string; about: string; question: string; state: RecordState }
export type ShownFact = {
  id: string
  title: string
  about: string
  text: string
  note: string | null
  voice: string | null
}

type Props = {
  speech: Speech
  caseId: string
  alias: string
  records: readonly ShownRecord[]
  decisions: readonly ShownFact[]
  urgent: readonly ShownFact[]
  canWrite: boolean
  problem: string | null
}

/** What was weighed for one child, what was decided, and what was done at once. */
export function BestInterests({ speech, caseId, alias, records, decisions, urgent, canWrite, problem }: Props) {
  const { t } = speech
  return (
    <Screen title={t('best_interests.title', { alias })} lead={t('best_interests.lead')}>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {canWrite && (
        <div className="actions row not-printed">
          <To href={`/cases/${caseId}/best-interests/new`} className="button">
            {t('best_interests.new')}
          </To>
          <To href={`/cases/${caseId}/decide`} className="button second">
            {t('best_interests.decide')}
          </To>
          <To href={`/cases/${caseId}/protect-now`} className="button second">
            {t('best_interests.protect')}
          </To>
        </div>
      )}
      <section className="group">
        <h2>{t('best_interests.records', { count: records.length })}</h2>
        {records.length === 0 && <p>{t('best_interests.none_lead')}</p>}
        <ul className="plain stack">
          {records.map((one) => (
            <li key={one.id} className="card stack has-link">
              <div className="spread">
                <h3>
                  <To href={`/cases/${caseId}/best-interests/${one.id}`} className="cover-link">
                    {one.title}
                  </To>
                </h3>
                <Status tone={TONES[one.state]}>{t(`best_interests.state.${one.state}`)}</Status>
              </div>
              <p className="words" translate="no">
                {one.question}
              </p>
              <p className="tiny">{one.about}</p>
            </li>
          ))}
        </ul>
      </section>
      <Facts title={t('best_interests.decisions')} label={t('cases.child_on_decision')} facts={decisions} />
      <Facts title={t('best_interests.urgent')} label={t('cases.child_on_decision')} facts={urgent} />
    </Screen>
  )
}

function Facts({ title, label, facts }: { title: string; label: string; facts: readonly ShownFact[] }) {
  if (facts.length === 0) return null
  return (
    <section className="group">
      <h2>{title}</h2>
      <ul className="plain stack">
        {facts.map(({ id, title: what, about, text, note, voice }) => (
          <li key={id} className="card stack">
            <h3>{what}</h3>
            <p className="words" translate="no">
              {text}
            </p>
            {voice !== null && (
              <div className="voice">
                <p className="small">{label}</p>
                <p className="words" translate="no">
                  {voice}
                </p>
              </div>
            )}
            <p className="tiny">{about}</p>
            {note !== null && <p className="small">{note}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}
