import type { ReactNode } from 'react'
import type { Instant } from '../../../core/time.ts'
import type { Speech } from '../../../web/language.ts'
import { dayText } from '../../../web/moments.ts'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'
import { DueOf, GROUPS } from './DueOf.tsx'
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
          <DueOf tasks={groups[group]} group={group} speech={speech} now={now} />
        </section>
      ))}
      {children}
      {groups.others.length > 0 && (
        <details className="group">
          <summary>{t('today.others', { count: groups.others.length })}</summary>
          <DueOf tasks={groups.others} group="week" speech={speech} now={now} />
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
