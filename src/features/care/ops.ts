import { accept, refuse } from '../../core/decision.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { refuseImpossible, refuseUnplannable } from '../../core/possible.ts'
import { type KnownCase, refuseWhenClosed } from '../cases/ops.ts'
import { after, type KnownRow, refuseEdit, type RowEdit, rowEdit, said } from '../cases/edits.ts'
import { CareNote, isEmptyNote } from './note.ts'
import { CareTask } from './task.ts'

/** Ids of the case's notes; null on a phone, which does not hold them. */
export type KnownNotes = KnownCase & { notes: readonly string[] | null }

/** Adds a note or visit; nothing said before is ever changed by it. */
export const addNote: OpDefinition<CareNote, KnownNotes, CareNote, AnyRefusal> = {
  type: 'care.add_note',
  payload: CareNote.schema,
  needs: 'narrative:write',
  decide(note, known, { now }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    if (isEmptyNote(note)) return refuse({ reason: 'note_empty' })
    const impossible = refuseImpossible([note.at], now)
    if (impossible !== null) return impossible
    if (note.corrects !== null && known.notes !== null && !known.notes.includes(note.corrects))
      return refuse({ reason: 'corrects_unknown_note' })
    return accept(note)
  },
}

/** People who work on the case; null on a phone, which does not know them. */
export type KnownTask = KnownRow & { team: readonly string[] | null }

/** Begins, changes or ends a task. What is cancelled says why; what is done may say what came of it. */
export const editTask: OpDefinition<RowEdit, KnownTask, RowEdit, AnyRefusal> = {
  type: 'care.edit_task',
  payload: rowEdit(CareTask.schema),
  needs: 'services:write',
  decide(edit, known, { now }) {
    const no = refuseEdit(edit, known)
    if (no !== null) return no
    const task = after<CareTask>(known, edit)
    if (!said(task.title)) return refuse({ reason: 'task_without_title' })
    if (task.dueAt === undefined) return refuse({ reason: 'task_without_day' })
    const unplannable = edit.set.dueAt === undefined ? null : refuseUnplannable(task.dueAt, now)
    if (unplannable !== null) return unplannable
    if (task.state === undefined) return refuse({ reason: 'task_without_state' })
    if (task.state === 'cancelled' && !said(task.outcome)) return refuse({ reason: 'cancelled_without_reason' })
    const owner = edit.set.ownerId
    if (typeof owner === 'string' && known.team !== null && !known.team.includes(owner))
      return refuse({ reason: 'owner_not_on_case' })
    return accept(edit)
  },
}
