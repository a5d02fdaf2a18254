import { accept, refuse } from '../../core/decision.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { refuseImpossible } from '../../core/possible.ts'
import { dayOf, startOfDay } from '../../core/time.ts'
import { type KnownCase, refuseWhenClosed } from '../cases/ops.ts'
import { after, type KnownRow, refuseEdit, type RowEdit, rowEdit, said } from '../cases/edits.ts'
import { CareSheet } from './care-sheet.ts'
import { ShelterEntry } from './shelter-entry.ts'

/** Writes what a shelter must know today: one row a case. */
export const editCareSheet: OpDefinition<RowEdit, KnownRow, RowEdit, AnyRefusal> = {
  type: 'services.edit_care_sheet',
  payload: rowEdit(CareSheet.schema),
  needs: 'services:write',
  decide(edit, known, { now, timeZone }) {
    const no = refuseEdit(edit, known)
    if (no !== null) return no
    if (edit.id !== edit.caseId) return refuse({ reason: 'wrong_row' })
    const { childSaidOn, callFirst } = after<CareSheet>(known, edit)
    if (!said(callFirst)) return refuse({ reason: 'sheet_without_call' })
    if (typeof childSaidOn === 'string' && childSaidOn > dayOf(now, timeZone))
      return refuse({ reason: 'in_the_future', moment: childSaidOn })
    return accept(edit)
  },
}

/** Who is with a child in a shelter and writes how its day went; the database says the same. */
const KEEPS_THE_LOG = ['shelter_worker', 'case_worker']

/** Adds an entry to the day log: also by a member of a shift team, who may otherwise only read. */
export const addEntry: OpDefinition<ShelterEntry, KnownCase, ShelterEntry, AnyRefusal> = {
  type: 'services.add_day_entry',
  payload: ShelterEntry.schema,
  needs: 'services:read',
  decide(entry, known, { now, role, timeZone }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    if (!KEEPS_THE_LOG.includes(role)) return refuse({ reason: 'shift_writes_the_log' })
    if (!said(entry.howItWas)) return refuse({ reason: 'entry_empty' })
    if (entry.kind === 'incident' && !said(entry.told)) return refuse({ reason: 'incident_told_nobody' })
    return refuseImpossible([startOfDay(entry.onDay, timeZone)], now) ?? accept(entry)
  },
}
