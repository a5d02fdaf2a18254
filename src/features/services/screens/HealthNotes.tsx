import { useState } from 'react'
import { startOfDay } from '../../../core/time.ts'
import { dayText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { Facts } from '../../../web/ui/Facts.tsx'
import { To } from '../../../web/ui/To.tsx'
import { useAnswer } from '../../../web/use-answer.ts'
import { codeText } from '../../cases/screens/codes.ts'
import { reasonHeaders, useReason } from '../../cases/screens/reason.ts'
import type { KeptHealthNote } from '../service.ts'
import type { ServicesHere } from './use-services.ts'

type Props = { here: ServicesHere; serviceId: string }

/** What health workers wrote of a service: one calm line, opened by choice, closed again when the screen is left, never printed. */
export function HealthNotes({ here, serviceId }: Props) {
  const [isOpen, open] = useState(false)
  const { t } = here.speech
  return (
    <div className="stack not-printed">
      {isOpen ? <Opened here={here} serviceId={serviceId} /> : <p className="small">{t('services.health_closed')}</p>}
      <div className="actions row">
        {!isOpen && (
          <button type="button" className="button second" onClick={() => open(true)}>
            {t('services.health_open')}
          </button>
        )}
        {here.writesHealth && (
          <To href={`/cases/${here.caseId}/services/${serviceId}/health`} className="button second">
            {t('services.health_add')}
          </To>
        )}
      </div>
    </div>
  )
}

function Opened({ here, serviceId }: Props) {
  const { app, caseId, speech, pack, desk, timeZone, now } = here
  const { t } = speech
  const [reason] = useReason(caseId)
  const asked = useAnswer(
    `services-health|${caseId}|${reason}`,
    // Our own server answers in its own schema.
    async () =>
      (
        (await app.api.get(`/api/cases/${caseId}/services/health`, reasonHeaders(caseId))) as {
          notes: KeptHealthNote[]
        }
      ).notes,
    desk.replica.waiting().length,
  )
  if (asked.state === 'asking') return <p className="small">{t('wait')}</p>
  if (asked.state === 'failed') return <p className="small">{errorText(speech, asked.code)}</p>
  const notes = asked.value.filter((one) => one.serviceId === serviceId).reverse()
  if (notes.length === 0) return <p className="small">{t('services.health_none')}</p>
  return notes.map(({ id, onDay, kind, layer, note, next, writtenByName }) => (
    <div key={id} className="stack">
      <p className="small">
        {[
          dayText(speech, startOfDay(onDay, timeZone), timeZone, now),
          codeText(pack, 'service_sector', speech, kind),
          layer === null ? '' : codeText(pack, 'mhpss_layer', speech, layer),
          writtenByName ?? '',
        ]
          .filter((text) => text !== '')
          .join(' · ')}
      </p>
      <p className="words" translate="no">
        {note}
      </p>
      {next !== null && <Facts facts={[{ label: t('services.health_next'), text: next }]} />}
    </div>
  ))
}
