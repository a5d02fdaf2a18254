import type { Op } from '../../../core/op.ts'
import { keyOf, type LayOver, type Row } from '../../../web/replica.ts'

/** How what was asked and called for looks on this device before the server has sent it back. */
export const layOver: LayOver = (op, rows) => {
  // A case that is not on this device comes back from the server when it is opened.
  if (!rows.has(keyOf({ thing: 'case', id: String(op.payload.caseId) }))) return []
  switch (op.type) {
    case 'work.ask':
      return [row(op, 'case_question', { at: op.claimedAt, writtenBy: '', writtenByName: null })]
    case 'work.call_attention':
      return [row(op, 'case_attention', { raisedAt: op.claimedAt, raisedBy: '', raisedByName: null, endedAt: null })]
    case 'work.end_attention': {
      const before = rows.get(keyOf({ thing: 'case_attention', id: String(op.payload.id) }))
      return before === undefined ? [] : [{ ...before, fields: { ...before.fields, endedAt: op.claimedAt } }]
    }
    default:
      return []
  }
}

/** A row of what this person says here; who she is the server knows, and to her screen it is "you". */
function row({ payload }: Op, thing: string, beside: Record<string, unknown>): Row {
  const [id, caseId] = [String(payload.id), String(payload.caseId)]
  return { thing, id, caseId, version: null, fields: { ...payload, ...beside } }
}
