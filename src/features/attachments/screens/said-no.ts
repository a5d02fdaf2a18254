import { rowsOf } from '../../../web/feature.ts'
import type { Rows } from '../../../web/replica.ts'

type Answer = { purpose?: string; standing?: string; child?: string; adult?: string; askedAt?: string; id?: string }

/** Whether the last word about keeping a photograph was a no, as far as this device knows; the server knows the rest. */
export function saidNoToPhotograph(rows: Rows, caseId: string): boolean {
  const [last] = rowsOf(rows, 'consent_record', caseId)
    .map(({ id, fields }): Answer => ({ ...fields, id })) // rows of the ledger, written by its own feature
    .filter(({ purpose, standing }) => purpose === 'photo' && standing !== 'not_complete')
    .sort((a, b) => ((a.askedAt ?? '') < (b.askedAt ?? '') ? 1 : -1))
  if (last === undefined) return false
  const isTakenBack = rowsOf(rows, 'consent_withdrawal', caseId).some(({ fields }) => fields.consentId === last.id)
  return isTakenBack || last.child === 'refuses' || last.adult === 'refuses'
}
