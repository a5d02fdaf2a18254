import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { dayText } from '../../../web/moments.ts'
import type { Tone } from '../../../web/ui/Status.tsx'
import { FoldLink } from '../../../web/ui/FoldLink.tsx'
import { ownCase } from '../../cases/screens/case-file.ts'
import { useReads } from '../../cases/screens/reads-context.ts'
import { emptyText, useRows } from '../../cases/screens/use-rows.ts'
import { type RecordState, stateOf, viewOf } from './view.ts'

export const TONES: Record<RecordState, Tone> = { holds: 'ok', waits: 'info', declined: 'due', replaced: 'quiet' }

/** What was last weighed for this child, on the home of its case. */
export function BestInterestsStrip({ caseId }: { caseId: string }) {
  const { speech, rows, pack, now } = useDesk()
  const weighed = useRows(caseId, 'best-interests')
  const reads = useReads()
  const { t } = speech
  const view = viewOf(weighed.rows, caseId)
  const [record] = view.records
  const timeZone = zoneOf(pack, ownCase(rows, caseId)?.case.region)
  if (!reads('services')) return null
  return (
    <FoldLink
      title={t('best_interests.strip')}
      href={`/cases/${caseId}/best-interests`}
      says={
        record === undefined
          ? emptyText(speech, weighed, t('best_interests.none'))
          : [
              t(`best_interests.kind.${record.kind}`),
              dayText(speech, record.decidedAt, timeZone, now),
              ...(weighed.isHere ? [t(`best_interests.state.${stateOf(view, record)}`)] : []),
            ].join(' · ')
      }
    />
  )
}
