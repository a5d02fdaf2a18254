import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { momentText } from '../../../web/moments.ts'
import { FoldLink } from '../../../web/ui/FoldLink.tsx'
import type { Tone } from '../../../web/ui/Status.tsx'
import { ownCase } from '../../cases/screens/case-file.ts'
import { useReads } from '../../cases/screens/reads-context.ts'
import { emptyText, useRows } from '../../cases/screens/use-rows.ts'
import { type ConferenceState, conferencesOf } from './view.ts'

export const TONES: Record<ConferenceState, Tone> = { called: 'info', to_write: 'due', held: 'ok', called_off: 'quiet' }

/** The next case conference about this child, or the last one, on the home of its case. */
export function ConferenceStrip({ caseId }: { caseId: string }) {
  const { speech, rows, pack, now } = useDesk()
  const kept = useRows(caseId, 'conferences')
  const reads = useReads()
  const { t } = speech
  const [next] = conferencesOf(kept.rows, caseId, now)
  const timeZone = zoneOf(pack, ownCase(rows, caseId)?.case.region)
  if (!reads('services')) return null
  return (
    <FoldLink
      title={t('conference.strip')}
      href={`/cases/${caseId}/conferences`}
      says={
        next === undefined
          ? emptyText(speech, kept, t('conference.none'))
          : `${momentText(speech, next.call.at, timeZone, now)} · ${t(`conference.state.${next.state}`)}`
      }
    />
  )
}
