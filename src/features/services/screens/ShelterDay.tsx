import { addMillis, dayOf, type Instant, instant, startOfDay, toMillis } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import { dayText } from '../../../web/moments.ts'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { byNextSession, nextSession } from '../my-child.ts'
import { useMyCare } from './use-my-care.ts'

/** The children somebody was named for: of a shelter the way to care sheet and day log, of a health worker to her notes. */
export function ShelterDay() {
  const { speech, pack, now, person } = useDesk()
  const { t } = speech
  const children = useMyCare()
  if (children === null) return null
  const today = dayOf(now, pack.timeZone)
  const shown = children.map((child) => ({ ...child, next: nextSession(child.nextOn, child.notedOn, today) }))
  const dayOn = (at: Instant) => dayText(speech, at, pack.timeZone, now)
  const endsSoon = (until: string) => toMillis(instant(until)) - toMillis(now) < SOON_MS
  return (
    <section className="group stack">
      <h2>{t('services.in_my_care')}</h2>
      {children.length === 0 && <p>{t('services.in_my_care_none')}</p>}
      <ul className="plain stack">
        {byNextSession(shown).map(({ caseId, alias, until, writes, next }) => (
          <li key={caseId} className="card stack">
            <h3 translate="no">{alias}</h3>
            {next !== null && (
              <div className="row">
                <Status tone={next.kind === 'note' ? 'due' : 'info'}>
                  {t(`services.session_${next.kind}`, { day: dayOn(startOfDay(next.on, pack.timeZone)) })}
                </Status>
              </div>
            )}
            {until !== 'infinity' && (
              <div className="row">
                {endsSoon(until) ? (
                  <Status tone="due">{t('services.care_until', { when: dayOn(lastDay(until, pack.timeZone)) })}</Status>
                ) : (
                  <p className="small">{t('services.care_until', { when: dayOn(lastDay(until, pack.timeZone)) })}</p>
                )}
              </div>
            )}
            <div className="actions row">
              {person.role === 'shelter_worker' && (
                <>
                  <To href={`/cases/${caseId}/care-sheet`} className="button">
                    {t('services.sheet')}
                  </To>
                  <To href={`/cases/${caseId}/day-log/new`} className="button second">
                    {t('services.log_add')}
                  </To>
                </>
              )}
              {(person.role === 'clinician' || writes) && (
                <To
                  href={`/cases/${caseId}/services`}
                  className={person.role === 'clinician' ? 'button' : 'button second'}
                >
                  {t('services.all')}
                </To>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** How long before it ends a right is said to end soon: long enough to ask the worker for more. */
const SOON_MS = 14 * 86_400_000

/** A right ends as its last day does. */
function lastDay(until: string, timeZone: string) {
  return startOfDay(dayOf(addMillis(instant(until), -1), 'UTC'), timeZone)
}
