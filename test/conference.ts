import type { Op } from '../src/core/op.ts'
import { newId } from '../src/crypto/random.ts'
import { anOp, now, type Somebody } from './people.ts'

/** Samples of a case conference, as operations of the worker who carries the case. */
export function callOp(by: Somebody, caseId: string, over: Record<string, unknown> = {}): Op {
  return anOp(by, 'conference.call', {
    id: newId(),
    caseId,
    at: now(),
    replaces: null,
    agenda: 'Where he sleeps from Monday on',
    invited: [{ personId: by.id, as: null }],
    ...over,
  })
}

export const aSeatOf = (personId: string, over: Record<string, unknown> = {}) => ({
  personId,
  as: null,
  presence: 'came',
  position: 'agrees',
  seatWords: null,
  ...over,
})
export const anOutsider = (as: string) => ({ ...aSeatOf('', { personId: null }), as })

export function aDecision(ownerId: string, over: Record<string, unknown> = {}) {
  return {
    id: newId(),
    what: 'Ask his aunt for the room',
    childSays: null,
    ownerId,
    ownerAs: null,
    dueOn: '2199-05-01',
    ...over,
  }
}

export function minutesOp(
  by: Somebody,
  caseId: string,
  conferenceId: unknown,
  others: readonly Somebody[],
  over: Record<string, unknown> = {},
): Op {
  return anOp(by, 'conference.record', {
    id: newId(),
    caseId,
    conferenceId,
    kind: 'held',
    at: now(),
    corrects: null,
    why: null,
    seats: [by, ...others].map(({ id }) => aSeatOf(id)),
    childVoice: 'itself',
    childView: 'I want to stay with my aunt',
    childNotHeard: null,
    carerVoice: 'not_safe',
    carerView: null,
    talked: null,
    decisions: [aDecision(by.id)],
    childTold: 'Her worker, on the way home',
    ...over,
  })
}
