import type { Op } from '../../../core/op.ts'
import { edited } from '../../../web/edited.ts'
import { keyOf, type LayOver, type Row } from '../../../web/replica.ts'
import { changesThePlan } from '../plan.ts'

/** Which operation edits which kind of row; those of the plan know when they were planned. */
const EDITS: Record<string, { thing: string; isPlan: boolean; unsaid: readonly string[] }> = {
  'care.edit_task': { thing: 'care_task', isPlan: false, unsaid: ['ownerId', 'waitsFor', 'fromNote', 'outcome'] },
  'care.edit_plan': {
    thing: 'care_plan',
    isPlan: true,
    unsaid: [
      'wantsSaidOn',
      'reviewOn',
      'wants',
      'wantsHeardBy',
      'optionsConsidered',
      'safetyChild',
      'safetyVisit',
      'tellPeople',
      'notTellPeople',
      'tellSaidOn',
      'singledOut',
    ],
  },
  'care.edit_goal': {
    thing: 'care_goal',
    isPlan: true,
    unsaid: ['dueOn', 'ownerId', 'why', 'howWeWillKnow', 'outcome'],
  },
  'care.edit_action': {
    thing: 'care_action',
    isPlan: true,
    unsaid: ['layer', 'dueOn', 'ownerId', 'purpose', 'who', 'outcome'],
  },
  'care.edit_return': { thing: 'care_return', isPlan: false, unsaid: ['endsOn', 'outcome'] },
}

/** How care looks on this device before the server has sent back what was recorded here. */
export const layOver: LayOver = (op, rows) => {
  // A case that is not on this device comes back from the server when it is opened.
  if (!rows.has(keyOf({ thing: 'case', id: String(op.payload.caseId) }))) return []
  if (op.type === 'care.submit_plan') return [submitted(op)]
  if (op.type === 'care.add_follow_up') return [followedUp(op)]
  const edit = EDITS[op.type]
  if (edit === undefined) return []
  // `payload` passed the schema of its operation before it came here.
  const { id, caseId, set } = op.payload as { id: string; caseId: string; set: Record<string, unknown> }
  const planned = edit.isPlan && changesThePlan(set) ? { plannedAt: op.claimedAt } : {}
  return [edited(rows, { thing: edit.thing, id, caseId }, { ...set, ...planned }, edit.unsaid)]
}

function submitted({ payload, claimedAt }: Op): Row {
  const id = String(payload.id)
  const fields = { id, submittedAt: claimedAt, submittedBy: '', note: payload.note ?? null }
  return { thing: 'care_submission', id, caseId: String(payload.caseId), version: null, fields }
}

function followedUp({ payload }: Op): Row {
  return {
    thing: 'care_follow_up',
    id: String(payload.id),
    caseId: String(payload.caseId),
    version: null,
    fields: payload,
  }
}
