import * as z from 'zod'
import { PersonId } from '../../core/ids.ts'
import { thing, words } from '../../core/schema.ts'
import { Instant } from '../../core/time.ts'
import { NoteId } from './note.ts'

export const TaskState = z.enum(['open', 'done', 'cancelled'])
export type TaskState = z.infer<typeof TaskState>

/** Somebody else has to act before the worker can: whose answer a task waits for. */
export const WaitsFor = z.enum(['authority', 'approval', 'referral', 'colleague', 'family'])
export type WaitsFor = z.infer<typeof WaitsFor>

/** Something a worker means to do for a child, by a moment; without an owner it is with whoever carries the case. */
export const CareTask = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 31, table: 'care_task' },
  {
    state: TaskState,
    dueAt: Instant,
    ownerId: PersonId.nullable(),
    waitsFor: WaitsFor.nullable(),
    fromNote: NoteId.nullable(),
    title: words(200),
    /** What came of it, or why it will not be done. */
    outcome: words(1000).nullable(),
  },
)
export type CareTask = {
  state: TaskState
  dueAt: Instant
  ownerId: string | null
  waitsFor: WaitsFor | null
  fromNote: string | null
  title: string
  outcome: string | null
}
