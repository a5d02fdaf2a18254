import type { Instant } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import { momentText } from '../../../web/moments.ts'
import { To } from '../../../web/ui/To.tsx'
import { useAnswer } from '../../../web/use-answer.ts'

type Incident = { caseId: string; alias: string; at: Instant }

/** Who is told of what happens in a house: whoever carries the case, and whoever supervises it. */
const HEARS = ['case_worker', 'supervisor']

/** That something happened to a child in the house where she lives, until this person has opened the file; never what. */
export function Incidents() {
  const { app, desk, speech, pack, now, person } = useDesk()
  const { t } = speech
  const hears = HEARS.includes(person.role)
  const asked = useAnswer(
    hears ? 'incidents' : 'hears-none',
    // Our own server answers in its own schema.
    async () => (hears ? ((await app.api.get('/api/services/incidents')) as { incidents: Incident[] }).incidents : []),
    desk.replica.state().syncedAt ?? '',
  )
  if (asked.state !== 'answered' || asked.value.length === 0) return null
  return (
    <section className="group">
      <h2>{t('services.incidents', { count: asked.value.length })}</h2>
      <ul className="plain stack">
        {asked.value.map(({ caseId, alias, at }) => (
          <li key={caseId} className="card spread">
            <div>
              <h3 translate="no">{alias}</h3>
              <p className="small">{t('services.incident_at', { when: momentText(speech, at, pack.timeZone, now) })}</p>
            </div>
            <To href={`/cases/${caseId}`} className="button second small-target">
              {t('save.look')}
            </To>
          </li>
        ))}
      </ul>
    </section>
  )
}
