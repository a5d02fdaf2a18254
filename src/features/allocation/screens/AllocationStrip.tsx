import { useDesk } from '../../../web/app-context.ts'
import { keyOf } from '../../../web/replica.ts'
import { To } from '../../../web/ui/To.tsx'
import { ownCase } from '../../cases/screens/case-file.ts'
import type { ChildWish } from '../wish.ts'
import { wishText } from './wish-text.ts'

/** With whom the child would rather talk, and the way to another office: a supervisor offers, a worker asks her to. */
export function AllocationStrip({ caseId }: { caseId: string }) {
  const { speech, pack, person, rows } = useDesk()
  const { t } = speech
  const isOwn = ownCase(rows, caseId)?.case.state === 'open'
  // Written by `packs` and the lay-over only, both from the schema of the thing.
  const wish = (rows.get(keyOf({ thing: 'child_wish', id: caseId }))?.fields ?? null) as ChildWish | null
  const text = wishText({ speech, pack }, wish)
  if (!isOwn && person.role !== 'supervisor') return null
  return (
    <section className="group not-printed">
      <h2>{t('allocation.strip')}</h2>
      {text !== null && <p>{t('allocation.child_wishes', { text })}</p>}
      <p className="row">
        {isOwn && (
          <To href={`/cases/${caseId}/wish`} className="line">
            {t(text === null ? 'allocation.ask_wish' : 'allocation.change_wish')}
          </To>
        )}
        <To href={`/cases/${caseId}/transfer`} className="line">
          {t(person.role === 'supervisor' ? 'allocation.to_other_office' : 'allocation.moving')}
        </To>
      </p>
    </section>
  )
}
