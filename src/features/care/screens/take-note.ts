import { decideContext, recordTried } from '../../../web/app-context.ts'
import { attempt } from '../../../web/attempt.ts'
import type { TakeJotting } from '../../../web/feature.ts'
import { addNote } from '../ops.ts'

/** Words written without unlocking, as a note of the moment they were written at. */
export const takeNote: TakeJotting = ({ id, at, text }, _file, { app, desk, speech, caseId, closedAt, timeZone }) => {
  const note = {
    id,
    caseId,
    kind: 'note' as const, // one of the kinds of a note, not any text
    at,
    folded: false,
    corrects: null,
    present: null,
    howIsTheChild: text,
    agreed: null,
    next: null,
  }
  const tried = attempt(addNote, note, { closedAt, notes: null }, decideContext(app, desk, timeZone))
  return recordTried(app, speech, tried)
}
