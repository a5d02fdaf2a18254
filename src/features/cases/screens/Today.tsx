import type { ReactNode } from 'react'
import type { Instant } from '../../../core/time.ts'
import type { Speech } from '../../../web/language.ts'
import { dayText, daysApart, lengthText, momentText } from '../../../web/moments.ts'
import { toMillis } from '../../../core/time.ts'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { groupTasks, type ShownTask } from './group-tasks.ts'

type Props = {
  speech: Speech
  now: Instant
  tasks: readonly ShownTask[]
  hasCases: boolean
  canOpen: boolean
  /** What other features put beside it. */
  children?: ReactNode
}

const GROUPS = ['unsafe', 'passed', 'limits', 'overdue', 'today', 'week'] as const

/** The day of a worker: which child is not safe, which limit has passed and is owed, which passes next, what is late, what is due today, what comes this week; late work is red, never a child. */
export function Today({ speech, now, tasks, hasCases, canOpen, children }: Props) {
  const { t } = speech
  const groups = groupTasks(tasks, now)
  const next = groups.later[0]
  const isEmpty = GROUPS.every((group) => groups[group].length === 0)
  return (
    <Screen title={isEmpty ? t('today.nothing') : title()}>
      {isEmpty && (
        <div className="stack">
          <p>
            {next === undefined
              ? t(hasCases ? 'today.rest' : 'today.no_cases')
              : t('today.next', { title: next.title, day: dayText(speech, next.dueAt, next.timeZone, now) })}
          </p>
          {canOpen && !hasCases && (
            <div className="actions">
              <To href="/cases/new" className="button">
                {t('cases.new')}
              </To>
            </div>
          )}
        </div>
      )}
      {GROUPS.filter((group) => groups[group].length > 0).map((group) => (
        <section key={group} className="group">
          <h2>{t(`today.${group}`, { count: groups[group].length })}</h2>
          <ul className="plain stack">
            {groups[group].map((task) => (
              <TaskCard key={task.key} task={task} group={group} speech={speech} now={now} />
            ))}
          </ul>
        </section>
      ))}
      {children}
      {groups.others.length > 0 && (
        <details className="group">
          <summary>{t('today.others', { count: groups.others.length })}</summary>
          <ul className="plain stack">
            {groups.others.map((task) => (
              <TaskCard key={task.key} task={task} group="week" speech={speech} now={now} />
            ))}
          </ul>
        </details>
      )}
    </Screen>
  )

  function title(): string {
    const { unsafe, passed, limits, overdue, today } = groups
    const late = passed.length + overdue.length
    const parts = [
      unsafe.length > 0 ? t('today.unsafe', { count: unsafe.length }) : '',
      limits.length > 0 ? t('today.part_limits', { count: limits.length }) : '',
      late > 0 ? t('today.part_late', { count: late }) : '',
      today.length > 0 ? t('today.part_today', { count: today.length }) : '',
    ].filter((part) => part !== '')
    return parts.length === 0 ? t('today.none_today') : parts.join(' · ')
  }
}

const TONES: Record<(typeof GROUPS)[number], Tone> = {
  unsafe: 'urgent',
  passed: 'urgent',
  limits: 'due',
  overdue: 'urgent',
  today: 'due',
  week: 'quiet',
}

function TaskCard({
  task,
  group,
  speech,
  now,
}: {
  task: ShownTask
  group: (typeof GROUPS)[number]
  speech: Speech
  now: Instant
}) {
  const { title, who, place, why, dueAt, timeZone, href } = task
  const apart = toMillis(dueAt) - toMillis(now)
  const status =
    group === 'unsafe'
      ? momentText(speech, dueAt, timeZone, now)
      : apart < 0
        ? speech.t('time.late', { length: lengthText(speech, apart) })
        : group === 'limits'
          ? speech.t('time.left', { length: lengthText(speech, apart) })
          : group === 'today' || daysApart(dueAt, now, timeZone) === 1
            ? momentText(speech, dueAt, timeZone, now)
            : dayText(speech, dueAt, timeZone, now)
  return (
    <li className={`card task has-link ${TONES[group]}`}>
      <div className="spread">
        <h3>
          <To href={href} className="cover-link">
            {title}
          </To>
        </h3>
        <Status tone={TONES[group]} {...(group === 'week' ? { icon: 'clock' } : {})}>
          {status}
        </Status>
      </div>
      <p className="small">
        {who} · {place}
      </p>
      <p className="tiny">{why}</p>
    </li>
  )
}
