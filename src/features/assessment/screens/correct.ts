import type { Op } from '../../../core/op.ts'
import type { Correction } from '../../../web/feature.ts'
import type { FormValues } from '../../../web/ui/form-values.ts'
import type { Sheet } from '../sheet.ts'
import { draftOf, valuesOf } from './sheet-values.ts'

/** The form in which words that were not accepted can be put right, with those words already in it. */
export function correct({ type, payload }: Op): Correction | null {
  // `payload` passed the schema of its operation before it came here.
  const caseId = String(payload.caseId)
  switch (type) {
    case 'assessment.answer':
    case 'assessment.answer_account':
    case 'assessment.answer_health':
      return sheetForm(payload as unknown as Sheet)
    case 'assessment.check_safety':
      return { href: `/cases/${caseId}/safety/new`, form: `safety/${caseId}`, values: textsOf(payload) }
    case 'assessment.submit':
      return { href: `/cases/${caseId}/assessment/conclude`, form: `conclude/${caseId}`, values: textsOf(payload) }
    case 'assessment.assess_again':
      return { href: `/cases/${caseId}/assessment/again`, form: `again/${caseId}`, values: textsOf(payload) }
    default:
      return null
  }
}

function sheetForm(sheet: Sheet): Correction | null {
  // Questions of another step have one page, found by that step and not by the section.
  if (sheet.roundId === null) return null
  const { caseId, section, answers, ...rest } = sheet
  return {
    href: `/cases/${caseId}/assessment/part/${section}`,
    form: draftOf(caseId, section, 0),
    values: { ...valuesOf(answers), ...textsOf({ ...rest, at: null, stops: null }) },
  }
}

const NOT_FIELDS = ['id', 'caseId', 'at', 'roundId', 'mark', 'stops']

function textsOf(fields: Record<string, unknown>): FormValues {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      typeof value === 'string' && !NOT_FIELDS.includes(name) ? [[name, [value]]] : [],
    ),
  )
}
