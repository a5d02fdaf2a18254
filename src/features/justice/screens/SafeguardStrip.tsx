import type { Speech } from '../../../web/language.ts'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import type { StandingCount } from '../duties.ts'
import { TONES } from './texts.ts'

type Props = {
  speech: Speech
  caseId: string
  /** Null where no contact with an authority is recorded. */
  counts: readonly StandingCount[] | null
  lead: string | null
  canWrite: boolean
}

/** What authorities owe the child, in one line of the case's home. */
export function SafeguardStrip({ speech: { t }, caseId, counts, lead, canWrite }: Props) {
  return (
    <section className="group">
      <h2>{t('justice.safeguards')}</h2>
      <div className="card stack">
        {counts === null ? (
          <p className="small">{t('justice.no_contact')}</p>
        ) : (
          <>
            {lead !== null && <p className="small">{lead}</p>}
            <div className="row">
              {counts.map(({ standing, count }) => (
                <Status
                  key={standing}
                  tone={standing === 'never_shown' ? 'quiet' : TONES[standing]}
                  {...(standing === 'running' ? { icon: 'clock' } : {})}
                >
                  {t(`justice.count.${standing}`, { count })}
                </Status>
              ))}
            </div>
          </>
        )}
        <div className="row not-printed">
          {counts !== null && (
            <To href={`/cases/${caseId}/safeguards`} className="line">
              {t('justice.look')}
            </To>
          )}
          {canWrite && (
            <To href={`/cases/${caseId}/contact`} className="line">
              {t('justice.record')}
            </To>
          )}
        </div>
      </div>
    </section>
  )
}
