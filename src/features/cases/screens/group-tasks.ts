import { type Instant, toMillis } from '../../../core/time.ts'
import type { Task } from '../../../web/feature.ts'
import { daysApart } from '../../../web/moments.ts'

/** A task with the words of its case: alias, call name beside it, place, and the place's own time. */
export type ShownTask = Task & { who: string; place: string; timeZone: string }

/** A limit of the law that passes within this time comes before other work that is late already: it can still be kept. */
const LIMIT_MS = 24 * 3_600_000

type Timed = Pick<ShownTask, 'dueAt' | 'limit' | 'unsafe'>

/** What the law gave a time for, and nobody has shown to be met: it is owed every hour that goes on. */
const isOwed = ({ dueAt, limit }: Timed, now: Instant) => limit === true && dueAt < now
const canBeKept = ({ dueAt, limit }: Timed, now: Instant) =>
  limit === true && dueAt >= now && toMillis(dueAt) - toMillis(now) <= LIMIT_MS

/** What comes next of a case's due work: a child who is not safe, a limit that has passed and is still owed, then one that can still be kept, then the soonest. */
export function nextFirst<Of extends Timed>(tasks: readonly Of[], now: Instant): Of[] {
  const rank = (task: Of) => (task.unsafe === true ? -1 : isOwed(task, now) ? 0 : canBeKept(task, now) ? 1 : 2)
  return [...tasks].sort((a, b) => rank(a) - rank(b) || (a.dueAt < b.dueAt ? -1 : 1))
}

/** The next step of a case, the same on every list: what waits for somebody else is none. */
export function nextOf<Of extends Pick<ShownTask, 'caseId' | 'dueAt' | 'limit' | 'waits' | 'unsafe'>>(
  tasks: readonly Of[],
  caseId: string,
  now: Instant,
): Of | null {
  const own = tasks.filter((task) => task.caseId === caseId && task.waits !== true)
  return nextFirst(own, now)[0] ?? null
}

/** What a list calls a task. */
export function listText({ title, inList }: Pick<ShownTask, 'title' | 'inList'>): string {
  return inList?.text ?? title
}

/**
 * Children who are not safe, limits that have passed and are still owed, limits that are about to pass, late, due on this day of the case's own place, due within a week, and later; each group soonest first. What waits for
 * somebody else stands apart, however late it is.
 */
export function groupTasks<Of extends Pick<ShownTask, 'dueAt' | 'timeZone' | 'limit' | 'waits' | 'unsafe'>>(
  tasks: readonly Of[],
  now: Instant,
): Record<'unsafe' | 'passed' | 'limits' | 'overdue' | 'today' | 'week' | 'later' | 'others', Of[]> {
  const groups = {
    unsafe: [] as Of[],
    passed: [] as Of[],
    limits: [] as Of[],
    overdue: [] as Of[],
    today: [] as Of[],
    week: [] as Of[],
    later: [] as Of[],
    others: [] as Of[],
  }
  for (const task of [...tasks].sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))) {
    const days = daysApart(task.dueAt, now, task.timeZone)
    if (task.unsafe === true) {
      groups.unsafe.push(task)
      continue
    }
    // A limit of the law is never put off, whoever has to act.
    if (task.waits === true && task.limit !== true) groups.others.push(task)
    else if (isOwed(task, now)) groups.passed.push(task)
    else if (task.dueAt < now) groups.overdue.push(task)
    else if (canBeKept(task, now)) groups.limits.push(task)
    else if (days === 0) groups.today.push(task)
    else if (days <= 7) groups.week.push(task)
    else groups.later.push(task)
  }
  return groups
}

/** What is due of one child in a group: what comes first, and what stands behind it. */
export type OfChild<Of> = { first: Of; more: Of[] }

/**
 * One card for each child of a group, whoever's first thing comes first standing first. What is urgent is nobody's "and three
 * more": a child who is not safe, a limit of the law and the question whether a child is safe each stand alone, before the others.
 */
export function byChild<Of extends Pick<ShownTask, 'caseId' | 'limit' | 'unsafe' | 'alone'>>(
  tasks: readonly Of[],
): { urgent: Of[]; children: OfChild<Of>[] } {
  const urgent = tasks.filter(isUrgent)
  const children = new Map<string, OfChild<Of>>()
  for (const task of tasks) {
    if (isUrgent(task)) continue
    const known = children.get(task.caseId)
    if (known === undefined) children.set(task.caseId, { first: task, more: [] })
    else known.more.push(task)
  }
  return { urgent, children: [...children.values()] }
}

const isUrgent = ({ limit, unsafe, alone }: Pick<ShownTask, 'limit' | 'unsafe' | 'alone'>) =>
  limit === true || unsafe === true || alone === true
