import { expect, test } from 'vitest'
import type { Day } from '../../core/time.ts'
import type { CaseClosing } from './closing.ts'
import { lacksOf } from './closing-rules.ts'
import { hindrancesOf } from './ops.ts'

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

test('and everything of the file itself that stands in its way, at once too', () => {
  const waiting = { id: 'c', isAnswered: false }
  const known = { closedAt: null, closings: [waiting], isWeighed: false, goesOnElsewhere: false, isLeanedOn: true }
  const reasons = (of: string) => hindrancesOf(of, known).map(({ reason }) => reason)
  expect(reasons('goals_reached')).toEqual(['closing_waits_already', 'duplicate_waits', 'needs_best_interests'])
  expect(reasons('duplicate')).toContain('duplicate_of_nothing')
  expect(hindrancesOf('goals_reached', { ...known, closings: [], isWeighed: true, isLeanedOn: false })).toEqual([])
})
