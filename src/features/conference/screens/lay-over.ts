import { keyOf, type LayOver } from '../../../web/replica.ts'

const THINGS: Record<string, string> = {
  'conference.call': 'case_conference',
  'conference.record': 'conference_minutes',
}

/** How a conference looks on this device before the server has sent it back; names of colleagues come with the answer. */
export const layOver: LayOver = (op, rows) => {
  const thing = THINGS[op.type]
  const caseId = String(op.payload.caseId)
  // A case that is not on this device comes back from the server when it is opened.
  if (thing === undefined || !rows.has(keyOf({ thing: 'case', id: caseId }))) return []
  return [{ thing, id: String(op.payload.id), caseId, version: null, fields: { ...op.payload, names: {} } }]
}
