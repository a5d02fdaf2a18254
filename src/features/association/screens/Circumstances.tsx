import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'

export type Told = {
  id: string
  when: string
  by: string
  corrects: string | null
  circumstances: readonly string[]
  roles: readonly string[]
  wayOut: string | null
  childSays: string | null
  helpNeeded: string | null
}

type Props = {
  speech: Speech
  caseId: string
  alias: string
  told: readonly Told[] | null
  mayBeAsked: boolean
  canWrite: boolean
  problem: string | null
}

/** What was told of how the child came to where it was. Opened by choice, for one case, and never printed with a file. */
export function Circumstances({ speech: { t }, caseId, alias, told, mayBeAsked, canWrite, problem }: Props) {
  return (
    <Screen title={t('association.title', { alias })} lead={t('association.lead')}>
      <p className="only-printed">{t('association.not_printed')}</p>
      <div className="stack wide not-printed">
        {problem !== null && <Notice tone="due">{problem}</Notice>}
        {told !== null && !mayBeAsked && (
          <Notice tone="due">
            <h2>{t('association.closed')}</h2>
            <p>{t('association.closed_why')}</p>
            {canWrite && (
              <p>
                <To href={`/cases/${caseId}/circumstances/ready`} className="line">
                  {t('association.ready')}
                </To>
              </p>
            )}
          </Notice>
        )}
        {mayBeAsked && canWrite && (
          <div className="actions">
            <To href={`/cases/${caseId}/circumstances/new`} className="button">
              {t('association.add')}
            </To>
          </div>
        )}
        {told === null && problem === null && <p className="small">{t('wait')}</p>}
        {told?.length === 0 && <p>{t('association.none')}</p>}
        {told?.map((one) => (
          <article key={one.id} className="card stack">
            <h2>{one.when}</h2>
            <p className="small">{[one.by, one.corrects].filter((part) => part !== null).join(' · ')}</p>
            <dl className="facts">
              <Fact label={t('association.circumstances')} values={one.circumstances} />
              <Fact label={t('association.roles')} values={one.roles} />
              <Fact label={t('association.way_out')} values={one.wayOut === null ? [] : [one.wayOut]} />
              <Fact label={t('association.help')} values={one.helpNeeded === null ? [] : [one.helpNeeded]} />
            </dl>
            {one.childSays !== null && (
              <div className="voice">
                <p className="words" translate="no">
                  “{one.childSays}”
                </p>
              </div>
            )}
          </article>
        ))}
      </div>
    </Screen>
  )
}

function Fact({ label, values }: { label: string; values: readonly string[] }) {
  if (values.length === 0) return null
  return (
    <div>
      <dt>{label}</dt>
      {values.map((value) => (
        <dd key={value} className="words">
          {value}
        </dd>
      ))}
    </div>
  )
}
