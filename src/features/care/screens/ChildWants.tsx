import { startOfDay } from '../../../core/time.ts'
import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { dayText } from '../../../web/moments.ts'
import { ownCase } from '../../cases/screens/case-file.ts'
import { planView } from './plan-view.ts'
import { useCareRows } from './use-care.ts'

/** What the child wants, in its own words: before all that others say of it. */
export function ChildWants({ caseId }: { caseId: string }) {
  const { speech, rows, pack, now } = useDesk()
  const { plan } = planView(useCareRows(caseId).rows, caseId)
  const timeZone = zoneOf(pack, ownCase(rows, caseId)?.case.region)
  const saidOn = plan?.wantsSaidOn ?? null
  const who = [
    plan?.wantsHeardBy ?? '',
    saidOn === null ? '' : dayText(speech, startOfDay(saidOn, timeZone), timeZone, now),
  ].filter((text) => text !== '')
  if ((plan?.wants ?? '') === '') return null
  return (
    <section className="group">
      <h2>{speech.t('care.wants')}</h2>
      <div className="voice">
        <p className="words" translate="no">
          “{plan?.wants}”
        </p>
        {who.length > 0 && <p className="small">{who.join(' · ')}</p>}
      </div>
    </section>
  )
}
