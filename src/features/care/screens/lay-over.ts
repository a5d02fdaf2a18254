import type { Op } from '../../../core/op.ts'
import { keyOf, type LayOver, type Row } from '../../../web/replica.ts'
import { changesThePlan } from '../plan.ts'

/** Which operation edits which kind of row; those of the plan know when they were planned. */
const EDITS: Record<string, { thing: string; isPlan: boolean }> = {
  'care.edit_task': { thing: 'care_task', isPlan: false },
  'care.edit_plan': { thing: 'care_plan', isPlan: true },
  'care.edit_goal': { thing: 'care_goal', isPlan: true },
  'care.edit_action': { thing: 'care_action', isPlan: true },
  'care.edit_return': { thing: 'care_return', isPlan: false },
}

/** How care looks on this device before the server has sent back what was recorded here. */
export const layOver: LayOver = (op, rows) => {
  // A case that is not on this device comes back from the server when it is opened.
  if (!rows.has(keyOf({ thing: 'case', id: String(op.payload.caseId) }))) return []
  if (op.type === 'care.submit_plan') return [submitted(op)]
  if (op.type === 'care.add_follow_up') return [followedUp(op)]
  const edit = EDITS[op.type]
  if (edit === undefined) return []
  // `payload` passed the schema of its operation before it came here.
  const { id, caseId, set } = op.payload as { id: string; caseId: string; set: Record<string, unknown> }
  const before = rows.get(keyOf({ thing: edit.thing, id }))
  const planned = edit.isPlan && changesThePlan(set) ? { plannedAt: op.claimedAt } : {}
  const fields = { ...before?.fields, ...set, ...planned }
  return [{ thing: edit.thing, id, caseId, version: before?.version ?? null, fields }]
}

function submitted({ payload, claimedAt }: Op): Row {
  const id = String(payload.id)
  const fields = { id, submittedAt: claimedAt, submittedBy: '', note: payload.note ?? null }
  return { thing: 'care_submission', id, caseId: String(payload.caseId), version: null, fields }
}

function followedUp({ payload }: Op): Row {
  return {
    thing: 'care_follow_up',
    id: String(payload.id),
    caseId: String(payload.caseId),
    version: null,
    fields: payload,
  }
}
