import { said } from '../cases/edits.ts'
import { accept, refuse } from '../../core/decision.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { addDuration, dayOf } from '../../core/time.ts'
import { EndHold, LegalHold, ReturnCode } from './hold.ts'

export type KnownHolds = { holds: readonly { id: string; isLive: boolean }[]; atMost: string }

/** Stops the erasure of a file, at once; a second person signs afterwards. On an open file as on a closed one. */
export const holdErasure: OpDefinition<LegalHold, KnownHolds, LegalHold, AnyRefusal> = {
  type: 'closure.hold_erasure',
  payload: LegalHold.schema,
  needs: 'services:write',
  decide(hold, known, { now, timeZone }) {
    if (!said(hold.instrument) || !said(hold.why)) return refuse({ reason: 'hold_without_instrument' })
    if (known.holds.some((one) => one.isLive)) return refuse({ reason: 'held_already' })
    if (hold.untilOn < dayOf(now, timeZone)) return refuse({ reason: 'hold_in_the_past' })
    // A day more than the limit, whatever the hour: there is no hold without an end.
    if (hold.untilOn > dayOf(addDuration(now, known.atMost, timeZone), timeZone))
      return refuse({ reason: 'hold_too_long' })
    return accept(hold)
  },
}

/** Ends a hold before its day: what is due is erased after the usual warning. */
export const endHold: OpDefinition<EndHold, KnownHolds, EndHold, AnyRefusal> = {
  type: 'closure.end_hold',
  payload: EndHold,
  needs: 'services:read',
  decide(payload, known, { role }) {
    if (role !== 'case_worker' && role !== 'supervisor') return refuse({ reason: 'worker_ends_hold' })
    if (!known.holds.some((one) => one.id === payload.holdId && one.isLive)) return refuse({ reason: 'no_such_hold' })
    return accept(payload)
  },
}

/** Keeps what lets a child show later that it is itself; a new paper makes the one before worthless. */
export const giveReturnCode: OpDefinition<ReturnCode, Record<never, never>, ReturnCode, AnyRefusal> = {
  type: 'closure.give_return_code',
  payload: ReturnCode.schema,
  needs: 'services:write',
  decide: (code) => accept(code),
}
