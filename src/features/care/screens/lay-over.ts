import { keyOf, type LayOver } from '../../../web/replica.ts'

/** Which operation edits which kind of row. */
const EDITS: Record<string, string> = { 'care.edit_task': 'care_task' }

/** How care looks on this device before the server has sent back what was recorded here. */
export const layOver: LayOver = (op, rows) => {
  const thing = EDITS[op.type]
  if (thing === undefined) return []
  // `payload` passed the schema of its operation before it came here.
  const { id, caseId, set } = op.payload as { id: string; caseId: string; set: Record<string, unknown> }
  // A case that is not on this device comes back from the server when it is opened.
  if (!rows.has(keyOf({ thing: 'case', id: caseId }))) return []
  const before = rows.get(keyOf({ thing, id }))
  return [{ thing, id, caseId, version: before?.version ?? null, fields: { ...before?.fields, ...set } }]
}
