import type { PackReader, PackRow } from '../../server/feature.ts'
import { contactsOf } from './team-store.ts'
import { findChecks, findDecisions, findRounds, findSheets, findSubmissions, type Open } from './store.ts'
import type { Tx } from '../../server/as-person.ts'

type Find = (tx: Tx, caseIds: readonly string[], open: Open) => Promise<({ id: string; caseId: string } & object)[]>

/** Facts of one kind as a card holds them: what was told of harm and what a health worker wrote stay on the server. */
function facts(thing: string, find: Find): PackReader {
  return {
    thing,
    part: 'services',
    async read(tx, caseIds, open) {
      const rows: PackRow[] = []
      for (const one of await find(tx, caseIds, open))
        rows.push({ thing, id: one.id, caseId: one.caseId, version: null, whole: true, fields: { ...one } })
      return rows
    },
  }
}

/** When the child was first and last seen or spoken with, also in notes that a phone does not hold: a moment, and no word. */
const contact: PackReader = {
  thing: 'case_contact',
  part: 'services',
  follows: ['care_note', 'care_follow_up', 'safety_check'],
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

export const packs: PackReader[] = [
  facts('assessment_sheet', (tx, caseIds, open) => findSheets(tx, 'services', caseIds, open)),
  facts('safety_check', findChecks),
  facts('assessment_submission', findSubmissions),
  facts('assessment_decision', async (tx, caseIds, open) => findDecisions(tx, caseIds, open)),
  { ...facts('assessment_round', findRounds), follows: ['assessment_sheet'] },
  contact,
]
