import type { Op } from '../src/core/op.ts'
import { newId } from '../src/crypto/random.ts'
import { anOp, now, type Somebody } from './people.ts'

/** Samples of what a supervisor does with her workers and their files. */
export function talkOp(by: Somebody, caseId: string, withId: string, over: Record<string, unknown> = {}): Op {
  return anOp(by, 'supervision.note_talk', {
    id: newId(),
    caseId,
    withId,
    heldOn: now().slice(0, 10),
    nextOn: null,
    talked: 'The visit at night was hard, and well done',
    agreed: null,
    needed: null,
    ...over,
  })
}

export const thisMonth = () => `${now().slice(0, 7)}-01`

export function reviewOp(by: Somebody, caseId: string, over: Record<string, unknown> = {}): Op {
  return anOp(by, 'supervision.review_file', {
    id: newId(),
    caseId,
    month: thisMonth(),
    putRightBy: '2199-01-01',
    answers: [{ question: 'own_words', answer: 'partly' }],
    good: null,
    found: 'The plan has no words of the child',
    ...over,
  })
}

export function putRightOp(by: Somebody, caseId: string, reviewId: unknown, over: Record<string, unknown> = {}): Op {
  return anOp(by, 'supervision.put_right', { id: newId(), caseId, reviewId, done: 'I asked her on Monday', ...over })
}
