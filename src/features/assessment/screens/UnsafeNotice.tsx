import type { Instant } from '../../../core/time.ts'
import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { momentText } from '../../../web/moments.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { To } from '../../../web/ui/To.tsx'
import type { ChildCase } from '../../cases/case.ts'
import { safetyNumbers, SafetyNumbers } from './SafetyNumbers.tsx'
import { writesPart } from './who-writes.ts'

type Props = {
  caseId: string
  of: ChildCase
  since: Instant
  /** The date of a check that says safe and came too early by its date. */
  safeOn: Instant | null
}

/** That somebody said the child is not safe, since when, whom to call, what to write, and why a check did not end it. */
export function UnsafeNotice({ caseId, of, since, safeOn }: Props) {
  const { speech, pack, now, person } = useDesk()
  const { t } = speech
  const onMoment = (at: Instant) => momentText(speech, at, zoneOf(pack, of.region), now)
  const canWrite = writesPart(person.role, 'services')
  return (
    <Notice tone="urgent">
      <p>{t('assessment.unsafe_since', { when: onMoment(since) })}</p>
      {safeOn !== null && <p>{t('assessment.safe_dated_before', { when: onMoment(safeOn) })}</p>}
      <div className="not-printed">
        <SafetyNumbers speech={speech} caseId={caseId} emergency={safetyNumbers(pack, speech)} canProtect={canWrite} />
        {canWrite && (
          <p>
            <To href={`/cases/${caseId}/safety/new`} className="line">
              {t('assessment.safety_new')}
            </To>
          </p>
        )}
      </div>
    </Notice>
  )
}
