import { useDesk } from '../../../web/app-context.ts'
import { Fold } from '../../../web/ui/Fold.tsx'
import { To } from '../../../web/ui/To.tsx'
import { ownCase } from '../../cases/screens/case-file.ts'
import { useReads } from '../../cases/screens/reads-context.ts'
import { emptyText } from '../../cases/screens/use-rows.ts'
import { progressOf } from '../plan-state.ts'
import { planView } from './plan-view.ts'
import { useCareRows } from './use-care.ts'

const WRITES = ['case_worker', 'intake']

/** What care adds to the home of a case: the work with the child, and how the plan goes. */
export function CareStrip({ caseId }: { caseId: string }) {
  const { speech, person, rows } = useDesk()
  const care = useCareRows(caseId)
  const reads = useReads()
  const { t } = speech
  const canWrite = WRITES.includes(person.role) && ownCase(rows, caseId)?.case.state === 'open'
  const { goals, state } = planView(care.rows, caseId)
  const progress = progressOf(goals)
  const counts = [
    t('care.count_done', { count: progress.done }),
    t('care.count_going', { count: progress.going }),
    t('care.count_open', { count: progress.notStarted }),
  ]
  if (!reads('services') && !reads('narrative')) return null
  return (
    <Fold
      title={t('care.strip')}
      says={
        reads('services') &&
        [
          `${t('care.plan')}: ${goals.length === 0 ? emptyText(speech, care, t('care.goals_none')) : counts.join(' · ')}`,
          ...(care.isAsking || care.problem !== null ? [] : [t(`care.plan.${state}`)]),
        ].join(' · ')
      }
      opensOnDesk
    >
      <div className="row not-printed">
        {reads('services') && (
          <To href={`/cases/${caseId}/plan`} className="line">
            {t('care.plan')}
          </To>
        )}
        {reads('narrative') && (
          <To href={`/cases/${caseId}/notes`} className="line">
            {t('care.all_notes')}
          </To>
        )}
        {reads('services') && (
          <To href={`/cases/${caseId}/follow-up`} className="line">
            {t('care.follow')}
          </To>
        )}
        {canWrite && (
          <To href={`/cases/${caseId}/task`} className="line">
            {t('care.add_task')}
          </To>
        )}
      </div>
    </Fold>
  )
}
