import { together } from '../../server/as-person.ts'
import type { PackReader, PackRow } from '../../server/feature.ts'
import type { SafeguardAnswer } from './contact.ts'
import { findAgreement, findAnswers, findContacts } from './store.ts'

/** Contacts as a phone holds them, each with the answers it was recorded with: codes only, words stay on the server. */
const contacts: PackReader = {
  thing: 'contact',
  part: 'justice',
  // A list says until when something is owed: not by whom, and no id twice (`ownFile` puts them back).
  due: ({ id: _id, authority: _authority, answered, ...fields }) => ({
    ...fields,
    answered: (answered as SafeguardAnswer[]).map(({ contactId: _contact, ...answer }) => answer), // written below
  }),
  async read(tx, caseIds) {
    const [found, said] = await together([findContacts(tx, caseIds), findAnswers(tx, caseIds)])
    return found.map(({ caseId, ...contact }) => ({
      thing: 'contact',
      id: contact.id,
      caseId,
      version: null,
      whole: true,
      fields: {
        ...contact,
        answered: said
          .filter((answer) => answer.cameWithContact && answer.contactId === contact.id)
          .map(({ id: _id, caseId: _case, cameWithContact: _came, ...answer }) => answer),
      },
    }))
  },
}

/** Answers given on their own, each under the id of the operation's own row, so that a device hears of them. */
const answers: PackReader = {
  thing: 'answer',
  part: 'justice',
  due: (fields) => fields,
  async read(tx, caseIds) {
    const found = await findAnswers(tx, caseIds)
    return found
      .filter((answer) => !answer.cameWithContact)
      .map(({ id, caseId, cameWithContact: _came, ...fields }) => ({
        thing: 'answer',
        id,
        caseId,
        version: null,
        whole: true,
        fields,
      }))
  },
}

const agreements: PackReader = {
  thing: 'victim_agreement',
  part: 'justice',
  follows: ['second_signature_answer'],
  async read(tx, caseIds) {
    const rows: PackRow[] = []
    for (const caseId of caseIds) {
      const found = await findAgreement(tx, caseId)
      if (found !== null)
        rows.push({
          thing: 'victim_agreement',
          id: found.id,
          caseId,
          version: null,
          whole: true,
          fields: { agreedAt: found.agreedAt },
        })
    }
    return rows
  },
}

export const packs: PackReader[] = [contacts, answers, agreements]
