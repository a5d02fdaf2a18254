import { packPart, type PackReader, type PackRow } from '../../server/feature.ts'
import { readRows } from '../../server/mutable-rows.ts'
import { findFollowUps } from './follow-up-store.ts'
import { CARE_THINGS, type CareThing } from './mutable.ts'
import { findDecisions, findSubmissions } from './plan-store.ts'

/** Rows of one thing as a card holds them; notes stay on the server, where their part is opened (security.md 5). */
function rowsOf(name: CareThing): PackReader {
  const thing = CARE_THINGS[name]
  return {
    thing: name,
    part: packPart(thing.meta.part),
    async read(tx, caseIds, open) {
      const rows = await readRows(tx, thing, caseIds, open)
      return rows.map(({ id, caseId, version, fields, beside }) => ({
        thing: name,
        id,
        caseId,
        version,
        whole: true,
        fields: { ...fields, ...beside },
      }))
    },
  }
}

/** What was handed to the supervisor and what she said, so that a worker reads it without a line. */
function answers(
  name: 'care_submission' | 'care_decision',
  find: typeof findSubmissions | typeof findDecisions,
): PackReader {
  return {
    thing: name,
    part: 'services',
    async read(tx, caseIds, open) {
      const rows: PackRow[] = []
      for (const { id, caseId, ...fields } of await find(tx, caseIds, open))
        rows.push({ thing: name, id, caseId, version: null, whole: true, fields: { id, ...fields } })
      return rows
    },
  }
}

/** Contacts on the way back, with what the child said: what a worker needs on the next visit. */
const followUps: PackReader = {
  thing: 'care_follow_up',
  part: 'services',
  async read(tx, caseIds, open) {
    const contacts = await findFollowUps(tx, caseIds, open)
    return contacts.map((one) => ({
      thing: 'care_follow_up',
      id: one.id,
      caseId: one.caseId,
      version: null,
      whole: true,
      fields: one,
    }))
  },
}

export const packs: PackReader[] = [
  ...(Object.keys(CARE_THINGS) as CareThing[]).map(rowsOf), // the keys of our own record
  followUps,
  answers('care_submission', findSubmissions),
  answers('care_decision', findDecisions),
]
