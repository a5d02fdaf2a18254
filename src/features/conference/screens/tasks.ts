import { timeZoneOf } from '../../../core/read-country.ts'
import { addDuration } from '../../../core/time.ts'
import type { Look, Task } from '../../../web/feature.ts'
import { ownCases } from '../../cases/screens/case-file.ts'
import { conferencesOf } from './view.ts'

/** What was decided is written down while it is remembered: within this time. */
const WRITTEN_WITHIN = 'P2D'

/** Conferences that come, and those of which nobody has written down what was decided. */
export function tasks({ rows, pack, now, speech: { t } }: Look): Task[] {
  return ownCases(rows).flatMap(({ case: { id: caseId, state, region } }) =>
    state !== 'open'
      ? []
      : conferencesOf(rows, caseId, now)
          .filter(({ minutes }) => minutes === null)
          .map(({ call, state: stands }): Task => {
            const isOver = stands === 'to_write'
            const href = `/cases/${caseId}/conferences/${call.id}`
            return {
              key: `conference/${call.id}`,
              caseId,
              title: t(isOver ? 'conference.task_write' : 'conference.task_come'),
              why: t(isOver ? 'conference.task_write_why' : 'conference.task_come_why'),
              dueAt: isOver ? addDuration(call.at, WRITTEN_WITHIN, timeZoneOf(pack, region)) : call.at,
              href: isOver ? `${href}/minutes` : href,
            }
          }),
  )
}
