import { timeZoneOf } from '../../../core/read-country.ts'
import { addDuration, addMillis, startOfDay } from '../../../core/time.ts'
import type { Look, Task } from '../../../web/feature.ts'
import { ownCases } from '../../cases/screens/case-file.ts'
import { codeText } from '../../cases/screens/codes.ts'
import { things } from './use-services.ts'

/** The next day of each service that goes on or is planned, so that a worker asks whether the child got there. */
export function tasks({ rows, pack, speech }: Look): Task[] {
  return ownCases(rows).flatMap(({ case: { id: caseId, region, state: of } }) => {
    if (of !== 'open') return []
    const timeZone = timeZoneOf(pack, region)
    return things(rows, 'child_service', caseId).flatMap(({ id, fields }): Task[] => {
      const nextOn = fields.nextOn ?? null
      if (fields.state === 'ended' || nextOn === null) return []
      const title = speech.t('services.task', { service: codeText(pack, 'service_sector', speech, fields.kind) })
      const dueAt = addMillis(addDuration(startOfDay(nextOn, timeZone), 'P1D', timeZone), -1)
      const [why, href] = [speech.t('services.task_why'), `/cases/${caseId}/services`]
      return [{ key: `service/${id}`, caseId, title, why, dueAt, href }]
    })
  })
}
