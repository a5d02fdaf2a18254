import type { Instant } from '../../../core/time.ts'
import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { momentText } from '../../../web/moments.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { To } from '../../../web/ui/To.tsx'
import type { ChildCase } from '../../cases/case.ts'
import { safetyNumbers, SafetyNumbers } from './SafetyNumbers.tsx'
import { writesPart } from './who-writes.ts'

/** That somebody said the child is not safe, since when, whom to call, what to write. */
export function UnsafeNotice({ caseId, of, since }: { caseId: string; of: ChildCase; since: Instant }) {
  const { speech, pack, now, person } = useDesk()
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
