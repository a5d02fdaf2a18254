import { type Look, rowsOf, type Task } from '../../../web/feature.ts'
import type { CareTask } from '../task.ts'

/** The tasks workers wrote down for this device's cases. */
export function tasks({ rows, speech: { t } }: Look): Task[] {
  return rowsOf(rows, 'care_task').flatMap(({ id, caseId, fields }) => {
    const task = fields as unknown as CareTask // written by `packs` and `lay-over.ts` from the feature's own schema
    if (task.state !== 'open') return []
    return [
      {
        key: `task/${id}`,
        caseId,
        title: task.title,
        why: t(task.ownerId === null ? 'care.task_why' : 'care.task_why_colleague'),
        dueAt: task.dueAt,
        href: `/cases/${caseId}/task/${id}`,
      },
    ]
  })
}
