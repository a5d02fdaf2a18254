import { useDesk } from '../../../web/app-context.ts'
import { Fold } from '../../../web/ui/Fold.tsx'
import { To } from '../../../web/ui/To.tsx'
import { useReads } from '../../cases/screens/reads-context.ts'

/** What a family adds to the home of a case: the way to everybody around the child. */
export function FamilyStrip({ caseId }: { caseId: string }) {
  const { speech } = useDesk()
  const reads = useReads()
  const { t } = speech
  if (!reads('family')) return null
  return (
    <Fold title={t('family.strip')} isPrinted={false}>
      <p className="row">
        <To href={`/cases/${caseId}/people`} className="line">
          {t('family.everybody')}
        </To>
        <To href={`/cases/${caseId}/tracing`} className="line">
          {t('family.tracing')}
        </To>
      </p>
    </Fold>
  )
}
