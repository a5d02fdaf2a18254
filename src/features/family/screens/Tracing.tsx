import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'

export type ShownFact = { id: string; when: string; what: string; words: readonly { label: string; text: string }[] }
export type ShownTracing = {
  id: string
  whom: string
  about: string
  state: { text: string; tone: Tone }
  next: string | null
  outcome: string | null
  facts: readonly ShownFact[]
  mayVerify: boolean
  mayReunify: boolean
}

type Props = {
  speech: Speech
  caseId: string
  alias: string
  tracings: readonly ShownTracing[]
  canWrite: boolean
  /** Not heard yet: nothing is said of whether anybody is looked for. */
  isAsking: boolean
  problem: string | null
}

/** Looking for a child's family, step by step: nobody is brought anywhere before both sides have been asked apart. */
export function Tracing({ speech: { t }, caseId, alias, tracings, canWrite, isAsking, problem }: Props) {
  return (
    <Screen title={t('family.tracing_title', { alias })} lead={t('family.tracing_lead')}>
      {problem !== null && <Notice tone="due">{problem}</Notice>}
      {tracings.length === 0 && problem === null && <p>{t(isAsking ? 'wait' : 'family.tracing_none')}</p>}
      {tracings.map((one) => (
        <section key={one.id} className="group stack">
          <h2 className="words not-printed" translate="no" dir="auto">
            {one.whom}
          </h2>
          <p className="small">{one.about}</p>
          <div className="row">
            <Status tone={one.state.tone}>{one.state.text}</Status>
          </div>
          {one.next !== null && <p>{one.next}</p>}
          {one.outcome !== null && (
            <p className="words" translate="no" dir="auto">
              {one.outcome}
            </p>
          )}
          {one.facts.length > 0 && (
            <ul className="plain stack">
              {one.facts.map((fact) => (
                <li key={fact.id} className="card stack">
                  <h3>{fact.what}</h3>
                  <p className="small">{fact.when}</p>
                  <dl className="says">
                    {fact.words.map(({ label, text }) => (
                      <div key={label}>
                        <dt className="small">{label}</dt>
                        <dd className="words" translate="no" dir="auto">
                          {text}
                        </dd>
                      </div>
                    ))}
                  </dl>
                </li>
              ))}
            </ul>
          )}
          {canWrite && (
            <div className="actions row not-printed">
              <To href={`/cases/${caseId}/tracing/${one.id}/step`} className="button second">
                {t('family.add_step')}
              </To>
              {one.mayVerify && (
                <To href={`/cases/${caseId}/tracing/${one.id}/verify`} className="button second">
                  {t('family.verify')}
                </To>
              )}
              {one.mayReunify && (
                <To href={`/cases/${caseId}/tracing/${one.id}/reunify`} className="button second">
                  {t('family.reunify')}
                </To>
              )}
              <To href={`/cases/${caseId}/tracing/${one.id}`} className="line">
                {t('family.change')}
              </To>
            </div>
          )}
        </section>
      ))}
      {canWrite && (
        <div className="actions not-printed">
          <To href={`/cases/${caseId}/tracing/new`} className="button">
            {t('family.tracing_begin')}
          </To>
        </div>
      )}
    </Screen>
  )
}
