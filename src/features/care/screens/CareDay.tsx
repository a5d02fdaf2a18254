import type { Instant } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import { momentText } from '../../../web/moments.ts'
import { To } from '../../../web/ui/To.tsx'
import { useAnswer } from '../../../web/use-answer.ts'

type Given = { id: string; caseId: string; alias: string; dueAt: Instant }

/** What colleagues gave this person to do in cases that they carry; nothing where nobody did, or without a line. */
export function CareDay() {
  const { app, desk, speech, pack, now } = useDesk()
  const { t } = speech
  const asked = useAnswer(
    'care-mine',
    // Our own server answers in its own schema.
    async () => ((await app.api.get('/api/care/mine')) as { tasks: Given[] }).tasks,
    desk.replica.state().syncedAt ?? '',
  )
  if (asked.state !== 'answered' || asked.value.length === 0) return null
  return (
    <section className="group">
      <h2>{t('care.mine', { count: asked.value.length })}</h2>
      <ul className="plain stack">
        {asked.value.map(({ id, caseId, alias, dueAt }) => (
          <li key={id} className="card spread">
            <div>
              <h3>{alias}</h3>
              <p className="small">{t('time.due', { when: momentText(speech, dueAt, pack.timeZone, now) })}</p>
            </div>
            <To href={`/cases/${caseId}/task/${id}`} className="button second small-target">
              {t('save.look')}
            </To>
          </li>
        ))}
      </ul>
    </section>
  )
}
