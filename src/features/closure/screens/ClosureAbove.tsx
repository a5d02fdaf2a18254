import { startOfDay } from '../../../core/time.ts'
import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { To } from '../../../web/ui/To.tsx'
import { useCase } from '../../cases/screens/use-case.ts'
import { waitingClosing } from '../closing.ts'
import { useClosure } from './use-closure.ts'

/** Above the home of a case: that its closing was asked and waits for a signature, and once it is closed what was agreed for later. */
export function ClosureAbove({ caseId }: { caseId: string }) {
  const { speech, pack, now } = useDesk()
  const found = useCase(caseId)
  const { closings } = useClosure(caseId)
  if (found.state !== 'found') return null
  const { t } = speech
  const { state, region } = found.opened.case
  const timeZone = zoneOf(pack, region)
  const waiting = state === 'open' ? waitingClosing(closings) : null
  if (waiting !== null)
    return (
      <Notice>
        <p>{t('closure.waits_above', { when: momentText(speech, waiting.askedAt, timeZone, now) })}</p>
        <To href={`/cases/${caseId}/close`} className="line">
          {t('closure.waits_read')}
        </To>
      </Notice>
    )
  const last = state === 'closed' ? closings.at(-1) : undefined
  if (
    last === undefined ||
    last.contact !== 'agreed' ||
    last.contactOn === null ||
    (last.contactMadeOn ?? null) !== null
  )
    return null
  return (
    <Notice>
      <p>
        {t('closure.contact_agreed', { day: dayText(speech, startOfDay(last.contactOn, timeZone), timeZone, now) })}
      </p>
      <To href={`/cases/${caseId}/kept`} className="line not-printed">
        {t('closure.contact_look')}
      </To>
    </Notice>
  )
}
