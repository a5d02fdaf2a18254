import { keyOf, type LayOver } from '../../../web/replica.ts'

/** A request to close as it stands on this device before the server has it. */
export const layOver: LayOver = ({ type, payload, claimedAt }, rows) => {
  const caseId = String(payload.caseId)
  if (type !== 'closure.ask_to_close' || !rows.has(keyOf({ thing: 'case', id: caseId }))) return []
  const fields = { ...payload, askedAt: claimedAt, isAnswered: false, answer: null }
  return [{ thing: 'case_closing', id: String(payload.id), caseId, version: null, fields }]
}
