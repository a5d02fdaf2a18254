import { factReader, type PackReader, saysDue } from '../../server/feature.ts'
import { contactsOf } from './team-store.ts'
import { findChecks, findDecisions, findRounds, findSheets, findSubmissions } from './store.ts'

/** When the child was first and last seen or spoken with, also in notes that a phone does not hold: a moment, and no word. */
const contact: PackReader = {
  thing: 'case_contact',
  part: 'services',
  follows: ['care_note', 'care_follow_up', 'safety_check'],
  due: (fields) => fields,
  async read(tx, caseIds) {
    const found = await contactsOf(tx, caseIds)
    return found.map(({ caseId, ...fields }) => ({
      thing: 'case_contact',
      id: caseId,
      caseId,
      version: null,
      whole: true,
      fields,
    }))
  },
}

/** Facts as a card holds them: what was told of harm and what a health worker wrote stay on the server. */
export const packs: PackReader[] = [
  {
    ...factReader('assessment_sheet', 'services', (tx, caseIds, open) => findSheets(tx, 'services', caseIds, open)),
    // That a sitting took place says what is due; what was answered in it is not looked at.
    due: ({ roundId, section, at, mark, stops, savedAt }) => ({
      roundId,
      section,
      at,
      mark,
      stops,
      savedAt,
      answers: {},
    }),
  },
  saysDue(
    factReader('safety_check', 'services', findChecks),
    'at',
    'how',
    'safeNow',
    'harmToChild',
    'nextOn',
    'writtenBy',
    'heardAt',
  ),
  saysDue(
    factReader('assessment_submission', 'services', findSubmissions),
    'id',
    'roundId',
    'submittedAt',
    'submittedBy',
    'writtenAt',
    'harmToChild',
  ),
  saysDue(
    factReader('assessment_decision', 'services', findDecisions),
    'submissionId',
    'decision',
    'decidedAt',
    'seenAt',
  ),
  {
    ...saysDue(factReader('assessment_round', 'services', findRounds), 'id', 'begunAt'),
    follows: ['assessment_sheet'],
  },
  contact,
]
