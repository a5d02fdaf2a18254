import type { Op } from '../../../core/op.ts'
import { keyOf, type LayOver, type Row } from '../../../web/replica.ts'
import { askedRow } from '../../../web/asked-signature.ts'
import type { JusticeContact } from '../contact.ts'
import type { AskWithoutVictim } from '../ops.ts'
import type { ContactRow } from './justice-file.ts'

/** How contacts and answers look on this device before the server has sent back what was recorded here. */
export const layOver: LayOver = (op, rows) => {
  const caseId = String(op.payload.caseId)
  // Of a case this device does not hold nothing comes back, so nothing may wait for it.
  if (!op.type.startsWith('justice.') || !rows.has(keyOf({ thing: 'case', id: caseId }))) return []
  if (op.type === 'justice.ask_without_victim') {
    const { id, why } = op.payload as AskWithoutVictim // passed the schema of its operation
    return [askedRow(op, { id, act: 'leave_out_victim', aboutId: caseId, why })]
  }
  const fields = fieldsOf(op)
  return fields === null ? [] : [{ ...fields, id: String(op.payload.id), caseId, version: null }]
}

/** Codes and moments only: a phone keeps the words of a contact in the operation, and after that the server does. */
function fieldsOf({ type, payload, claimedAt }: Op): Pick<Row, 'thing' | 'fields'> | null {
  switch (type) {
    case 'justice.record_contact': {
      // `payload` passed the schema of its operation before it came here.
      const contact = payload as JusticeContact
      const answers = Object.fromEntries(
        Object.entries(contact.answers).map(([question, answer]) => [
          question,
          { state: answer?.state, ...(answer?.at === undefined ? {} : { at: answer.at }) },
        ]),
      ) as JusticeContact['answers'] // the same questions, without who said it
      const row: ContactRow = {
        id: contact.id,
        kind: contact.kind,
        capacities: contact.capacities,
        authority: contact.authority,
        startedAt: contact.startedAt,
        firstCustodyAt: contact.firstCustodyAt,
        knownAt: contact.knownAt,
        detainedAt: contact.detainedAt,
        releasedAt: contact.releasedAt,
        corrects: contact.corrects,
        asked: { answers, at: claimedAt },
      }
      return { thing: 'contact', fields: row }
    }
    case 'justice.answer_safeguard': {
      const { safeguardId, contactId, state, at } = payload
      return { thing: 'answer', fields: { safeguardId, contactId, state, at, answeredAt: claimedAt } }
    }
    default:
      return null
  }
}
