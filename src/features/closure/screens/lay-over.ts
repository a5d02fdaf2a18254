import { keyOf, type LayOver } from '../../../web/replica.ts'

/** What a former child asks and is answered: facts as they were written. */
const FACTS: Record<string, string> = {
  'closure.note_request': 'later_request',
  'closure.answer_request': 'later_answer',
}

/** A request to close, or of a former child, as it stands on this device before the server has it. */
export const layOver: LayOver = ({ type, payload, claimedAt }, rows) => {
  const caseId = String(payload.caseId)
  if (!rows.has(keyOf({ thing: 'case', id: caseId }))) return []
  const fact = FACTS[type]
  if (fact !== undefined)
    return [{ thing: fact, id: String(payload.id), caseId, version: null, fields: { ...payload } }]
  if (type !== 'closure.ask_to_close') return []
  const fields = { ...payload, askedAt: claimedAt, isAnswered: false, answer: null }
  return [{ thing: 'case_closing', id: String(payload.id), caseId, version: null, fields }]
}
