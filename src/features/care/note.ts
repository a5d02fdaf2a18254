import * as z from 'zod'
import { CaseId } from '../../core/ids.ts'
import { thing, words } from '../../core/schema.ts'
import { Instant } from '../../core/time.ts'

export const NoteId = z.uuid().brand<'NoteId'>()

/** How a worker was in touch; none of them says anything about the child. */
export const NoteKind = z.enum(['note', 'home_visit', 'call', 'office_visit', 'school_visit', 'meeting', 'message'])
export type NoteKind = z.infer<typeof NoteKind>

/**
 * What a worker saw, heard and agreed: a fact that is added and never changed; a correction names the note it corrects.
 * No field takes names of others, places or what somebody is accused of.
 */
export const CareNote = thing(
  { part: 'narrative', class: 'C1', keep: 'narrative', purpose: 'casework', fieldId: 30, table: 'care_note' },
  {
    id: NoteId,
    caseId: CaseId,
    kind: NoteKind,
    at: Instant,
    /** Its author says that it holds details of harm: it then stays closed until somebody opens it. */
    folded: z.boolean(),
    corrects: NoteId.nullable(),
    present: words(300).nullable(),
    howIsTheChild: words(4000).nullable(),
    agreed: words(4000).nullable(),
    next: words(1000).nullable(),
  },
)
export type CareNote = {
  id: string
  caseId: string
  kind: NoteKind
  at: Instant
  folded: boolean
  corrects: string | null
  present: string | null
  howIsTheChild: string | null
  agreed: string | null
  next: string | null
}

/** Whether anything was said at all. */
export function isEmptyNote({ howIsTheChild, agreed, next }: CareNote): boolean {
  return [howIsTheChild, agreed, next].every((text) => (text ?? '').trim() === '')
}

/** Minutes it takes to read, one at least: shown beside a folded note, so that whoever opens it knows what is coming. */
export function minutesToRead(note: Pick<CareNote, 'howIsTheChild' | 'agreed' | 'next'>): number {
  const text = [note.howIsTheChild, note.agreed, note.next].join(' ')
  return Math.max(1, Math.ceil(text.split(/\s+/).length / 200))
}
