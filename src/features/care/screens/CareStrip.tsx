import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { dayText } from '../../../web/moments.ts'
import { startOfDay } from '../../../core/time.ts'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { ownCase } from '../../cases/screens/case-file.ts'
import { emptyText } from '../../cases/screens/use-rows.ts'
import { progressOf } from '../plan-state.ts'
import { planView } from './plan-view.ts'
import { useCareRows } from './use-care.ts'

const WRITES = ['case_worker', 'intake']

/** What care adds to the home of a case: what the child wants, the work on it, and how the plan goes. */
export function CareStrip({ caseId }: { caseId: string }) {
  const { speech, person, rows, pack, now } = useDesk()
  const care = useCareRows(caseId)
  const { t } = speech
  const own = ownCase(rows, caseId)
  const canWrite = WRITES.includes(person.role) && own?.case.state === 'open'
  const timeZone = zoneOf(pack, own?.case.region)
  const { plan, goals, state } = planView(care.rows, caseId)
  const progress = progressOf(goals)
  const saidOn = plan?.wantsSaidOn ?? null
  const who = [
    plan?.wantsHeardBy ?? '',
    saidOn === null ? '' : dayText(speech, startOfDay(saidOn, timeZone), timeZone, now),
  ].filter((text) => text !== '')
  return (
    <>
      {(plan?.wants ?? '') !== '' && (
        <section className="group">
          <h2>{t('care.wants')}</h2>
          <div className="voice">
            <p className="words" translate="no">
              “{plan?.wants}”
            </p>
            {who.length > 0 && <p className="small">{who.join(' · ')}</p>}
          </div>
        </section>
      )}
      <section className="group">
        <h2>{t('care.strip')}</h2>
        <div className="actions row not-printed">
          {canWrite && (
            <To href={`/cases/${caseId}/task`} className="button second">
              {t('care.add_task')}
            </To>
          )}
          <To href={`/cases/${caseId}/notes`} className="line">
            {t('care.all_notes')}
          </To>
          <To href={`/cases/${caseId}/follow-up`} className="line">
            {t('care.follow')}
          </To>
        </div>
        <div className="card stack has-link">
          <h3>
            <To href={`/cases/${caseId}/plan`} className="cover-link">
              {t('care.plan')}
            </To>
          </h3>
          <div className="row">
            {goals.length === 0 ? (
              <p className="small">{emptyText(speech, care, t('care.goals_none'))}</p>
            ) : (
              <>
                <Status tone="ok">{t('care.count_done', { count: progress.done })}</Status>
                <Status tone="info">{t('care.count_going', { count: progress.going })}</Status>
                <Status tone="quiet">{t('care.count_open', { count: progress.notStarted })}</Status>
              </>
            )}
          </div>
          {!care.isAsking && care.problem === null && <p className="tiny">{t(`care.plan.${state}`)}</p>}
        </div>
      </section>
    </>
  )
}
