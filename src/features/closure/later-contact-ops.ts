import * as z from 'zod'
import { accept, refuse } from '../../core/decision.ts'
import { CaseId } from '../../core/ids.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { Day, dayOf, type Instant } from '../../core/time.ts'

export const MakeContact = z.strictObject({ caseId: CaseId, closingId: z.uuid(), madeOn: Day })
export type MakeContact = { caseId: string; closingId: string; madeOn: Day }

/** Whether the closing a case ended by has a contact agreed that nobody has made yet. */
export type KnownContact = { waits: boolean; closedAt: Instant | null }

/** Writes down that the contact was made that a child had agreed to for after the closing. */
export const makeContact: OpDefinition<MakeContact, KnownContact, MakeContact, AnyRefusal> = {
  type: 'closure.make_contact',
  payload: MakeContact,
  // Not to write, so that a supervisor may too; the database takes it of a closed case alone.
  needs: 'services:read',
  decide(payload, known, { now, timeZone, role }) {
    if (role !== 'case_worker' && role !== 'supervisor') return refuse({ reason: 'worker_notes_contact' })
    if (!known.waits) return refuse({ reason: 'no_contact_waits' })
    if (payload.madeOn > dayOf(now, timeZone)) return refuse({ reason: 'in_the_future', moment: payload.madeOn })
    if (known.closedAt !== null && payload.madeOn < dayOf(known.closedAt, timeZone))
      return refuse({ reason: 'before_the_closing' })
    return accept(payload)
  },
}
