import { useDesk } from '../../../web/app-context.ts'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { useRows } from '../../cases/screens/use-rows.ts'
import { lookedAt, wasHard } from './view.ts'

const SEES = ['case_worker', 'intake', 'supervisor']

/** What was talked about and found in the file of this case, on its home; for the worker and her supervisor. */
export function SupervisionStrip({ caseId }: { caseId: string }) {
  const { speech, person, rows, now } = useDesk()
  const kept = useRows(caseId, 'supervision')
  const { t } = speech
  if (!SEES.includes(person.role)) return null
  const open = lookedAt(kept.rows, caseId).filter(({ review, done }) => review.putRightBy !== null && done === null)
  return (
    <section className="group">
      <h2>{t('supervision.strip')}</h2>
      <div className="card stack has-link">
        <h3>
          <To href={`/cases/${caseId}/supervision`} className="cover-link">
            {t('supervision.strip_link')}
          </To>
        </h3>
        {open.length > 0 && (
          <div className="row">
            <Status tone="due">{t('supervision.to_put_right', { count: open.length })}</Status>
          </div>
        )}
      </div>
      {wasHard(rows, caseId, now) && (
        <div className="actions row not-printed">
          <To href="/more/staff-care" className="line">
            {t('supervision.after_hard')}
          </To>
        </div>
      )}
    </section>
  )
}
