import { useDesk } from '../../../web/app-context.ts'
import { To } from '../../../web/ui/To.tsx'

const COPIES = ['case_worker', 'supervisor']

/** The ways out of this one case: the order of another system, where the country names one, and a copy for a named body. */
export function CopyStrip({ caseId }: { caseId: string }) {
  const { speech, pack, person } = useDesk()
  const [system] = pack.otherSystems
  if (!COPIES.includes(person.role)) return null
  return (
    <section className="group not-printed">
      <h2>{speech.t('copies.strip')}</h2>
      <p className="row">
        {system !== undefined && (
          <To href={`/cases/${caseId}/other_system`} className="line">
            {speech.t('copies.for_system', { name: speech.label(system.name) })}
          </To>
        )}
        <To href={`/cases/${caseId}/named-copy`} className="line">
          {speech.t('copies.named')}
        </To>
      </p>
    </section>
  )
}
