import { addMillis, dayOf, instant, startOfDay } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import { dayText } from '../../../web/moments.ts'
import { To } from '../../../web/ui/To.tsx'
import { useMyCare } from './use-my-care.ts'

/** The children somebody was named for: of a shelter the way to care sheet and day log, of a health worker to her notes. */
export function ShelterDay() {
  const { speech, pack, now, person } = useDesk()
  const { t } = speech
  const children = useMyCare()
  if (children === null) return null
  return (
    <section className="group stack">
      <h2>{t('services.in_my_care')}</h2>
      {children.length === 0 && <p>{t('services.in_my_care_none')}</p>}
      <ul className="plain stack">
        {children.map(({ caseId, alias, until, writes }) => (
          <li key={caseId} className="card stack">
            <h3 translate="no">{alias}</h3>
            {until !== 'infinity' && (
              <p className="small">
                {t('services.care_until', { when: dayText(speech, lastDay(until, pack.timeZone), pack.timeZone, now) })}
              </p>
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

/** A right ends as its last day does. */
function lastDay(until: string, timeZone: string) {
  return startOfDay(dayOf(addMillis(instant(until), -1), 'UTC'), timeZone)
}
