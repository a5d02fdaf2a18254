import { expect, test } from 'vitest'
import type { Day } from '../../core/time.ts'
import type { CaseClosing } from './closing.ts'
import { lacksOf } from './closing-rules.ts'

const day = (text: string) => text as Day // canonical
const closing: CaseClosing = {
  id: 'a',
  caseId: 'b',
  reason: 'other',
  told: 'told',
  toldOn: null,
  toldLanguage: 'id',
  toldBy: 'Her worker',
  toldWords: null,
  feedback: 'given',
  feedbackWords: null,
  contact: 'agreed',
  contactWay: 'call',
  contactOn: day('2026-01-01'),
  contactUntil: null,
  contactSafely: null,
  asksToKeep: false,
  reasonWords: null,
  attempts: [],
}

test('a closing is told everything it lacks at once, each by the field where it is mended', () => {
  expect(lacksOf(closing, day('2026-03-01')).map(({ field, refusal }) => [field, refusal.reason])).toEqual([
    ['reasonWords', 'reason_without_words'],
    ['toldOn', 'told_without_day'],
    ['feedbackWords', 'feedback_without_words'],
    ['contactSafely', 'contact_without_way'],
    ['contactOn', 'contact_in_the_past'],
  ])
})
