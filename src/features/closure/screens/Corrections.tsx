import { useDesk } from '../../../web/app-context.ts'
import { type ShownRequest, useDayText } from './use-closure.ts'

/** What a former child says is not right in its file, in its own words: beside what was written, which stays as it is. */
export function Corrections({ requests, timeZone }: { requests: readonly ShownRequest[]; timeZone: string }) {
  const { t } = useDesk().speech
  const onDay = useDayText(timeZone)
  return (
    <section className="group">
      <h2>{t('closure.corrections')}</h2>
      <ul className="plain stack">
        {requests.map(({ id, asks, askedOn }) => (
          <li key={id} className="card stack">
            <p className="words" translate="no" dir="auto">
              {asks}
            </p>
            <p className="small">{t('closure.request_asked', { day: onDay(askedOn) })}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
