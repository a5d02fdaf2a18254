import type { Op } from '../../../core/op.ts'
import type { Correction } from '../../../web/feature.ts'
import type { FormValues } from '../../../web/ui/form-values.ts'
import type { SafeStartStep } from '../safe-start.ts'

/** Which first question a field of an edit belongs to. */
const STEPS: Record<string, SafeStartStep> = {
  safeNow: 'safe_now',
  safeWords: 'safe_now',
  howKnown: 'how_known',
  howKnownWords: 'how_known',
  basis: 'basis',
  basisWords: 'basis',
}

/** The form in which words that were not accepted can be put right, with those words already in it. */
export function correct({ type, payload }: Op): Correction | null {
  // `payload` passed the schema of its operation before it came here.
  const caseId = String(payload.caseId)
  const set = (payload.set ?? {}) as Record<string, unknown>
  switch (type) {
    case 'cases.edit_card':
      return { href: `/cases/${caseId}/card`, form: `card/${caseId}`, values: valuesOf(set) }
    case 'cases.edit_identity':
      return step(caseId, 'who', set)
    case 'cases.edit_safe_start':
      return step(caseId, STEPS[Object.keys(set)[0] ?? ''] ?? 'safe_now', set)
    case 'cases.request_match':
      return step(caseId, 'match', payload)
    default:
      return null
  }
}

function step(caseId: string, name: SafeStartStep, fields: Record<string, unknown>): Correction {
  return { href: `/cases/${caseId}/start/${name}`, form: `start/${caseId}/${name}`, values: valuesOf(fields) }
}

function valuesOf(fields: Record<string, unknown>): FormValues {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, [String(value)]]] : [],
    ),
  )
}
