import { type Day, type Instant, startOfDay } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import { dayText } from '../../../web/moments.ts'
import { To } from '../../../web/ui/To.tsx'

export type Contact = { caseId: string; alias: string; on: Day }
export type Request = Contact & { requestId: string; goesOnAt: Instant | null }

/** Contacts that were agreed for after a closing, and what was asked since, by alias and day; nothing where nothing waits. */
export function Contacts({ contacts, requests }: { contacts: readonly Contact[]; requests: readonly Request[] }) {
  const { t } = useDesk().speech
  return (
    <>
      {contacts.length > 0 && (
        <section className="group">
          <h2>{t('closure.contacts', { count: contacts.length })}</h2>
          <ul className="plain stack">
            {contacts.map((one) => (
              <Line key={one.caseId} of={one} says="closure.contact_agreed" />
            ))}
          </ul>
        </section>
      )}
      {requests.length > 0 && (
        <section className="group">
          <h2>{t('closure.requests_wait', { count: requests.length })}</h2>
          <ul className="plain stack">
            {requests.map((one) => (
              <Line key={one.requestId} of={one} says="closure.request_due" goesOnAt={one.goesOnAt} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

type LineProps = { of: Contact; says: 'closure.contact_agreed' | 'closure.request_due'; goesOnAt?: Instant | null }

function Line({ of, says, goesOnAt = null }: LineProps) {
  const { speech, pack, now } = useDesk()
  const { t } = speech
  return (
    <li className="card spread">
      <div>
        <h3>{of.alias}</h3>
        <p className="small">
          {t(says, { day: dayText(speech, startOfDay(of.on, pack.timeZone), pack.timeZone, now) })}
        </p>
        {goesOnAt !== null && (
          <p className="small">
            {t('closure.request_goes_on', { day: dayText(speech, goesOnAt, pack.timeZone, now) })}
          </p>
        )}
      </div>
      <To href={`/cases/${of.caseId}/kept`} className="button second small-target">
        {t('save.look')}
      </To>
    </li>
  )
}
