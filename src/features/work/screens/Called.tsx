import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { dayOf } from '../../../core/time.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { To } from '../../../web/ui/To.tsx'
import { ownCase } from '../../cases/screens/case-file.ts'
import { stands } from '../attention.ts'
import { useAsked } from './use-work.ts'

/** Where colleagues ask that somebody looks at the work on a case. */
export function Called({ caseId }: { caseId: string }) {
  const { speech, pack, now, rows } = useDesk()
  const { t } = speech
  const timeZone = zoneOf(pack, ownCase(rows, caseId)?.case.region)
  return useAsked(caseId)
    .attention.filter((one) => stands(one, dayOf(now, timeZone)))
    .map((one) => (
      <div key={one.id} className="not-printed">
        <Notice tone="due">
          <p>
            <b>{t(`work.reason.${one.reason}`)}</b>
          </p>
          <p className="small" translate="no">
            {one.words}
          </p>
          <To href={`/cases/${caseId}/attention`} className="line">
            {t('save.look')}
          </To>
        </Notice>
      </div>
    ))
}
