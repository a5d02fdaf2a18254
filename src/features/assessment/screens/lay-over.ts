import type { Op } from '../../../core/op.ts'
import { keyOf, type LayOver, type Row, type Rows } from '../../../web/replica.ts'

/** By whom an assessment was handed in that only this phone knows of: by its own user. */
export const NOT_SENT_YET = ''

/** How facts of this feature look on this device before the server has sent them back. */
export const layOver: LayOver = (op, rows) => {
  const caseId = String(op.payload.caseId)
  // A case that is not on this device comes back from the server when it is opened.
  if (!rows.has(keyOf({ thing: 'case', id: caseId }))) return []
  if (op.type === 'care.add_note') return touched(op, caseId, rows)
  const found = fieldsOf(op)
  return found === null ? [] : [{ ...found, id: String(op.payload.id), caseId, version: null }]
}

/** What was told of harm and what a health worker writes is on no phone: only what lies in `services` is laid over. */
function fieldsOf({ type, payload, claimedAt }: Op): Pick<Row, 'thing' | 'fields'> | null {
  switch (type) {
    case 'assessment.answer':
      return { thing: 'assessment_sheet', fields: { ...payload, savedAt: claimedAt, writtenByName: null } }
    case 'assessment.check_safety':
      return { thing: 'safety_check', fields: { ...payload, writtenByName: null } }
    case 'assessment.assess_again':
      return { thing: 'assessment_round', fields: { ...payload, begunAt: claimedAt } }
    case 'assessment.submit':
      return {
        thing: 'assessment_submission',
        fields: { ...payload, submittedAt: claimedAt, submittedBy: NOT_SENT_YET, submittedByName: null },
      }
    default:
      return null
  }
}

const IN_TOUCH = ['home_visit', 'call', 'office_visit', 'school_visit']

/** A visit noted without a line counts at once; only where the row comes back from the server, or it would wait forever. */
function touched({ payload }: Op, caseId: string, rows: Rows): Row[] {
  const before = rows.get(keyOf({ thing: 'case_contact', id: caseId }))
  if (before === undefined || !IN_TOUCH.includes(String(payload.kind))) return []
  const at = String(payload.at)
  const [firstAt, lastAt] = [String(before.fields.firstAt), String(before.fields.lastAt)]
  return [{ ...before, fields: { firstAt: at < firstAt ? at : firstAt, lastAt: at > lastAt ? at : lastAt } }]
}
