import { addDuration, type Day, type Instant } from '../../../core/time.ts'
import { timeZoneOf } from '../../../core/read-country.ts'
import type { Look, Task } from '../../../web/feature.ts'
import { ownCases } from '../../cases/screens/case-file.ts'
import { nextFollowUp } from '../follow-up-rules.ts'
import { endOfDay } from './days.ts'
import { planView } from './plan-view.ts'
import { things } from './use-care.ts'

/** What is due of the care of this device's cases: tasks somebody wrote down, goals and actions with a day, the plan's review. */
export function tasks(look: Look): Task[] {
  return ownCases(look.rows).flatMap(({ case: row }) => {
    if (row.state !== 'open') return []
    const timeZone = timeZoneOf(look.pack, row.region)
    return [...written(look, row), ...planned(look, row.id, timeZone), ...followed(look, row.id, timeZone)]
  })
}

/**
 * What somebody wrote down to do. It stands apart while somebody else has to act: until its day, for whom it waits; a
 * colleague's, until it is done. After its day the worker asks again, so that nothing waits for ever.
 */
function written(
  { rows, now, speech: { t } }: Look,
  { id: caseId, workerId }: { id: string; workerId: string },
): Task[] {
  // Rows of a list have no words.
  const noted = (title: string | undefined) => ({ text: t('care.in_list.task'), typed: title ?? null })
  return things(rows, 'care_task', caseId).flatMap(({ id, fields: task }): Task[] => {
    if (task.state !== 'open') return []
    const of = {
      key: `task/${id}`,
      caseId,
      title: task.title,
      inList: noted(task.title),
      dueAt: task.dueAt,
      href: `/cases/${caseId}/task/${id}`,
    }
    const waitsFor = task.waitsFor ?? null
    if (waitsFor !== null && task.dueAt >= now) return [{ ...of, why: t(`care.waits.${waitsFor}`), waits: true }]
    if (waitsFor !== null) return [{ ...of, why: t('care.waits_ask_again') }]
    const isColleagues = (task.ownerId ?? workerId) !== workerId
    if (isColleagues) return [{ ...of, why: t('care.task_why_colleague'), waits: true }]
    return [{ ...of, why: t('care.task_why') }]
  })
}

function planned({ rows, speech: { t } }: Look, caseId: string, timeZone: string): Task[] {
  const { plan, goals, actions, state, decision, submission } = planView(rows, caseId)
  const at = (day: Day): Instant => endOfDay(day, timeZone)
  const found: Task[] = []
  const put = (key: string, title: string, why: string, day: Day | null, path: string, inList?: Task['inList']) => {
    if (day !== null)
      found.push({
        key,
        caseId,
        title,
        why,
        dueAt: at(day),
        href: `/cases/${caseId}/plan${path}`,
        ...(inList === undefined ? {} : { inList }),
      })
  }
  for (const { id, what, dueOn, status } of actions)
    if (status === 'planned' || status === 'started')
      put(`action/${id}`, what, t('care.action_why'), dueOn ?? null, `/action/${id}`, {
        text: t('care.in_list.action'),
        typed: what,
      })
  for (const { id, inTheirWords, dueOn, state: goal } of goals)
    if (goal === 'not_started' || goal === 'going')
      put(
        `goal/${id}`,
        t('care.goal_look', { goal: inTheirWords }),
        t('care.goal_due_why'),
        dueOn ?? null,
        `/goal/${id}`,
        { text: t('care.in_list.goal'), typed: inTheirWords },
      )
  put(`review/${caseId}`, t('care.review'), t('care.review_why'), plan?.reviewOn ?? null, '')
  if (state === 'waiting' && submission !== null)
    found.push({
      key: `waiting/${caseId}`,
      caseId,
      title: t('care.plan.waiting'),
      why: t('care.waiting_why'),
      dueAt: addDuration(submission.submittedAt, 'P3D', timeZone),
      href: `/cases/${caseId}/plan`,
      waits: true,
    })
  if (state === 'returned' && decision !== null)
    found.push({
      key: `returned/${caseId}`,
      caseId,
      title: t('care.returned'),
      why: t('care.returned_why'),
      dueAt: addDuration(decision.decidedAt, 'P3D', timeZone),
      href: `/cases/${caseId}/plan`,
    })
  return found
}

/** The next contact of each way back that goes on. */
function followed({ rows, pack, speech: { t } }: Look, caseId: string, timeZone: string): Task[] {
  const contacts = things(rows, 'care_follow_up', caseId).map((row) => row.fields)
  return things(rows, 'care_return', caseId).flatMap(({ id, fields }) => {
    const its = contacts.filter((one) => one.returnId === id)
    const next = nextFollowUp({ ...fields, endsOn: fields.endsOn ?? null }, its, pack.followUpAfter, timeZone)
    if (next === null) return []
    const href = `/cases/${caseId}/follow-up/${id}/contact`
    return [
      {
        key: `follow/${id}`,
        caseId,
        title: t('care.follow_due'),
        why: t('care.follow_why'),
        dueAt: endOfDay(next, timeZone),
        href,
      },
    ]
  })
}
