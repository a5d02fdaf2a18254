import type { Op } from '../../../core/op.ts'
import { edited } from '../../../web/edited.ts'
import { keyOf, type LayOver, type Row, type Rows } from '../../../web/replica.ts'

const EDITS: Record<string, { thing: string; unsaid: readonly string[] }> = {
  'family.edit_person': { thing: 'family_person', unsaid: ['language', 'phone', 'calledWhen', 'about'] },
  'family.edit_tracing': { thing: 'family_tracing', unsaid: ['nextOn', 'next', 'outcome'] },
}
const FACTS: Record<string, string> = {
  'family.add_step': 'tracing_step',
  'family.verify': 'family_verification',
  'family.reunify': 'family_reunification',
}

/** How a family looks before the server has sent back what was recorded here; only where the device holds the case. */
export const layOver: LayOver = (op, rows) =>
  rows.has(keyOf({ thing: 'case', id: String(op.payload.caseId) })) ? laid(op, rows) : []

/** The rows an operation puts over others, of this device or just given by the server. */
export function laid({ type, payload, claimedAt }: Op, rows: Rows): Row[] {
  // `payload` passed the schema of its operation before it came here.
  const id = String(payload.id ?? payload.linkId)
  const caseId = String(payload.caseId)
  const edit = EDITS[type]
  if (edit !== undefined)
    return [edited(rows, { thing: edit.thing, id, caseId }, payload.set as Record<string, unknown>, edit.unsaid)]
  const fact = FACTS[type]
  if (fact !== undefined)
    return [{ thing: fact, id, caseId, version: null, fields: { ...payload, decidedAt: claimedAt } }]
  if (type === 'family.answer_link' || type === 'family.end_link') {
    const before = rows.get(keyOf({ thing: 'family_link', id }))
    const state = type === 'family.end_link' ? 'ended' : payload.decision
    return before === undefined ? [] : [{ ...before, fields: { ...before.fields, state } }]
  }
  return []
}
