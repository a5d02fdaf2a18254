import type { Answer, Op } from '../../../core/op.ts'
import { keyOf, type LayOver, type Row } from '../../../web/replica.ts'
import type { MutableName } from '../case.ts'

const EDITS: Record<string, MutableName> = { 'cases.edit_card': 'child_card', 'cases.edit_safe_start': 'safe_start' }

/** How cases look on this device before the server has sent back what was recorded here. */
export const layOver: LayOver = (op, rows, answer) => {
  if (op.type === 'cases.open_case') return [opened(op, answer)]
  const thing = EDITS[op.type]
  if (thing === undefined) return []
  // `payload` passed the schema of its operation before it came here.
  const { caseId, set } = op.payload as { caseId: string; set: Record<string, unknown> }
  const before = rows.get(keyOf({ thing, id: caseId }))
  return [{ thing, id: caseId, caseId, version: before?.version ?? null, fields: { ...before?.fields, ...set } }]
}

function opened({ payload, claimedAt }: Op, answer: Answer | null): Row {
  const id = String(payload.id)
  // Another alias when the one this phone made was taken.
  const settled = answer?.answer === 'accepted' ? answer.settled : {}
  const fields = { ...payload, ...settled, state: 'open', openedAt: claimedAt, closedAt: null }
  return { thing: 'case', id, caseId: id, version: null, fields }
}
