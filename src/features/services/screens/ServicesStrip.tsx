import { useDesk } from '../../../web/app-context.ts'
import { Fold } from '../../../web/ui/Fold.tsx'
import { To } from '../../../web/ui/To.tsx'
import { codeText } from '../../cases/screens/codes.ts'
import { useReads } from '../../cases/screens/reads-context.ts'
import { emptyText, useRows } from '../../cases/screens/use-rows.ts'
import { things } from './use-services.ts'

/** What this feature adds to the home of a case: which services go on, and the way to all of them. */
export function ServicesStrip({ caseId }: { caseId: string }) {
  const { speech, pack } = useDesk()
  const asked = useRows(caseId, 'services')
  const reads = useReads()
  const { t } = speech
  const going = things(asked.rows, 'child_service', caseId).filter((one) => one.fields.state === 'going')
  if (!reads('services')) return null
  return (
    <Fold
      title={t('services.strip')}
      says={
        going.length === 0
          ? emptyText(speech, asked, t('services.none_going'))
          : going.map(({ fields }) => codeText(pack, 'service_sector', speech, fields.kind)).join(' · ')
      }
    >
      <div className="row not-printed">
        <To href={`/cases/${caseId}/services`} className="line">
          {t('services.all')}
        </To>
        <To href={`/cases/${caseId}/care-sheet`} className="line">
          {t('services.sheet')}
        </To>
        <To href={`/cases/${caseId}/day-log`} className="line">
          {t('services.log')}
        </To>
      </div>
    </Fold>
  )
}
