import { factReader, packPart, type PackReader, saysDue, withoutCase } from '../../server/feature.ts'
import { readRows } from '../../server/mutable-rows.ts'
import { findFollowUps } from './follow-up-store.ts'
import { CARE_THINGS, type CareThing } from './mutable.ts'
import { findDecisions, findSubmissions } from './plan-store.ts'

const SAYS_DUE: Record<CareThing, string[]> = {
  care_plan: ['reviewOn', 'plannedAt'],
  care_goal: ['state', 'dueOn', 'plannedAt'],
  care_action: ['status', 'dueOn', 'plannedAt'],
  care_task: ['state', 'dueAt', 'waitsFor', 'ownerId'],
  care_return: ['startsOn', 'endsOn'],
}

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

export const packs: PackReader[] = [
  ...(Object.keys(CARE_THINGS) as CareThing[]).map((name) => saysDue(rowsOf(name), ...SAYS_DUE[name])), // the keys of our own record
  // Contacts on the way back, with what the child said: what a worker needs on the next visit.
  saysDue(factReader('care_follow_up', 'services', findFollowUps), 'returnId', 'at', 'how'),
  // What was handed to the supervisor and what she said, so that a worker reads it without a line.
  saysDue(factReader('care_submission', 'services', findSubmissions, withoutCase), 'id', 'submittedAt'),
  saysDue(
    factReader('care_decision', 'services', findDecisions, withoutCase),
    'submissionId',
    'decision',
    'decidedAt',
    'plannedAt',
  ),
]
