import { Question, type SafeguardRule } from '../../core/safeguard-rule.ts'
import type { Instant } from '../../core/time.ts'
import type { ContactFacts, SafeguardAnswer } from './contact.ts'
import { custodiesOf, type Custody } from './custody.ts'
import { dutiesBehind } from './ops.ts'
import { type Clock, clocksOf, clockStatus, type ClockStatus } from './safeguards.ts'

/** How a duty stands, for people: as `ClockStatus`, but what is owed at once and not shown yet is to be found out. */
export type Standing = ClockStatus | 'to_find_out'

/** One thing an authority owes a child in one custody: a clock, or a question of a detention that no clock stands behind. */
export type Duty = {
  /** A `DutyId`. */
  id: string
  contactId: string
  authority: string
  clock: Clock | null
  standing: Standing
  /** When our office learned of it: what is still to be found out is asked within a day of that. */
  knownAt: Instant
  /** Whether the custody goes on, so that asking can still change something. */
  isOpen: boolean
}

/** Owed at once: there is no time to run, only an answer that is missing or there. */
export function isAtOnce(clock: Pick<Clock, 'startsAt' | 'dueAt'>): boolean {
  return clock.dueAt <= clock.startsAt
}

export function standingOf(clock: Clock, now: Instant): Standing {
  const status = clockStatus(clock, now)
  return isAtOnce(clock) && (status === 'passed' || status === 'due_soon') ? 'to_find_out' : status
}

const RANK: Record<Standing, number> = {
  not_met: 0,
  passed: 0,
  due_soon: 1,
  to_find_out: 2,
  running: 3,
  met_late: 4,
  met: 5,
  ended: 6,
}

/** All duties of a case, what needs somebody first. */
export function dutiesOf(
  contacts: readonly ContactFacts[],
  answers: readonly SafeguardAnswer[],
  rules: readonly SafeguardRule[],
  timeZone: string,
  now: Instant,
): Duty[] {
  const clocks = clocksOf(contacts, answers, rules, timeZone)
  const duties = custodiesOf(contacts, answers).flatMap((custody) => {
    const ids = new Set(custody.contacts.map((contact) => contact.id))
    const timed = clocks.filter((clock) => ids.has(clock.contactId))
    return [
      ...timed.map((clock) => dutyOf(clock.safeguardId, custody, clock, standingOf(clock, now))),
      ...asked(custody, rules).filter((duty) => timed.every((clock) => clock.safeguardId !== duty.id)),
    ]
  })
  return duties.sort(
    (a, b) => RANK[a.standing] - RANK[b.standing] || ((a.clock?.dueAt ?? '9') < (b.clock?.dueAt ?? '9') ? -1 : 1),
  )
}

/** What a detention asks and somebody has answered on their own, where no clock says it already (safeguards.md, rule 5). */
function asked(custody: Custody, rules: readonly SafeguardRule[]): Duty[] {
  const detained = custody.contacts.filter((contact) => contact.kind === 'detention').at(-1)
  const questions = detained === undefined ? [] : Question.options.flatMap((question) => dutiesBehind(question, rules))
  const answered = custody.answers.map((answer) => answer.safeguardId)
  return [...new Set([...questions, ...answered])].map((id) => {
    const said = custody.answers.filter((answer) => answer.safeguardId === id).at(-1)
    const state = said?.state ?? 'not_known'
    return dutyOf(id, custody, null, state === 'not_known' ? (custody.isOpen ? 'to_find_out' : 'ended') : state)
  })
}

function dutyOf(id: string, custody: Custody, clock: Clock | null, standing: Standing): Duty {
  const from =
    custody.contacts.find((contact) => contact.id === clock?.contactId) ??
    custody.contacts.filter((contact) => contact.kind === 'detention').at(-1) ??
    custody.contacts[0]
  if (from === undefined) throw new Error('a custody has a contact')
  const { id: contactId, authority, knownAt } = from
  return { id, contactId, authority, clock, standing, knownAt, isOpen: custody.isOpen }
}

/** What somebody still has to ask: the one count of a case's home, a worker's day and the board. What a custody that is over never showed is no question any more. */
export function toFindOut(duties: readonly Duty[]): Duty[] {
  return duties.filter((duty) => duty.isOpen && duty.standing === 'to_find_out')
}

export type StandingCount = { standing: Exclude<Standing, 'ended'> | 'never_shown'; count: number }

/** How many duties stand where: the line of a case's home. */
export function countStandings(duties: readonly Duty[]): StandingCount[] {
  const order: StandingCount['standing'][] = [
    'not_met',
    'passed',
    'due_soon',
    'to_find_out',
    'running',
    'met_late',
    'met',
    'never_shown',
  ]
  const ask = toFindOut(duties)
  const counted = (duty: Duty) =>
    duty.standing === 'to_find_out' && !ask.includes(duty) ? 'never_shown' : duty.standing
  return order
    .map((standing) => ({ standing, count: duties.filter((duty) => counted(duty) === standing).length }))
    .filter(({ count }) => count > 0)
}
