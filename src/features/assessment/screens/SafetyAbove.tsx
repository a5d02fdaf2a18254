import { type Day, dayOf } from '../../../core/time.ts'
import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { dayText } from '../../../web/moments.ts'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { useReads } from '../../cases/screens/reads-context.ts'
import { checksOf, type KeptCheck } from '../case-rows.ts'
import { safeDatedBefore, unsafeIn } from '../unsafe.ts'
import { UnsafeNotice } from './UnsafeNotice.tsx'
import { useStepRows } from './use-step-rows.ts'

/** What was safe once is no green light: only until the day that was set for asking again. */
function toneOf({ safeNow, nextOn }: KeptCheck, today: Day): Tone {
  if (safeNow === 'yes') return nextOn !== null && nextOn >= today ? 'ok' : 'info'
  return safeNow === 'no' ? 'urgent' : 'due'
}

/** The first thing on the home of a case: whether the child is safe, who said so when, and the way to ask again. */
export function SafetyAbove({ caseId }: { caseId: string }) {
  const { speech, pack, now } = useDesk()
  const { rows, of } = useStepRows(caseId)
  const reads = useReads()
  if (of === null || of.state === 'closed' || !reads('services')) return null
  const { t } = speech
  const zone = zoneOf(pack, of.region)
  const since = unsafeIn(rows, of)
  const last = checksOf(rows).at(-1)
  return (
    <>
      {since !== null && <UnsafeNotice caseId={caseId} of={of} since={since} safeOn={safeDatedBefore(rows, since)} />}
      <p className="row">
        {since === null && last === undefined && <Status tone="due">{t('assessment.safety_none')}</Status>}
        {since === null && last !== undefined && (
          <>
            <Status tone={toneOf(last, dayOf(now, zone))}>{t(`assessment.was_safe.${last.safeNow}`)}</Status>
            <span className="small">{dayText(speech, last.at, zone, now)}</span>
          </>
        )}
        <To href={`/cases/${caseId}/safety`} className="line not-printed">
          {t('assessment.safety_checks')}
        </To>
      </p>
    </>
  )
}
