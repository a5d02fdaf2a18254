import type { Instant } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import { momentText } from '../../../web/moments.ts'
import { To } from '../../../web/ui/To.tsx'
import { useAllocation } from './use-allocation.ts'

export type OfferedCase = { id: string; caseId: string; alias: string; fromOffice: string; endsAt: Instant }

/** Cases that other offices offer to this supervisor's team; nothing where none does. */
export function AllocationTeam() {
  const { speech, pack, now } = useDesk()
  const { t } = speech
  const asked = useAllocation()
  if (asked.state !== 'answered' || asked.value.offered.length === 0) return null
  return (
    <section className="group">
      <h2>{t('allocation.offered', { count: asked.value.offered.length })}</h2>
      <ul className="plain stack">
        {asked.value.offered.map(({ id, caseId, alias, fromOffice, endsAt }) => (
          <li key={id} className="card spread">
            <div>
              <h3>{alias}</h3>
              <p className="small">
                {fromOffice} · {t('time.due', { when: momentText(speech, endsAt, pack.timeZone, now) })}
              </p>
            </div>
            <To href={`/cases/${caseId}/transfer`} className="button second small-target">
              {t('save.look')}
            </To>
          </li>
        ))}
      </ul>
    </section>
  )
}
