import type { Instant } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import { momentText } from '../../../web/moments.ts'
import { To } from '../../../web/ui/To.tsx'
import { useAnswer } from '../../../web/use-answer.ts'

type Coming = { id: string; caseId: string; alias: string; at: Instant }

/** The conferences that come in a supervisor's teams; nothing where none is called. */
export function ConferenceTeam() {
  const { app, desk, speech, pack, now } = useDesk()
  const { t } = speech
  const asked = useAnswer(
    'conference-team',
    // Our own server answers in its own schema.
    async () => ((await app.api.get('/api/conference/team')) as { coming: Coming[] }).coming,
    desk.replica.state().syncedAt ?? '',
  )
  if (asked.state !== 'answered' || asked.value.length === 0) return null
  return (
    <section className="group">
      <h2>{t('conference.team', { count: asked.value.length })}</h2>
      <ul className="plain stack">
        {asked.value.map(({ id, caseId, alias, at }) => (
          <li key={id} className="card spread">
            <div>
              <h3>{alias}</h3>
              <p className="small">{momentText(speech, at, pack.timeZone, now)}</p>
            </div>
            <To href={`/cases/${caseId}/conferences/${id}`} className="button second small-target">
              {t('conference.prepare')}
            </To>
          </li>
        ))}
      </ul>
    </section>
  )
}
