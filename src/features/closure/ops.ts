import { said } from '../cases/edits.ts'
import { accept, refuse } from '../../core/decision.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { dayOf } from '../../core/time.ts'
import { ENDS_WITHOUT_WEIGHING, refuseUnweighed } from '../cases/major-decision.ts'
import { type KnownCase, refuseWhenClosed } from '../cases/ops.ts'
import { type Asked, CaseClosing, CaseReopening, waitingClosing } from './closing.ts'
import { isDuplicate, refuseClosing } from './closing-rules.ts'

/**
 * `goesOnElsewhere`: both workers have said that another open file is of the same child. `isLeanedOn`: that one waits to be
 * closed because this one goes on. A device that does not hold the family leaves both to the server.
 */
export type KnownClosings = KnownCase & {
  closings: readonly Asked[]
  isWeighed: boolean
  goesOnElsewhere: boolean
  isLeanedOn: boolean
}

/** Everything of the file itself that stands in the way of closing it for a reason, whatever else its form says. */
export function hindrancesOf(reason: string, known: KnownClosings): AnyRefusal[] {
  const unweighed = ENDS_WITHOUT_WEIGHING.includes(reason) ? null : refuseUnweighed('closure', known)
  return [
    ...(waitingClosing(known.closings) !== null ? [{ reason: 'closing_waits_already' }] : []),
    ...(known.isLeanedOn ? [{ reason: 'duplicate_waits' }] : []),
    ...(isDuplicate(reason) && !known.goesOnElsewhere ? [{ reason: 'duplicate_of_nothing' }] : []),
    ...(unweighed === null ? [] : [unweighed.refusal]),
  ]
}

/** Asks the supervisor to close a case. An arrest, a conviction or a birthday is no reason (case-management.md, step 6). */
export const askToClose: OpDefinition<CaseClosing, KnownClosings, CaseClosing, AnyRefusal> = {
  type: 'closure.ask_to_close',
  payload: CaseClosing.schema,
  needs: 'services:write',
  decide(closing, known, { now, timeZone, role }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    if (role !== 'case_worker') return refuse({ reason: 'worker_asks_to_close' })
    const [hindrance] = hindrancesOf(closing.reason, known)
    if (hindrance !== undefined) return refuse(hindrance)
    return refuseClosing(closing, dayOf(now, timeZone)) ?? accept(closing)
  },
}

/** Opens a closed case again, at once: whoever needs help does not wait for a signature. */
export const reopenCase: OpDefinition<CaseReopening, KnownCase, CaseReopening, AnyRefusal> = {
  type: 'closure.reopen_case',
  payload: CaseReopening.schema,
  // Not to write, so that a supervisor may too: the database lets only those do it who may change the case itself.
  needs: 'services:read',
  decide(reopening, known, { role }) {
    if (known.closedAt === null) return refuse({ reason: 'case_is_open' })
    if (role !== 'case_worker' && role !== 'supervisor') return refuse({ reason: 'worker_reopens' })
    if (!said(reopening.why)) return refuse({ reason: 'reopened_without_reason' })
    return accept(reopening)
  },
}
