import { type Day, dayOf, type Instant, startOfDay } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import { dayText, monthText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { monthOf } from '../review.ts'
import { Sample } from './Sample.tsx'
import { StaffCare } from './StaffCare.tsx'

type Drawn = {
  caseId: string
  alias: string
  closedAt: Instant | null
  workerName: string | null
  isReviewed: boolean
}
type Days = { lastOn: Day | null; nextOn: Day | null }
type Talks = { mine: Days & { supervisors: string[] }; team: (Days & { id: string; name: string })[] }

/** When people talked and will again; only the server knows. */
function useTalks() {
  const { app, speech, pack, now } = useDesk()
  // Our own server answers in its own schema.
  const asked = useAnswer('talks-of-mine', async () => (await app.api.get('/api/supervision/talks')) as Talks)
  const day = (of: Day) => dayText(speech, startOfDay(of, pack.timeZone), pack.timeZone, now)
  const daysText = ({ lastOn, nextOn }: Days) =>
    [
      lastOn === null ? speech.t('supervision.never_talked') : speech.t('supervision.last_talk', { day: day(lastOn) }),
      ...(nextOn === null ? [] : [speech.t('supervision.next_talk', { day: day(nextOn) })]),
    ].join(' · ')
  return { talks: asked.state === 'answered' ? asked.value : null, daysText }
}

export function SamplePage() {
  const { app, desk, speech, pack, now } = useDesk()
  const { talks, daysText } = useTalks()
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
      talks={talks?.team.map((one) => ({ id: one.id, name: one.name, about: daysText(one) })) ?? []}
      problem={asked.state === 'failed' ? errorText(speech, asked.code) : null}
    />
  )
}

export function StaffCarePage() {
  const { speech, pack } = useDesk()
  const { talks, daysText } = useTalks()
  return (
    <StaffCare
      speech={speech}
      supervisors={talks?.mine.supervisors ?? []}
      talks={talks === null || talks.mine.supervisors.length === 0 ? null : daysText(talks.mine)}
      phones={pack.emergency.map(({ label, phone }) => ({ label: speech.label(label), phone }))}
    />
  )
}
