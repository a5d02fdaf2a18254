import * as z from 'zod'
import { accept, refuse } from '../../core/decision.ts'
import { CaseId } from '../../core/ids.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { Day, dayOf, type Instant } from '../../core/time.ts'
import { firstDayAfter } from './closing-rules.ts'

export const MakeContact = z.strictObject({ caseId: CaseId, closingId: z.uuid(), madeOn: Day.nullable() })
/** Without a day it takes back what was written down by mistake: the contact still waits. */
export type MakeContact = { caseId: string; closingId: string; madeOn: Day | null }

/**
 * The contact agreed at the closing a case ended by: when that was, whether somebody wrote down that it was made, and whether
 * that was another person than who asks now; false where a screen cannot know it.
 */
export type KnownContact = { closedAt: Instant; madeOn: Day | null; isAnothers: boolean } | null

/** Writes down that the contact was made that a child had agreed to for after the closing, or puts that right. */
export const makeContact: OpDefinition<MakeContact, KnownContact, MakeContact, AnyRefusal> = {
  type: 'closure.make_contact',
  payload: MakeContact,
  // Not to write, so that a supervisor may too; the database takes it of a closed case alone.
  needs: 'services:read',
  decide(payload, known, { now, timeZone, role }) {
    const { madeOn } = payload
    if (role !== 'case_worker' && role !== 'supervisor') return refuse({ reason: 'worker_notes_contact' })
    if (known === null) return refuse({ reason: 'no_contact_waits' })
    if (madeOn === null) {
      if (known.madeOn === null) return refuse({ reason: 'nothing_changed' })
      // A pair that waited on her phone takes back what she noted herself, never what a colleague did meanwhile.
      return known.isAnothers ? refuse({ reason: 'contact_of_another' }) : accept(payload)
    }
    if (madeOn > dayOf(now, timeZone)) return refuse({ reason: 'in_the_future', moment: madeOn })
    if (madeOn < firstDayAfter(known.closedAt, timeZone)) return refuse({ reason: 'before_the_closing' })
    return accept(payload)
  },
}
