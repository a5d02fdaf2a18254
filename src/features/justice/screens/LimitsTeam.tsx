import { toMillis } from '../../../core/time.ts'
import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { lengthText, momentText } from '../../../web/moments.ts'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { useAnswer } from '../../../web/use-answer.ts'

import type { DayLimit } from '../board.ts'
import { dutyTitle, TONES } from './texts.ts'

/** Limits of children held now that have passed or are near, on a supervisor's day: by themselves, one card a child; nothing where none is. */
export function LimitsTeam() {
  const { app, desk, speech, pack, now } = useDesk()
  const { t } = speech
  const asked = useAnswer(
    'held-limits',
    // Our own server answers in its own schema.
    async () => ((await app.api.get('/api/safeguards/limits')) as { limits: DayLimit[] }).limits,
    desk.replica.state().syncedAt ?? '',
  )
  if (asked.state !== 'answered' || asked.value.length === 0) return null
  return (
    <section className="group">
      <h2>{t('justice.team', { count: asked.value.length })}</h2>
      <ul className="plain stack">
        {asked.value.map(({ caseId, alias, region, workerName, safeguardId, dueAt, standing, more }) => (
          <li key={caseId} className="card spread">
            <div>
              <div className="row">
                <h3 translate="no">{alias}</h3>
                <Status tone={TONES[standing]}>
                  {dueAt < now
                    ? t('justice.board.late', { length: lengthText(speech, toMillis(now) - toMillis(dueAt)) })
                    : t('time.due', { when: momentText(speech, dueAt, zoneOf(pack, region), now) })}
                </Status>
              </div>
              <p>{dutyTitle(pack, speech, safeguardId)}</p>
              <p className="small">
                {[workerName, more === 0 ? null : t('justice.team_more', { count: more })].filter(Boolean).join(' · ')}
              </p>
            </div>
            <To href={`/cases/${caseId}/safeguards`} className="button second small-target">
              {t('save.look')}
            </To>
          </li>
        ))}
      </ul>
      <p>
        <To href="/safeguards" className="line">
          {t('justice.team_all')}
        </To>
      </p>
    </section>
  )
}
