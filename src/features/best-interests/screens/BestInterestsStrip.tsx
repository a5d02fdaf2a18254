import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { dayText } from '../../../web/moments.ts'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { ownCase } from '../../cases/screens/case-file.ts'
import { emptyText, useRows } from '../../cases/screens/use-rows.ts'
import { type RecordState, stateOf, viewOf } from './view.ts'

export const TONES: Record<RecordState, Tone> = { holds: 'ok', waits: 'info', declined: 'due', replaced: 'quiet' }

/** What was last weighed for this child, on the home of its case. */
export function BestInterestsStrip({ caseId }: { caseId: string }) {
  const { speech, rows, pack, now } = useDesk()
  const weighed = useRows(caseId, 'best-interests')
  const { t } = speech
  const view = viewOf(weighed.rows, caseId)
  const [record] = view.records
  const timeZone = zoneOf(pack, ownCase(rows, caseId)?.case.region)
  return (
    <section className="group">
      <h2>{t('best_interests.strip')}</h2>
      <div className="card stack has-link">
        <h3>
          <To href={`/cases/${caseId}/best-interests`} className="cover-link">
            {record === undefined
              ? emptyText(speech, weighed, t('best_interests.none'))
              : t(`best_interests.kind.${record.kind}`)}
          </To>
        </h3>
        {record !== undefined && (
          <div className="row">
            {weighed.isHere && (
              <Status tone={TONES[stateOf(view, record)]}>{t(`best_interests.state.${stateOf(view, record)}`)}</Status>
            )}
            <span className="small">{dayText(speech, record.decidedAt, timeZone, now)}</span>
          </div>
        )}
      </div>
    </section>
  )
}
