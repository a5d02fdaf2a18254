import { useGoOn } from '../../../web/here-context.ts'
import { useState } from 'react'
import { dayOf, instant } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { useDesk } from '../../../web/app-context.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { dayIn } from '../../../web/ui/when.ts'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { useCase } from '../../cases/screens/use-case.ts'
import { editTask } from '../ops.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { reasonHeaders } from '../../cases/screens/reason.ts'
import { TaskState, WaitsFor } from '../task.ts'
import { dayAfter, endOfDay } from './days.ts'
import { EditTask } from './EditTask.tsx'
import { changes } from '../../cases/screens/changes.ts'
import { things, useCareRecord, useCareRows, usePathId } from './use-care.ts'

type OnCase = { id: string; name: string; role: string }

export function TaskPage() {
  const caseId = useCaseId()
  const taskId = usePathId('taskId')
  const found = useCase(caseId)
  const care = useCareRows(caseId)
  const { app, speech, desk, now } = useDesk()
  // Who else works on the case only the server knows; without a line a task stays with whom it is.
  const team = useAnswer(
    `team|${caseId}`,
    // Our own server answers in its own schema.
    async () => (await app.api.get(`/api/cases/${caseId}/team`, reasonHeaders(caseId))) as { people: OnCase[] },
  )
  const timeZone = found.state === 'found' ? found.opened.timeZone : 'UTC'
  const [wish, record] = useCareRecord(timeZone)
  const goOn = useGoOn()
  const [fresh] = useState(newId)
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row } = found.opened
  const before = things(care.rows, 'care_task', caseId).find((one) => one.id === taskId)
  if (taskId !== null && before === undefined) return <NotThere found={{ state: 'asking' }} />

  const owners =
    team.state === 'answered'
      ? team.value.people
          .filter(({ id }) => id !== row.workerId)
          .map(({ id, name, role }) => ({ value: id, label: `${name} · ${speech.find(`role.${role}`) ?? role}` }))
      : null

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const day = dayIn(one(values, 'dueOn'))
    const title = wordsOf(values, 'title')
    if (title === null) return { title: speech.t('field.needed') }
    if (day === null) return { dueOn: speech.t('field.needed') }
    const after = {
      title,
      dueAt: endOfDay(day, timeZone),
      state: pick(TaskState.options, one(values, 'state')) ?? 'open',
      outcome: wordsOf(values, 'outcome'),
      waitsFor: pick(WaitsFor.options, one(values, 'waitsFor')),
      ownerId: owners === null ? (before?.fields.ownerId ?? null) : wordsOf(values, 'ownerId'),
    }
    const set = changes({ ...before?.fields }, after)
    const id = before?.id ?? fresh
    if (Object.keys(set).length > 0) {
      const known = { closedAt: row.closedAt, row: before?.fields ?? null, team: null }
      const seen = care.isHere ? {} : { seen: before?.version ?? 0 }
      const wrong = await record([wish(editTask, { id, caseId, set }, known, { thing: 'care_task', id, ...seen })])
      if (wrong !== null) return wrong
    }
    goOn(`/cases/${caseId}`)
    return null
  }

  const task = before?.fields
  return (
    <EditTask
      speech={speech}
      alias={row.alias}
      isNew={before === undefined}
      owners={owners}
      start={{
        title: [task?.title ?? ''],
        dueOn: [task === undefined ? dayAfter(now, 'P7D', timeZone) : dayOf(instant(task.dueAt), timeZone)],
        state: [task?.state ?? 'open'],
        outcome: [task?.outcome ?? ''],
        waitsFor: [task?.waitsFor ?? ''],
        ownerId: [task?.ownerId ?? ''],
      }}
      draft={desk.drafts.of(`task/${caseId}/${taskId ?? ''}`)}
      submit={submit}
    />
  )
}
