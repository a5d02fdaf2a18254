import type { SafeguardRule } from '../../../core/safeguard-rule.ts'
import type { Instant } from '../../../core/time.ts'
import { rowsOf } from '../../../web/feature.ts'
import type { Rows } from '../../../web/replica.ts'
import type { ContactFacts, JusticeContact, SafeguardAnswer } from '../contact.ts'
import { firstAnswers } from '../ops.ts'

/** What is known of a child's contacts with authorities: codes and moments. */
export type JusticeFile = { contacts: ContactFacts[]; answers: SafeguardAnswer[]; supervisorAgreed: boolean }

/** A contact on this device: from the server with its answers, or recorded here and answered by question. */
export type ContactRow = ContactFacts & {
  answered?: SafeguardAnswer[]
  asked?: { answers: JusticeContact['answers']; at: Instant }
}

/** The contacts and answers of a case this device holds. */
export function ownFile(rows: Rows, caseId: string, rules: readonly SafeguardRule[]): JusticeFile {
  // Rows of these kinds are written by `packs.ts` and `lay-over.ts` only, both from the feature's own schema.
  const contacts = rowsOf(rows, 'contact', caseId).map((row) => row.fields as ContactRow)
  const alone = rowsOf(rows, 'answer', caseId).map((row) => row.fields as SafeguardAnswer)
  const first = contacts.flatMap(({ answered = [], asked, ...contact }) =>
    asked === undefined ? answered : firstAnswers({ ...contact, answers: asked.answers }, rules, asked.at),
  )
  return {
    contacts: contacts.map(({ answered: _answered, asked: _asked, ...contact }) => contact),
    answers: [...first, ...alone],
    supervisorAgreed: rowsOf(rows, 'victim_agreement', caseId).length > 0,
  }
}
