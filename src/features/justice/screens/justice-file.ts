import type { SafeguardRule } from '../../../core/safeguard-rule.ts'
import type { Instant } from '../../../core/time.ts'
import { rowsOf } from '../../../web/feature.ts'
import type { Row, Rows } from '../../../web/replica.ts'
import type { ContactFacts, JusticeContact, SafeguardAnswer } from '../contact.ts'
import { firstAnswers } from '../ops.ts'

/** What is known of a child's contacts with authorities: codes and moments. */
export type JusticeFile = { contacts: ContactFacts[]; answers: SafeguardAnswer[]; supervisorAgreed: boolean }

/** A contact on this device: from the server with its answers, or recorded here and answered by question. */
export type ContactRow = ContactFacts & {
  answered?: SafeguardAnswer[]
  asked?: { answers: JusticeContact['answers']; at: Instant }
}

/** A row of a list leaves out which authority it was, and what it says once already. */
function contactOf({ id, fields }: Row): ContactRow {
  const { answered, ...contact } = fields as ContactRow
  const own = answered?.map((answer) => ({ ...answer, contactId: id }))
  return { ...contact, id, authority: contact.authority ?? '', ...(own === undefined ? {} : { answered: own }) }
}

/** The contacts and answers of a case this device holds. */
export function ownFile(rows: Rows, caseId: string, rules: readonly SafeguardRule[]): JusticeFile {
  // Rows of these kinds are written by `packs.ts` and `lay-over.ts` only, both from the feature's own schema.
  const contacts = rowsOf(rows, 'contact', caseId).map(contactOf)
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
