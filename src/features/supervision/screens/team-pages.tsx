import { dayOf, type Instant } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import { monthText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { monthOf } from '../review.ts'
import { Sample } from './Sample.tsx'

type Drawn = {
  caseId: string
  alias: string
  closedAt: Instant | null
  workerName: string | null
  isReviewed: boolean
}
export function SamplePage() {
  const { app, desk, speech, pack, now } = useDesk()
  const asked = useAnswer(
    'file-sample',
    // Our own server answers in its own schema.
    async () => (await app.api.get('/api/supervision/sample')) as { files: Drawn[] },
    desk.replica.waiting().length,
  )
  return (
    <Sample
      speech={speech}
      month={monthText(speech, monthOf(dayOf(now, pack.timeZone)))}
      files={
        asked.state === 'answered'
          ? asked.value.files.map(({ caseId, alias, closedAt, workerName, isReviewed }) => ({
              caseId,
              alias,
              about: [workerName, closedAt === null ? null : speech.t('cases.closed')]
                .filter((text) => text !== null)
                .join(' · '),
              isReviewed,
            }))
          : null
      }
      problem={asked.state === 'failed' ? errorText(speech, asked.code) : null}
    />
  )
}
