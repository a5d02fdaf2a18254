import { attempt } from '../../../web/attempt.ts'
import type { BeginTask } from '../../../web/feature.ts'
import { editTask } from '../ops.ts'
import { endOfDay } from './days.ts'

/** A task that another feature's form makes, by the rule of tasks; it may be done until the end of its day. */
export const beginTask: BeginTask = ({ id, caseId, title, dueOn, ownerId }, context) => {
  const set = { title, dueAt: endOfDay(dueOn, context.timeZone), state: 'open', ownerId, fromNote: null }
  const known = { closedAt: null, row: null, team: null }
  return attempt(editTask, { id, caseId, set }, known, context, { thing: 'care_task', id })
}
