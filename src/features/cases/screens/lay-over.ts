import type { Answer, Op } from '../../../core/op.ts'
import { keyOf, type LayOver, type Row, type Rows } from '../../../web/replica.ts'
import type { MutableName } from '../case.ts'

const EDITS: Record<string, MutableName> = { 'cases.edit_card': 'child_card', 'cases.edit_safe_start': 'safe_start' }

/** How cases look on this device before the server has sent back what was recorded here. */
export const layOver: LayOver = (op, rows, answer) => {
  // `payload` passed the schema of its operation before it came here.
  const { caseId, set } = op.payload as { caseId: string; set: Record<string, unknown> }
  switch (op.type) {
    case 'cases.open_case':
      return opened(op, answer)
    case 'cases.edit_card':
    case 'cases.edit_safe_start': {
      const thing = EDITS[op.type] ?? ''
      return [{ ...over(rows, thing, caseId, set), version: rows.get(keyOf({ thing, id: caseId }))?.version ?? null }]
    }
    case 'cases.write_first_answers': {
      const { safeNow, howKnown, basis } = op.payload
      const said = Object.entries({ safeNow, howKnown, basis }).filter(([, answer]) => (answer ?? null) !== null)
      return [over(rows, 'steps', caseId, Object.fromEntries(said))]
    }
    case 'cases.edit_identity':
      // Who the child is stays on the server, but for a case that is taken along; that it was asked shows here.
      return (set.ageBasis ?? null) === null ? [] : [over(rows, 'steps', caseId, { who: true })]
    case 'cases.shield_case':
      return [over(rows, 'case', caseId, { threatened: op.payload.threatened })]
    case 'cases.request_match':
      return [over(rows, 'steps', caseId, { match: true })]
    case 'cases.answer_match': {
      const { hitId, decision } = op.payload as { hitId: string; decision: string }
      const before = rows.get(keyOf({ thing: 'match_hit', id: hitId }))
      return before === undefined ? [] : [{ ...before, fields: { ...before.fields, state: decision } }]
    }
    default:
      return []
  }
}

function over(rows: Rows, thing: string, caseId: string, set: Record<string, unknown>): Row {
  const before = rows.get(keyOf({ thing, id: caseId }))
  return { thing, id: caseId, caseId, version: null, fields: { ...before?.fields, ...set } }
}

function opened({ payload, claimedAt }: Op, answer: Answer | null): Row[] {
  const id = String(payload.id)
  // Another alias when the one this phone made was taken.
  const settled = answer?.answer === 'accepted' ? answer.settled : {}
  const fields = { ...payload, ...settled, state: 'open', openedAt: claimedAt, takenInAt: null, closedAt: null }
  return [
    { thing: 'case', id, caseId: id, version: null, fields },
    { thing: 'steps', id, caseId: id, version: null, fields: { who: false, match: false } },
  ]
}
