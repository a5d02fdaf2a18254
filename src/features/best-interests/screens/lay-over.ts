import { askedRow } from '../../../web/asked-signature.ts'
import { keyOf, type LayOver, type Row } from '../../../web/replica.ts'
import { isDetermination } from '../../cases/major-decision.ts'
import type { BestInterestsRecord, UrgentProtection } from '../record.ts'

const THINGS: Record<string, string> = {
  'best_interests.record': 'best_interests_record',
  'best_interests.appeal': 'best_interests_appeal',
  'best_interests.protect_now': 'urgent_protection',
  'best_interests.decide': 'major_decision',
}

/** How facts look on this device before the server has sent them back, and that a second person was asked. */
export const layOver: LayOver = (op, rows) => {
  const thing = THINGS[op.type]
  const caseId = String(op.payload.caseId)
  // A case that is not on this device comes back from the server when it is opened.
  if (thing === undefined || !rows.has(keyOf({ thing: 'case', id: caseId }))) return []
  const fact: Row = { thing, id: String(op.payload.id), caseId, version: null, fields: op.payload }
  // `payload` passed the schema of its operation before it came here.
  if (op.type === 'best_interests.protect_now') {
    const { id, why } = op.payload as UrgentProtection
    return [fact, askedRow(op, { id, act: 'urgent_protection', aboutId: id, why })]
  }
  if (op.type !== 'best_interests.record') return [fact]
  const { id, kind, outcome, question } = op.payload as BestInterestsRecord
  if (isDetermination(kind))
    return [fact, askedRow(op, { id, act: 'best_interests_determination', aboutId: id, why: question })]
  return outcome === 'act'
    ? [fact]
    : [fact, askedRow(op, { id, act: 'not_to_act_or_share', aboutId: id, why: question })]
}
