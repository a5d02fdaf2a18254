import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { momentText } from '../../../web/moments.ts'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { ownCase } from '../../cases/screens/case-file.ts'
import { emptyText, useRows } from '../../cases/screens/use-rows.ts'
import { type ConferenceState, conferencesOf } from './view.ts'

export const TONES: Record<ConferenceState, Tone> = { called: 'info', to_write: 'due', held: 'ok', called_off: 'quiet' }

/** The next case conference about this child, or the last one, on the home of its case. */
export function ConferenceStrip({ caseId }: { caseId: string }) {
  const { speech, rows, pack, now } = useDesk()
  const kept = useRows(caseId, 'conferences')
  const { t } = speech
  const [next] = conferencesOf(kept.rows, caseId, now)
  const timeZone = zoneOf(pack, ownCase(rows, caseId)?.case.region)
  return (
    <section className="group">
      <h2>{t('conference.strip')}</h2>
      <div className="card stack has-link">
        <h3>
          <To href={`/cases/${caseId}/conferences`} className="cover-link">
            {next === undefined
              ? emptyText(speech, kept, t('conference.none'))
              : momentText(speech, next.call.at, timeZone, now)}
          </To>
        </h3>
        {next !== undefined && (
          <div className="row">
            <Status tone={TONES[next.state]}>{t(`conference.state.${next.state}`)}</Status>
          </div>
        )}
      </div>
    </section>
  )
}
