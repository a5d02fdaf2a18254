import { useDesk } from '../../../web/app-context.ts'
import { To } from '../../../web/ui/To.tsx'
import { ownCase } from '../../cases/screens/case-file.ts'

const WRITES = ['case_worker', 'intake']

/** What care adds to the home of a case: the two things a worker does most. */
export function CareStrip({ caseId }: { caseId: string }) {
  const { speech, person, rows } = useDesk()
  const { t } = speech
  const canWrite = WRITES.includes(person.role) && ownCase(rows, caseId)?.case.state === 'open'
  return (
    <section className="group not-printed">
      <h2>{t('care.strip')}</h2>
      <div className="actions row">
        {canWrite && (
          <>
            <To href={`/cases/${caseId}/note`} className="button">
              {t('care.add_note')}
            </To>
            <To href={`/cases/${caseId}/task`} className="button second">
              {t('care.add_task')}
            </To>
          </>
        )}
        <To href={`/cases/${caseId}/notes`} className="line">
          {t('care.all_notes')}
        </To>
      </div>
    </section>
  )
}
