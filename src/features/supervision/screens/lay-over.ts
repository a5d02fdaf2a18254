import { keyOf, type LayOver } from '../../../web/replica.ts'

/** How what was put right looks on this device before the server has sent it back; a supervisor's device holds no case. */
export const layOver: LayOver = (op, rows) => {
  const caseId = String(op.payload.caseId)
  if (op.type !== 'supervision.put_right' || !rows.has(keyOf({ thing: 'case', id: caseId }))) return []
  return [{ thing: 'file_put_right', id: String(op.payload.id), caseId, version: null, fields: op.payload }]
}
