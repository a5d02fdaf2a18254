import { useState } from 'react'
import { type Day, startOfDay } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { codeOf } from '../../../web/api.ts'
import { useDesk } from '../../../web/app-context.ts'
import { dayText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import type { ToTakeUp } from '../later-request.ts'

/** What former children asked another team of the office, past its day: days and teams, until somebody takes it up. */
export function TakeUp({ waiting, taken }: { waiting: readonly ToTakeUp[]; taken: () => void }) {
  const { app, speech, pack, now } = useDesk()
  const { t } = speech
  const [problem, setProblem] = useState<string | null>(null)
  const onDay = (day: Day) => dayText(speech, startOfDay(day, pack.timeZone), pack.timeZone, now)
  async function takeUp(requestId: string) {
    try {
      await app.api.post(`/api/closure/requests/${requestId}/take-up`, { id: newId() })
      setProblem(null)
      taken()
    } catch (error) {
      setProblem(errorText(speech, codeOf(error)))
    }
  }
  return (
    <section className="group">
      <h2>{t('closure.take_up_title', { count: waiting.length })}</h2>
      <p className="small">{t('closure.take_up_lead')}</p>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      <ul className="plain stack">
        {waiting.map((one) => (
          <li key={one.requestId} className="card spread">
            <div>
              <h3>{one.team}</h3>
              <p className="small">
                {t('closure.request_asked', { day: onDay(one.askedOn) })} ·{' '}
                {t('closure.request_due', { day: onDay(one.dueOn) })}
              </p>
              {one.goesOnAt !== null && (
                <p className="small">
                  {t('closure.request_goes_on', { day: dayText(speech, one.goesOnAt, pack.timeZone, now) })}
                </p>
              )}
            </div>
            <button type="button" className="button second small-target" onClick={() => void takeUp(one.requestId)}>
              {t('closure.take_up')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
