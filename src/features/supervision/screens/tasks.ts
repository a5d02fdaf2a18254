import { timeZoneOf } from '../../../core/read-country.ts'
import { addDuration, addMillis, startOfDay } from '../../../core/time.ts'
import type { Look, Task } from '../../../web/feature.ts'
import { ownCases } from '../../cases/screens/case-file.ts'
import { lookedAt } from './view.ts'

/** What a supervisor found missing in the files of this device, until it is put right. */
export function tasks({ rows, pack, speech: { t } }: Look): Task[] {
  return ownCases(rows).flatMap(({ case: { id: caseId, state, region } }) =>
    state !== 'open'
      ? []
      : lookedAt(rows, caseId).flatMap(({ review: { id, putRightBy }, done }): Task[] => {
          if (putRightBy === null || done !== null) return []
          const timeZone = timeZoneOf(pack, region)
          return [
            {
              key: `file_review/${id}`,
              caseId,
              title: t('supervision.task'),
              why: t('supervision.task_why'),
              dueAt: addMillis(addDuration(startOfDay(putRightBy, timeZone), 'P1D', timeZone), -1),
              href: `/cases/${caseId}/supervision/${id}/put-right`,
            },
          ]
        }),
  )
}
