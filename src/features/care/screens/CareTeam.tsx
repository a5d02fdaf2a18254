import type { Instant } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import { momentText } from '../../../web/moments.ts'
import { To } from '../../../web/ui/To.tsx'
import { useAnswer } from '../../../web/use-answer.ts'

type Waiting = { caseId: string; alias: string; workerName: string | null; submittedAt: Instant }

/** Plans that wait for a supervisor's word; nothing where none does. */
export function CareTeam() {
  const { app, desk, speech, pack, now } = useDesk()
  const { t } = speech
  // Our own server answers in its own schema.
  const asked = useAnswer(
    'care-team',
    async () => ((await app.api.get('/api/care/team')) as { waiting: Waiting[] }).waiting,
    desk.replica.state().syncedAt ?? '',
  )
  if (asked.state !== 'answered' || asked.value.length === 0) return null
  return (
    <section className="group">
      <h2>{t('care.waiting', { count: asked.value.length })}</h2>
      <ul className="plain stack">
        {asked.value.map(({ caseId, alias, workerName, submittedAt }) => (
          <li key={caseId} className="card spread">
            <div>
              <h3>{alias}</h3>
              <p className="small">
                {t('care.waiting_from', {
                  name: workerName ?? '–',
                  when: momentText(speech, submittedAt, pack.timeZone, now),
                })}
              </p>
            </div>
            <To href={`/cases/${caseId}/plan`} className="button second small-target">
              {t('care.read_plan')}
            </To>
          </li>
        ))}
      </ul>
    </section>
  )
}
