import { useDesk } from '../../../web/app-context.ts'
import { FoldLink } from '../../../web/ui/FoldLink.tsx'
import { Status } from '../../../web/ui/Status.tsx'
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
    <>
      <FoldLink
        title={t('supervision.strip_link')}
        href={`/cases/${caseId}/supervision`}
        says={
          open.length === 0 ? null : <Status tone="due">{t('supervision.to_put_right', { count: open.length })}</Status>
        }
      />
      {wasHard(rows, caseId, now) && (
        <FoldLink title={t('supervision.after_hard')} href="/more/staff-care" isPrinted={false} />
      )}
    </>
  )
}
