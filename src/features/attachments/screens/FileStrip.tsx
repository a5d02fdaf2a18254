import { useDesk } from '../../../web/app-context.ts'
import { Fold } from '../../../web/ui/Fold.tsx'
import { To } from '../../../web/ui/To.tsx'
import { partsFor } from './files-view.ts'

/** What a case holds besides words; what waits on this device is said here too. */
export function FileStrip({ caseId }: { caseId: string }) {
  const { desk, speech, person, rows } = useDesk()
  const { t } = speech
  const here = desk.files.list().filter((file) => file.caseId === caseId).length
  const isClosed = rows.get(`case/${caseId}`)?.fields.state === 'closed'
  return (
    <Fold
      title={t('attachments.strip')}
      says={here > 0 ? t('attachments.strip_here', { count: here }) : null}
      isPrinted={false}
    >
      <p className="row">
        {partsFor(person.role).length > 0 && !isClosed && (
          <To href={`/cases/${caseId}/files/add`} className="line">
            {t('attachments.add')}
          </To>
        )}
        <To href={`/cases/${caseId}/files`} className="line">
          {t('attachments.all')}
        </To>
      </p>
    </Fold>
  )
}
