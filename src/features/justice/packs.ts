import type { PackReader } from '../../server/feature.ts'
import { findAgreement, findAnswers, findContacts } from './store.ts'

/** Contacts as a phone holds them, each with the answers it was recorded with: codes only, words stay on the server. */
const contacts: PackReader = {
  thing: 'contact',
  part: 'justice',
  read: (tx, caseIds) =>
    ofEach(caseIds, async (caseId) => {
      const answers = await findAnswers(tx, caseId)
      return (await findContacts(tx, caseId)).map((contact) => ({
        id: contact.id,
        fields: {
          ...contact,
          answered: answers
            .filter((answer) => answer.cameWithContact && answer.contactId === contact.id)
            .map(({ id: _id, cameWithContact: _came, ...answer }) => answer),
        },
      }))
    }).then((rows) => rows.map((row) => ({ thing: 'contact', version: null, whole: true, ...row }))),
}

/** Answers given on their own, each under the id of the operation's own row, so that a device hears of them. */
const answers: PackReader = {
  thing: 'answer',
  part: 'justice',
  read: (tx, caseIds) =>
    ofEach(caseIds, async (caseId) =>
      (await findAnswers(tx, caseId))
        .filter((answer) => !answer.cameWithContact)
        .map(({ id, cameWithContact: _came, ...fields }) => ({ id, fields })),
    ).then((rows) => rows.map((row) => ({ thing: 'answer', version: null, whole: true, ...row }))),
}

const agreements: PackReader = {
  thing: 'victim_agreement',
  part: 'justice',
  follows: ['second_signature_answer'],
  read: (tx, caseIds) =>
    ofEach(caseIds, async (caseId) => {
      const found = await findAgreement(tx, caseId)
      return found === null ? [] : [{ id: found.id, fields: { agreedAt: found.agreedAt } }]
    }).then((rows) => rows.map((row) => ({ thing: 'victim_agreement', version: null, whole: true, ...row }))),
}

export const packs: PackReader[] = [contacts, answers, agreements]

async function ofEach<Row extends object>(
  caseIds: string[],
  read: (caseId: string) => Promise<Row[]>,
): Promise<(Row & { caseId: string })[]> {
  const rows: (Row & { caseId: string })[] = []
  for (const caseId of caseIds) rows.push(...(await read(caseId)).map((row) => ({ ...row, caseId })))
  return rows
}
