import { type Day, startOfDay } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import { dayText } from '../../../web/moments.ts'
import { To } from '../../../web/ui/To.tsx'

export type Contact = { caseId: string; alias: string; on: Day }

/** Contacts that were agreed for after a closing, by alias and day; nothing where none is near. */
export function Contacts({ contacts }: { contacts: readonly Contact[] }) {
  const { speech, pack, now } = useDesk()
  const { t } = speech
  if (contacts.length === 0) return null
  return (
    <section className="group">
      <h2>{t('closure.contacts', { count: contacts.length })}</h2>
      <ul className="plain stack">
        {contacts.map(({ caseId, alias, on }) => (
          <li key={caseId} className="card spread">
            <div>
              <h3>{alias}</h3>
              <p className="small">
                {t('closure.contact_agreed', {
                  day: dayText(speech, startOfDay(on, pack.timeZone), pack.timeZone, now),
                })}
              </p>
            </div>
            <To href={`/cases/${caseId}/kept`} className="button second small-target">
              {t('save.look')}
            </To>
          </li>
        ))}
      </ul>
    </section>
  )
}
