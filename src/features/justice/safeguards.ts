import { type ClockEvent, rulesInForce, type SafeguardRule } from '../../core/safeguard-rule.ts'
import { addDuration, type Instant, toMillis, fromMillis } from '../../core/time.ts'
import type { ContactFacts, SafeguardAnswer } from './contact.ts'
import { custodiesOf, type Custody } from './custody.ts'

/** One duty of an authority towards a child that runs against time. */
export type Clock = {
  contactId: string
  safeguardId: string
  authority: string
  startsAt: Instant
  warnAt: Instant
  dueAt: Instant
  /** When the duty was kept, by a later contact or by an answer; null while nobody has shown it. */
  metAt: Instant | null
  /** When somebody said that it was not kept. */
  notMetAt: Instant | null
  /** When the duty ended without having to be kept, e.g. at release. */
  endedAt: Instant | null
}

export type ClockStatus = 'running' | 'due_soon' | 'passed' | 'met' | 'met_late' | 'not_met' | 'ended'

/** Where a clock stands. Pure: the phone and the server call the same function. */
export function clockStatus(clock: Clock, now: Instant): ClockStatus {
  // A deadline is met up to and including its last moment: the law gives the child
  // "within 24 hours", so 24:00:00.000 is still in time.
  if (clock.metAt !== null) return clock.metAt <= clock.dueAt ? 'met' : 'met_late'
  if (clock.notMetAt !== null) return 'not_met'
  if (clock.endedAt !== null && clock.endedAt <= clock.dueAt) return 'ended'
  if (now > clock.dueAt) return 'passed' // "not shown to be met": a breach needs someone who says "not met"
  return now >= clock.warnAt ? 'due_soon' : 'running'
}

/** The events a contact makes, each with its own moment. */
export function clockEvents(contact: ContactFacts): { event: ClockEvent; at: Instant }[] {
  const { kind, startedAt, firstCustodyAt, detainedAt } = contact
  const found: { event: ClockEvent; at: Instant }[] = [{ event: 'first_contact', at: startedAt }]
  if (firstCustodyAt !== null)
    found.push({ event: 'first_custody', at: firstCustodyAt }, { event: 'apprehension', at: firstCustodyAt })
  if (detainedAt !== null)
    found.push({ event: 'detention_order', at: detainedAt }, { event: 'transfer_of_custody', at: detainedAt })
  // Held without a known first custody: whoever holds the child now is the first we know of.
  if (detainedAt !== null && firstCustodyAt === null)
    found.push({ event: 'first_custody', at: detainedAt }, { event: 'apprehension', at: detainedAt })
  if (kind === 'interview') found.push({ event: 'interview_scheduled', at: startedAt })
  return found
}

/**
 * All clocks of a case, from all its contacts and answers, whatever order they arrived in (safeguards.md, "The clocks").
 * Contacts that a later one corrects do not count. A rule in force at the fact's own date applies: a changed law moves no past clock.
 */
export function clocksOf(
  contacts: readonly ContactFacts[],
  answers: readonly SafeguardAnswer[],
  rules: readonly SafeguardRule[],
  timeZone: string,
): Clock[] {
  const clocks = custodiesOf(contacts, answers).flatMap((custody) => {
    // Owed once a custody, and from its earliest event on: a later contact may tell of an earlier first custody.
    const first = new Map<string, Started>()
    for (const one of custody.contacts.flatMap((contact) => startedBy(contact, rules, timeZone))) {
      const before = first.get(one.rule.id)
      if (before === undefined || one.clock.startsAt < before.clock.startsAt) first.set(one.rule.id, one)
    }
    return [...first.values()].flatMap(({ rule, clock }) => settle(clock, rule, custody, timeZone))
  })
  return clocks.sort(byDue)
}

type Started = { rule: SafeguardRule; clock: Clock }

