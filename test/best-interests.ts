import type { Op } from '../src/core/op.ts'
import { addMillis } from '../src/core/time.ts'
import { newId } from '../src/crypto/random.ts'
import { anOp, now, type Somebody } from './people.ts'

const HOUR = 3_600_000

/** Two ways, each weighed, of which the first was chosen. */
export const twoWays = [
  { what: 'With her aunt', speaksFor: 'She asks for her', speaksAgainst: 'The road is long', isChosen: true },
  { what: 'In the open house', speaksFor: 'It is quiet', speaksAgainst: 'She is alone there', isChosen: false },
]

export const aSeat = (over: Record<string, unknown> = {}) => ({
  as: 'child_protection',
  undertook: true,
  conflict: 'none',
  position: 'agrees',
  seatWords: null,
  ...over,
})

/** What a full assessment an hour ago says, about whatever `about` names. */
export function recordPayload(caseId: string, over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: newId(),
    caseId,
    kind: 'bia_comprehensive',
    about: ['closure'],
    outcome: 'act',
    decidedAt: addMillis(now(), -HOUR),
    reviewOn: null,
    reviews: null,
    triggers: [],
    question: 'Where should she live?',
    options: twoWays,
    childHeard: 'heard',
    childView: 'I want to go to my aunt',
    familyHeard: 'not_reached',
    familyView: null,
    safety: 'Her aunt knows whom to call',
    familyUnity: null,
    identityAndCulture: null,
    health: null,
    development: null,
    vulnerabilities: null,
    publicSafety: null,
    childRights: null,
    reconciled: null,
    decision: 'She lives with her aunt',
    reasons: 'She wants it and it is safe',
    panel: [],
    appealToldOn: null,
    ...over,
  }
}

export function aRecordOp(by: Somebody, caseId: string, over: Record<string, unknown> = {}): Op {
  return anOp(by, 'best_interests.record', recordPayload(caseId, over))
}

/** What a determination needs beyond an assessment: a trigger, both sides, a panel, a day to look again. */
export const determined = {
  kind: 'bid',
  triggers: ['separation_from_parents_against_will'],
  publicSafety: 'Nothing was said that others are in danger',
  childRights: 'To her family, and to be heard',
  reconciled: 'She goes home and her worker calls every second day',
  panel: [aSeat(), aSeat({ as: 'psychosocial' }), aSeat({ as: 'legal_aid' })],
  reviewOn: '2199-06-01',
}

/** A major decision taken now. */
export function aDecisionOp(by: Somebody, caseId: string, decision: string, over: Record<string, unknown> = {}): Op {
  const payload = {
    id: newId(),
    caseId,
    decision,
    decidedAt: now(),
    what: 'What was decided',
    childTold: null,
    ...over,
  }
  return anOp(by, 'best_interests.decide', payload)
}

export function protectOp(by: Somebody, caseId: string, over: Record<string, unknown> = {}): Op {
  const payload = {
    id: newId(),
    caseId,
    decision: 'separation',
    protectedAt: now(),
    what: 'Moved tonight',
    why: 'He was hit',
  }
  return anOp(by, 'best_interests.protect_now', { ...payload, ...over })
}
