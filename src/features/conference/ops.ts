import type { ConsentPack } from '../../core/consent-pack.ts'
import { refuseSaidOn } from '../../core/child-voice.ts'
import { accept, refuse } from '../../core/decision.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { refuseImpossible, refuseUnplannable } from '../../core/possible.ts'
import { type KnownCase, refuseWhenClosed } from '../cases/ops.ts'
import { CaseConference, ConferenceMinutes, minutesOf, type Seat, standing } from './conference.ts'
import { areSeats, missingOf } from './minutes.ts'

export type KnownConferences = KnownCase & {
  calls: readonly Pick<CaseConference, 'id' | 'replaces' | 'invited'>[]
  minutes: readonly { id: string; conferenceId: string; corrects: string | null }[]
  /** Kinds of body that may be told something of this child now: a yes stands, or a basis that was signed. */
  mayHear: readonly string[]
  /** Colleagues of the office and whoever is on the case; null on a phone, which does not know them. */
  people: readonly string[] | null
  recipients: ConsentPack['recipients']
}

/** Calls a case conference, or calls it anew: another day, another agenda, other people. Whoever supervises the case may do that too. */
export const callConference: OpDefinition<CaseConference, KnownConferences, CaseConference, AnyRefusal> = {
  type: 'conference.call',
  payload: CaseConference.schema,
  needs: ({ replaces }) => (replaces === null ? 'services:write' : 'services:read'),
  decide(call, known, { now }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    const unplannable = refuseUnplannable(call.at, now)
    if (unplannable !== null) return unplannable
    if (call.agenda.trim() === '') return refuse({ reason: 'conference_about_nothing' })
    if (call.invited.length === 0) return refuse({ reason: 'nobody_invited' })
    if (call.replaces !== null && !isOpen(known, call.replaces)) return refuse({ reason: 'unknown_conference' })
    return refuseSeats(call.invited, known) ?? accept(call)
  },
}

/** Writes down what came of a conference. Decisions become tasks by operations of their own, sent together with this one. */
export const recordMinutes: OpDefinition<ConferenceMinutes, KnownConferences, ConferenceMinutes, AnyRefusal> = {
  type: 'conference.record',
  payload: ConferenceMinutes.schema,
  needs: 'services:write',
  decide(minutes, known, { now, timeZone }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    const impossible = refuseImpossible([minutes.at], now)
    if (impossible !== null) return impossible
    const call = standing(known.calls).find((one) => one.id === minutes.conferenceId)
    if (call === undefined) return refuse({ reason: 'unknown_conference' })
    const before = minutesOf(known.minutes, minutes.conferenceId)
    if (before !== null && minutes.corrects === null) return refuse({ reason: 'minutes_are_there' })
    if ((before?.id ?? null) !== minutes.corrects) return refuse({ reason: 'minutes_changed_meanwhile' })
    // Who was asked to come on a yes that is taken back since has still been there: what happened is written down.
    const asked = call.invited.flatMap(({ as }) => as ?? [])
    const seats = refuseSeats(minutes.seats, known, asked) ?? refuseSeats(ownersOf(minutes), known, asked)
    if (seats !== null) return seats
    const days = [minutes.childSaidOn, ...minutes.decisions.map((one) => one.childSaidOn)]
    const later = refuseSaidOn(days, now, timeZone)
    if (later !== null) return later
    const [missing] = missingOf(minutes, timeZone)
    return missing === undefined ? accept(minutes) : refuse({ reason: 'minutes_incomplete', missing })
  },
}

function isOpen({ calls, minutes }: KnownConferences, id: string): boolean {
  return standing(calls).some((one) => one.id === id) && minutesOf(minutes, id) === null
}

type Refused = { ok: false; refusal: AnyRefusal } | null

/** Nobody from outside hears about a child without its yes, and no yes opens what the firewall closes. */
function refuseSeats(seats: readonly Seat[], known: KnownConferences, asked: readonly string[] = []): Refused {
  if (!areSeats(seats)) return refuse({ reason: 'seat_unclear' })
  const outside = seats.flatMap(({ as }) => as ?? [])
  if (outside.some((as) => known.recipients.find((one) => one.code === as)?.reach === 'nothing'))
    return refuse({ reason: 'firewall_above_consent' })
  if (outside.some((as) => !known.mayHear.includes(as) && !asked.includes(as)))
    return refuse({ reason: 'outside_without_yes' })
  const { people } = known
  return people !== null && seats.some(({ personId }) => personId !== null && !people.includes(personId))
    ? refuse({ reason: 'not_a_colleague' })
    : null
}

/** Kinds of body that are given something to do; colleagues are looked at where their task begins. */
function ownersOf({ decisions }: ConferenceMinutes): Seat[] {
  return [...new Set(decisions.flatMap(({ ownerAs }) => ownerAs ?? []))].map((as) => ({ personId: null, as }))
}
