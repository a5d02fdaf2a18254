import { useDesk } from '../../../web/app-context.ts'
import { To } from '../../../web/ui/To.tsx'

const COPIES = ['case_worker', 'supervisor']

/** The way to a copy of this one case for another system; where the country names none, nothing. */
export function CopyStrip({ caseId }: { caseId: string }) {
  const { speech, pack, person } = useDesk()
  const [system] = pack.otherSystems
  if (system === undefined || !COPIES.includes(person.role)) return null
  return (
    <p className="small not-printed">
      <To href={`/cases/${caseId}/other_system`} className="line">
        {speech.t('copies.for_system', { name: speech.label(system.name) })}
      </To>
    </p>
  )
}
