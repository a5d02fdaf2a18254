import type { Instant } from '../../../core/time.ts'
import { rowsOf } from '../../../web/feature.ts'
import type { Rows } from '../../../web/replica.ts'
import { type AskedLater, askedLaterOf } from '../follow-up.ts'

/** What this device knows of the answer to being asked later; a case it does not hold is decided by the server. */
export function askedLaterHere(rows: Rows, caseId: string): AskedLater {
  const answers = rowsOf(rows, 'consent_record', caseId).flatMap(({ id, fields }) =>
    fields.purpose === 'research_follow_up'
      ? [
          {
            id,
            askedAt: fields.askedAt as Instant, // rows of this kind hold what passed the schema of an answer
            refused: fields.child === 'refuses' || fields.adult === 'refuses',
          },
        ]
      : [],
  )
  const takenBack = rowsOf(rows, 'consent_withdrawal', caseId).map(({ fields }) => String(fields.consentId))
  return askedLaterOf(answers, takenBack)
}
