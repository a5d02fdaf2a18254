import type { Speech } from '../../../web/language.ts'
import { Fold } from '../../../web/ui/Fold.tsx'
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
    <Fold
      title={t('justice.safeguards')}
      says={
        counts === null ? (
          t('justice.no_contact')
        ) : (
          <>
            {lead !== null && <span>{lead}</span>}
            <span className="row">
              {counts.map(({ standing, count }) => {
                const text = t(`justice.count.${standing}`, { count })
                return standing !== 'never_shown' && ['urgent', 'due'].includes(TONES[standing]) ? (
                  <Status key={standing} tone={TONES[standing]}>
                    {text}
                  </Status>
                ) : (
                  <span key={standing}>{text}</span>
                )
              })}
            </span>
          </>
        )
      }
    >
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
    </Fold>
  )
}
