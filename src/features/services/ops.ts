import { givesSomething, hasAidSafeguards } from '../../core/aid.ts'
import { accept, refuse } from '../../core/decision.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { refuseUnplannable } from '../../core/possible.ts'
import { type Day, dayOf, type Instant, startOfDay } from '../../core/time.ts'
import { type KnownCase, refuseWhenClosed } from '../cases/ops.ts'
import { after, type KnownRow, refuseEdit, type RowEdit, rowEdit, said } from '../cases/edits.ts'
import { HEALTH_KINDS, isKeptWithHealth } from './health.ts'
import { refuseMeeting } from './meeting.ts'
import { ChildService, ServiceHealthNote, ServiceSession } from './service.ts'

export type KnownService = KnownRow & { goals: readonly string[] }

/** Begins, changes or ends one service. Help of value needs its safeguards; what was treated stays with health workers. */
export const editService: OpDefinition<RowEdit, KnownService, RowEdit, AnyRefusal> = {
  type: 'services.edit_service',
  payload: rowEdit(ChildService.schema),
  needs: 'services:write',
  decide(edit, known, { now, timeZone }) {
    const no = refuseEdit(edit, known)
    if (no !== null) return no
    const service = after<ChildService>(known, edit)
    const { kind, provider, state, goalId, layer, startsOn, nextOn, endsOn, ended, childSaidOn } = service
    if (!said(service.what)) return refuse({ reason: 'service_without_words' })
    if (kind === undefined || provider === undefined || state === undefined || service.safeguards === undefined)
      return refuse({ reason: 'service_without_kind' })
    if (isKeptWithHealth(kind, layer)) return refuse({ reason: 'kept_with_health' })
    if (typeof goalId === 'string' && !known.goals.includes(goalId)) return refuse({ reason: 'unknown_goal' })
    if (givesSomething(kind) && !hasAidSafeguards(service.safeguards))
      return refuse({ reason: 'aid_without_safeguards' })
    if (state === 'going' && (startsOn ?? null) === null) return refuse({ reason: 'service_without_start' })
    if (state === 'ended' && ((endsOn ?? null) === null || (ended ?? null) === null))
      return refuse({ reason: 'service_ended_without_reason' })
    if (typeof endsOn === 'string' && typeof startsOn === 'string' && endsOn < startsOn)
      return refuse({ reason: 'service_ends_before_it_starts' })
    const today = dayOf(now, timeZone)
    for (const day of [childSaidOn, state === 'ended' ? endsOn : null, state === 'planned' ? null : startsOn])
      if (typeof day === 'string' && day > today) return refuse({ reason: 'in_the_future', moment: day })
    return refuseDays([startsOn, nextOn, endsOn, childSaidOn], now, timeZone) ?? accept(edit)
  },
}

/** Days nobody can mean: from before the child was born, or after it has long been grown up. */
function refuseDays(days: readonly (Day | null | undefined)[], now: Instant, timeZone: string) {
  for (const day of days) {
    const no = typeof day === 'string' ? refuseUnplannable(startOfDay(day, timeZone), now) : null
    if (no !== null) return no
  }
  return null
}

export type KnownSession = KnownCase & {
  services: readonly { id: string; kind: string; startsOn: Day | null; safeguards: ChildService['safeguards'] }[]
}

/** Writes down one session or visit, that it did not take place and why, or that something was given and to whom. */
export const addSession: OpDefinition<ServiceSession, KnownSession, ServiceSession, AnyRefusal> = {
  type: 'services.add_session',
  payload: ServiceSession.schema,
  needs: 'services:write',
  decide(session, known, { now, timeZone }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    const service = known.services.find((one) => one.id === session.serviceId)
    if (service === undefined) return refuse({ reason: 'unknown_service' })
    if (session.onDay > dayOf(now, timeZone)) return refuse({ reason: 'in_the_future', moment: session.onDay })
    const unlikely = refuseDays([session.onDay], now, timeZone)
    if (unlikely !== null) return unlikely
    if (service.startsOn !== null && session.onDay < service.startsOn) return refuse({ reason: 'before_the_service' })
    const isMissed = session.came === 'did_not_come' || session.came === 'was_not_held'
    if (isMissed !== (session.whyNot !== null)) return refuse({ reason: 'missed_without_reason' })
    if (isMissed || session.came === 'given') {
      if ((session.meeting ?? null) !== null) return refuse({ reason: 'not_a_meeting' })
    } else if (session.meeting !== undefined) {
      // Of a phone that asked none of it the session stands: it was held, and nobody can be asked any more.
      const no = refuseMeeting(service.kind, session.meeting) ?? refuseDays([session.meeting?.nextOn], now, timeZone)
      if (no !== null) return no
    }
    return session.came === 'given' ? decideGiven(session, service) : decideHeld(session)
  },
}

function decideHeld(session: ServiceSession) {
  const { what, worth, agreedBy, receivedBy, acknowledged } = session
  return [what, worth, agreedBy, receivedBy, acknowledged].some((one) => one !== null)
    ? refuse({ reason: 'session_gives_nothing' })
    : accept(session)
}

/** What is given is named, was agreed by somebody, and its receiver says so: nobody gives in secret. */
function decideGiven(session: ServiceSession, { kind, safeguards }: KnownSession['services'][number]) {
  if (!givesSomething(kind)) return refuse({ reason: 'not_a_giving_service' })
  if (!hasAidSafeguards(safeguards)) return refuse({ reason: 'aid_without_safeguards' })
  if (!said(session.what) || !said(session.agreedBy)) return refuse({ reason: 'given_without_words' })
  return session.receivedBy === null || session.acknowledged === null
    ? refuse({ reason: 'given_without_acknowledgement' })
    : accept(session)
}

export type KnownCare = KnownCase & { services: readonly { id: string }[] }

/** What a health worker writes of a service; nothing anywhere waits for it. */
export const addHealthNote: OpDefinition<ServiceHealthNote, KnownCare, ServiceHealthNote, AnyRefusal> = {
  type: 'services.add_health_note',
  payload: ServiceHealthNote.schema,
  needs: 'health:write',
  decide(note, known, { now, timeZone }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    if (!known.services.some((one) => one.id === note.serviceId)) return refuse({ reason: 'unknown_service' })
    if (!said(note.note)) return refuse({ reason: 'health_note_empty' })
    if (!HEALTH_KINDS.includes(note.kind)) return refuse({ reason: 'not_a_health_kind' })
    if (note.onDay > dayOf(now, timeZone)) return refuse({ reason: 'in_the_future', moment: note.onDay })
    return refuseDays([note.onDay], now, timeZone) ?? accept(note)
  },
}
