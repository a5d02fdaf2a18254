import { edited } from '../../../web/edited.ts'
import { keyOf, type LayOver } from '../../../web/replica.ts'

/** Which operation edits which kind of row. */
const EDITS: Record<string, string> = {
  'services.edit_service': 'child_service',
  'services.edit_care_sheet': 'care_sheet',
}

/** How services look on this device before the server has sent back what was recorded here; health notes never lie on one. */
export const layOver: LayOver = ({ type, payload }, rows) => {
  const caseId = String(payload.caseId)
  // A case that is not on this device comes back from the server when it is opened.
  if (!rows.has(keyOf({ thing: 'case', id: caseId }))) return []
  const id = String(payload.id)
  if (type === 'services.add_session') return [{ thing: 'service_session', id, caseId, version: null, fields: payload }]
  if (type === 'services.add_day_entry') return [{ thing: 'shelter_entry', id, caseId, version: null, fields: payload }]
  const thing = EDITS[type]
  if (thing === undefined) return []
  // Passed the schema of its operation.
  return [edited(rows, { thing, id, caseId }, payload.set as Record<string, unknown>)]
}
