import { type ClockEvent, rulesInForce, type SafeguardRule } from '../../core/safeguard-rule.ts'
import { addDuration, type Instant, toMillis, fromMillis } from '../../core/time.ts'
import type { ContactFacts, SafeguardAnswer } from './contact.ts'

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
  const corrected = new Set(contacts.map((contact) => contact.corrects))
  const standing = contacts.filter((contact) => !corrected.has(contact.id)).sort(byStart)
  const started = new Set<string>()
  const clocks: Clock[] = []
  for (const contact of standing) {
    for (const clock of startClocks(contact, rules, timeZone)) {
      // A safeguard owed once does not start anew with each contact of the same custody.
      const held = custodyOf(contact, standing)
      const key = `${clock.safeguardId}|${held}`
      if (started.has(key)) continue
      started.add(key)
      const rule = rules.find((one) => one.id === clock.safeguardId)
      if (rule !== undefined) clocks.push(...settle(clock, rule, standing, answers, timeZone))
    }
  }
  return clocks.sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
}

/** The clocks one contact starts, unsettled. */
export function startClocks(contact: ContactFacts, rules: readonly SafeguardRule[], timeZone: string): Clock[] {
  if (contact.kind === 'release') return []
  return clockEvents(contact).flatMap(({ event, at }) =>
    rulesInForce(rules, at)
      .filter((rule) => rule.starts === event && rule.limit !== null && appliesTo(rule, contact))
      .map((rule) => startClock(rule, { contactId: contact.id, authority: contact.authority }, at, timeZone)),
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

function appliesTo(rule: SafeguardRule, contact: ContactFacts): boolean {
  return (
    rule.appliesTo.includes('any') ||
    rule.appliesTo.some((capacity) => capacity !== 'any' && contact.capacities.includes(capacity))
  )
}

/** Lays later contacts and answers over a clock; a recurring duty that was kept starts its next turn. */
function settle(
  clock: Clock,
  rule: SafeguardRule,
  contacts: readonly ContactFacts[],
  answers: readonly SafeguardAnswer[],
  timeZone: string,
): Clock[] {
  const later = contacts.filter((contact) => contact.startedAt >= clock.startsAt)
  const byContact = later.find((contact) => rule.metBy.includes(contact.kind))?.startedAt ?? null
  const said = answers
    .filter((answer) => answer.safeguardId === rule.id && answer.contactId === clock.contactId)
    .sort(byAnswered)
    .at(-1)
  const byAnswer = said?.state === 'met' ? said.at : null
  const ended = later.find((contact) => rule.endedBy.includes(contact.kind))
  const settled: Clock = {
    ...clock,
    metAt: earliest(byContact, byAnswer),
    notMetAt: said?.state === 'not_met' ? said.at : null,
    endedAt: ended === undefined ? null : (ended.releasedAt ?? ended.startedAt),
  }
  if (!rule.recurring || settled.metAt === null || settled.endedAt !== null) return [settled]
  return [settled, startClock(rule, clock, settled.metAt, timeZone)]
}

/** Contacts between two releases belong to one custody. */
function custodyOf(contact: ContactFacts, standing: readonly ContactFacts[]): number {
  return standing.filter((other) => other.kind === 'release' && other.startedAt <= contact.startedAt).length
}

function earliest(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}

function byStart(a: ContactFacts, b: ContactFacts): number {
  return a.startedAt === b.startedAt ? (a.id < b.id ? -1 : 1) : a.startedAt < b.startedAt ? -1 : 1
}

function byAnswered(a: SafeguardAnswer, b: SafeguardAnswer): number {
  return a.answeredAt < b.answeredAt ? -1 : 1
}