/** The clocks one contact starts, unsettled, each with the rule it follows. */
function startedBy(contact: ContactFacts, rules: readonly SafeguardRule[], timeZone: string): Started[] {
  if (contact.kind === 'release') return []
  return clockEvents(contact).flatMap(({ event, at }) =>
    rulesInForce(rules, at)
      .filter((rule) => rule.starts === event && rule.limit !== null && appliesTo(rule, contact))
      .map((rule) => ({
        rule,
        clock: startClock(rule, { contactId: contact.id, authority: contact.authority }, at, timeZone),
      })),
  )
}

function startClock(
  rule: SafeguardRule,
  from: Pick<Clock, 'contactId' | 'authority'>,
  startsAt: Instant,
  timeZone: string,
): Clock {
  const dueAt = addDuration(startsAt, rule.limit ?? 'PT0M', timeZone)
  return {
    contactId: from.contactId,
    safeguardId: rule.id,
    authority: from.authority,
    startsAt,
    warnAt: earlier(dueAt, rule.warnBefore, startsAt, timeZone),
    dueAt,
    metAt: null,
    notMetAt: null,
    endedAt: null,
  }
}

/** Warning time, never before the clock itself starts. */
function earlier(dueAt: Instant, by: string, startsAt: Instant, timeZone: string): Instant {
  const ahead = toMillis(addDuration(dueAt, by, timeZone)) - toMillis(dueAt)
  const warn = fromMillis(toMillis(dueAt) - ahead)
  return warn > startsAt ? warn : startsAt
}

/** Whether a safeguard is owed in one of the capacities a child has. */
export function appliesTo(rule: SafeguardRule, contact: Pick<ContactFacts, 'capacities'>): boolean {
  return (
    rule.appliesTo.includes('any') ||
    rule.appliesTo.some((capacity) => capacity !== 'any' && contact.capacities.includes(capacity))
  )
}

/** Lays later contacts and answers over a clock; a recurring duty that was kept starts its next turn. */
function settle(clock: Clock, rule: SafeguardRule, custody: Custody, timeZone: string): Clock[] {
  const said = custody.answers.filter((answer) => answer.safeguardId === rule.id)
  const answer = rule.recurring ? said.find((one) => one.at > clock.startsAt) : said.at(-1)
  const ended = custody.contacts.find(
    (contact) => contact.startedAt >= clock.startsAt && rule.endedBy.includes(contact.kind),
  )
  const settled: Clock = {
    ...clock,
    metAt: earliest(metBy(rule, clock, custody), answer?.state === 'met' ? answer.at : null),
    notMetAt: answer?.state === 'not_met' ? answer.at : null,
    endedAt: ended === undefined ? null : (ended.releasedAt ?? ended.startedAt),
  }
  const { metAt, endedAt } = settled
  if (!rule.recurring || metAt === null || metAt <= clock.startsAt) return [settled]
  if (endedAt !== null && endedAt <= metAt) return [settled]
  return [settled, ...settle(startClock(rule, clock, metAt, timeZone), rule, custody, timeZone)]
}

/** When a later contact kept the duty by itself. */
function metBy(rule: SafeguardRule, clock: Clock, { contacts }: Custody): Instant | null {
  const after = (contact: ContactFacts) =>
    rule.recurring ? contact.startedAt > clock.startsAt : contact.startedAt >= clock.startsAt
  const byContact = contacts.find((contact) => after(contact) && rule.metBy.some((kind) => kind === contact.kind))
  // Child protection was told when our office learned of it: late knowledge is late notification (safeguards.md, rule 2).
  const known = rule.metBy.includes('known') ? contacts.map((contact) => contact.knownAt).sort()[0] : undefined
  return earliest(byContact?.startedAt ?? null, known === undefined ? null : later(known, clock.startsAt))
}

function earliest(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}

function later(a: Instant, b: Instant): Instant {
  return a > b ? a : b
}

function byDue(a: Clock, b: Clock): number {
  if (a.dueAt !== b.dueAt) return a.dueAt < b.dueAt ? -1 : 1
  return a.safeguardId === b.safeguardId ? 0 : a.safeguardId < b.safeguardId ? -1 : 1
}
