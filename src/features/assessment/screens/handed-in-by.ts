import type { Speech } from '../../../web/language.ts'
import type { KeptSubmission } from '../round.ts'
import { NOT_SENT_YET } from './lay-over.ts'

/** Of a colleague of another office no name is known here; what this phone has not sent yet is its own user's. */
export function handedInBy(
  { submittedBy, submittedByName }: Pick<KeptSubmission, 'submittedBy' | 'submittedByName'>,
  { speech, person }: { speech: Pick<Speech, 't'>; person: { id: string; name: string } },
): string {
  if (submittedByName !== null) return submittedByName
  return submittedBy === NOT_SENT_YET || submittedBy === person.id ? person.name : speech.t('assessment.a_colleague')
}
