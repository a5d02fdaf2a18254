import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { momentText } from '../../../web/moments.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { To } from '../../../web/ui/To.tsx'
import { unsafeIn } from '../unsafe.ts'
import { safetyNumbers, SafetyNumbers } from './SafetyNumbers.tsx'
import { useStepRows } from './use-step-rows.ts'
import { writesPart } from './who-writes.ts'

/** Above everything else on a case's home: that somebody said the child is not safe, since when, whom to call, what to write. */
export function UnsafeNotice({ caseId }: { caseId: string }) {
  const { speech, pack, now, person } = useDesk()
  const { rows, of } = useStepRows(caseId)
  const since = of === null ? null : unsafeIn(rows, of)
  if (of === null || since === null) return null
  const { t } = speech
  const canWrite = writesPart(person.role, 'services')
  return (
    <Notice tone="urgent">
      <p>{t('assessment.unsafe_since', { when: momentText(speech, since, zoneOf(pack, of.region), now) })}</p>
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
