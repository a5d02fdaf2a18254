import { timeZoneOf } from '../../../core/read-country.ts'
import { addDuration, addMillis, type Day, type Instant, startOfDay } from '../../../core/time.ts'
import { type Look, rowsOf, type Task } from '../../../web/feature.ts'
import { ownCases } from '../../cases/screens/case-file.ts'
import type { FamilyLink } from '../link.ts'

/** States in which a search goes on. */
const GOES_ON = ['open', 'in_progress', 'verified']
/** A colleague who asks about a family is answered within three days. */
const ANSWER_WITHIN = 'P3D'

/** What is due of the families of this device's cases; no task says who is looked for. */
export function tasks({ rows, pack, speech: { t } }: Look): Task[] {
  return ownCases(rows).flatMap(({ case: row }) => {
    if (row.state !== 'open') return []
    const timeZone = timeZoneOf(pack, row.region)
    const at = (day: Day): Instant => addMillis(addDuration(startOfDay(day, timeZone), 'P1D', timeZone), -1)
    const due = rowsOf(rows, 'family_due', row.id).flatMap(({ id, fields }): Task[] => {
      // Written by `packs` only.
      const { kind, state, on } = fields as { kind: 'step' | 'visit'; state: string; on: Day | null }
      if (on === null) return []
      const task = { key: `family/${id}`, caseId: row.id, dueAt: at(on) }
      if (kind === 'step')
        return GOES_ON.includes(state)
          ? [{ ...task, title: t('family.step_due'), why: t('family.step_due_why'), href: `/cases/${row.id}/tracing` }]
          : []
      // From the first visit on the way back is followed with everything else that follows a child.
      const isFollowed = rowsOf(rows, 'care_return', row.id).length > 0
      return isFollowed || state === 'not_in_best_interests'
        ? []
        : [
            {
              ...task,
              title: t('family.visit_due'),
              why: t('family.visit_due_why'),
              href: `/cases/${row.id}/follow-up/new`,
            },
          ]
    })
    const asked = rowsOf(rows, 'family_link', row.id).flatMap(({ id, fields }): Task[] => {
      const { side, state, askedAt } = fields as unknown as FamilyLink & { askedAt: Instant } // written by `packs` only
      if (side !== 'was_asked' || state !== 'waiting') return []
      return [
        {
          key: `link/${id}`,
          caseId: row.id,
          title: t('family.link_asked'),
          why: t('family.link_asked_why'),
          dueAt: addDuration(askedAt, ANSWER_WITHIN, timeZone),
          href: `/cases/${row.id}/people`,
        },
      ]
    })
    return [...due, ...asked]
  })
}
