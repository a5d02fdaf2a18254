import { useState } from 'react'
import { startOfDay } from '../../../core/time.ts'
import type { Day, Instant } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import { dayText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import type { HoldingRequest } from '../later-request.ts'
import { HoldingRequests } from './HoldingRequests.tsx'
import { Retention } from './Retention.tsx'

type Queue = {
  queue: {
    ref: string
    office: string
    class: string
    endsOn: Day
    warnedAt: Instant | null
    heldUntil: Day | null
    holdSigned: boolean | null
    requestAskedOn: Day | null
    requestDueOn: Day | null
  }[]
  requests: HoldingRequest[]
  erased: { ref: string; class: string; whole: boolean; erasedAt: Instant }[]
}

/** The data protection officer's queue: what is erased next, what is held, what is gone. */
export function RetentionPage() {
  const { app, speech, pack, now } = useDesk()
  const { t } = speech
  const [turn, setTurn] = useState(0)
  const asked = useAnswer('retention', async () => (await app.api.get('/api/retention')) as Queue, turn) // our own server's schema
  const onDay = (day: Day) => dayText(speech, startOfDay(day, pack.timeZone), pack.timeZone, now)
  const classOf = (id: string) => speech.find(`closure.class.${id}`) ?? id
  return (
    <Retention
      speech={speech}
      problem={asked.state === 'failed' ? errorText(speech, asked.code) : null}
      soon={
        asked.state !== 'answered'
          ? null
          : asked.value.queue.map((row) => ({
              key: `${row.ref}/${row.class}`,
              ref: row.ref,
              office: row.office,
              what: classOf(row.class),
              when: t('closure.ends_on', { day: onDay(row.endsOn) }),
              held:
                row.heldUntil === null
                  ? row.requestAskedOn === null || row.requestDueOn === null
                    ? null
                    : t('closure.waits_for_answer', {
                        asked: onDay(row.requestAskedOn),
                        due: onDay(row.requestDueOn),
                      })
                  : [
                      t('closure.held_until', { day: onDay(row.heldUntil) }),
                      t(row.holdSigned === true ? 'closure.signed_short' : 'closure.unsigned_short'),
                    ].join(' · '),
            }))
      }
      requests={
        asked.state === 'answered' && asked.value.requests.length > 0 ? (
          <HoldingRequests requests={asked.value.requests} changed={() => setTurn((before) => before + 1)} />
        ) : null
      }
      erased={
        asked.state !== 'answered'
          ? []
          : asked.value.erased.map((row) => ({
              key: `${row.ref}/${row.class}/${row.erasedAt}`,
              ref: row.ref,
              what: classOf(row.class),
              when: t('closure.was_erased', { day: dayText(speech, row.erasedAt, pack.timeZone, now) }),
              whole: row.whole,
            }))
      }
    />
  )
}
