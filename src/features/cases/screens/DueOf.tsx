import type { Instant } from '../../../core/time.ts'
import { toMillis } from '../../../core/time.ts'
import type { Speech } from '../../../web/language.ts'
import { dayText, daysApart, lengthText, momentText } from '../../../web/moments.ts'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { byChild, type OfChild, type ShownTask } from './group-tasks.ts'
import './today.css'

/** The groups of a day, in the order in which they are read. */
export const GROUPS = ['unsafe', 'passed', 'limits', 'overdue', 'today', 'week'] as const
export type Group = (typeof GROUPS)[number]

const TONES: Record<Group, Tone> = {
  unsafe: 'urgent',
  passed: 'urgent',
  limits: 'due',
  overdue: 'urgent',
  today: 'due',
  week: 'quiet',
}

/** So many children are read as cards; of more, the first two are, and each of the others is one line that opens. */
const CARDS = 5
const FIRST = 2
/** What comes in a week shows so many lines; the others stand behind their number. What is late is all shown. */
const LINES = 6

type Props = { tasks: readonly ShownTask[]; group: Group; speech: Speech; now: Instant }

/** One group of a day: what is urgent card by card, then a card or a line for each child. */
export function DueOf({ tasks, group, speech, now }: Props) {
  const { urgent, children } = byChild(tasks)
  const cards = children.length > CARDS ? FIRST : children.length
  const shown = group === 'week' && children.length > cards + LINES ? cards + LINES : children.length
  const lines = (of: readonly OfChild<ShownTask>[]) => (
    <ul className="plain due-lines">
      {of.map((child) => (
        <ChildLine key={child.first.key} {...child} group={group} speech={speech} now={now} />
      ))}
    </ul>
  )
  return (
    <div className="stack">
      <ul className="plain stack">
        {urgent.map((task) => (
          <ChildCard key={task.key} first={task} more={[]} group={group} speech={speech} now={now} />
        ))}
        {children.slice(0, cards).map((child) => (
          <ChildCard key={child.first.key} {...child} group={group} speech={speech} now={now} />
        ))}
      </ul>
      {shown > cards && lines(children.slice(cards, shown))}
      {children.length > shown && (
        <details>
          <summary>{speech.t('today.more_children', { count: children.length - shown })}</summary>
          {lines(children.slice(shown))}
        </details>
      )}
    </div>
  )
}

type ChildProps = OfChild<ShownTask> & { group: Group; speech: Speech; now: Instant }

/** What comes first of a child, and behind it, in this group, the rest. */
function ChildCard({ first, more, group, speech, now }: ChildProps) {
  const { title, who, place, why, href } = first
  return (
    <li className={`card task has-link ${TONES[group]}`}>
      <div className="spread">
        <h3>
          <To href={href} className="cover-link">
            {title}
          </To>
        </h3>
        <When task={first} group={group} speech={speech} now={now} />
      </div>
      <p className="small">
        {who} · {place}
      </p>
      <p className="tiny">{why}</p>
      {more.length > 0 && (
        <details className="of-child">
          <summary>{speech.t('today.more_of_child', { count: more.length })}</summary>
          <Things tasks={more} group={group} speech={speech} now={now} />
        </details>
      )}
    </li>
  )
}

/** A child in one line: who it is, since when, and what comes first; opened, everything that is due of it here. */
function ChildLine({ first, more, group, speech, now }: ChildProps) {
  return (
    <li className={`task ${TONES[group]}`}>
      <details>
        <summary>
          <span className="due-line">
            <b>{first.who}</b>
            <span className="tiny">{whenText(first, group, speech, now)}</span>
            <span className="tiny what">{first.title}</span>
            {more.length > 0 && <span className="tiny">{speech.t('today.and_more', { count: more.length })}</span>}
          </span>
        </summary>
        <Things tasks={[first, ...more]} group={group} speech={speech} now={now} />
      </details>
    </li>
  )
}

function Things({ tasks, group, speech, now }: Props) {
  return (
    <ul className="plain">
      {tasks.map((task) => (
        <li key={task.key}>
          <To href={task.href} className="line">
            {task.title}
          </To>
          <p className="tiny">
            {whenText(task, group, speech, now)} · {task.why}
          </p>
        </li>
      ))}
    </ul>
  )
}

function When({ task, group, speech, now }: Omit<Props, 'tasks'> & { task: ShownTask }) {
  return (
    <Status tone={TONES[group]} {...(group === 'week' ? { icon: 'clock' } : {})}>
      {whenText(task, group, speech, now)}
    </Status>
  )
}

function whenText({ dueAt, timeZone }: ShownTask, group: Group, speech: Speech, now: Instant): string {
  const apart = toMillis(dueAt) - toMillis(now)
  if (group === 'unsafe') return momentText(speech, dueAt, timeZone, now)
  if (apart < 0) return speech.t('time.late', { length: lengthText(speech, apart) })
  if (group === 'limits') return speech.t('time.left', { length: lengthText(speech, apart) })
  if (group === 'today' || daysApart(dueAt, now, timeZone) === 1) return momentText(speech, dueAt, timeZone, now)
  return dayText(speech, dueAt, timeZone, now)
}
