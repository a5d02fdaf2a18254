import { useDesk } from '../../../web/app-context.ts'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { codeText } from '../../cases/screens/codes.ts'
import { emptyText, useRows } from '../../cases/screens/use-rows.ts'
import { things } from './use-services.ts'

/** What this feature adds to the home of a case: which services go on, and the way to all of them. */
export function ServicesStrip({ caseId }: { caseId: string }) {
  const { speech, pack } = useDesk()
  const asked = useRows(caseId, 'services')
  const { t } = speech
  const going = things(asked.rows, 'child_service', caseId).filter((one) => one.fields.state === 'going')
  return (
    <section className="group">
      <h2>{t('services.strip')}</h2>
      <div className="card stack has-link">
        <h3>
          <To href={`/cases/${caseId}/services`} className="cover-link">
            {t('services.all')}
          </To>
        </h3>
        <div className="row">
          {going.length === 0 ? (
            <p className="small">{emptyText(speech, asked, t('services.none_going'))}</p>
          ) : (
            going.map(({ id, fields }) => (
              <Status key={id} tone="info">
                {codeText(pack, 'service_sector', speech, fields.kind)}
              </Status>
            ))
          )}
        </div>
      </div>
      <div className="actions row not-printed">
        <To href={`/cases/${caseId}/care-sheet`} className="line">
          {t('services.sheet')}
        </To>
        <To href={`/cases/${caseId}/day-log`} className="line">
          {t('services.log')}
        </To>
      </div>
    </section>
  )
}
