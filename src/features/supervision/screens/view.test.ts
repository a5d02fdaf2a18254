import { expect, test } from 'vitest'
import { instant } from '../../../core/time.ts'
import type { Row } from '../../../web/replica.ts'
import { wasHard } from './view.ts'

const now = instant('2026-03-10T08:00:00.000Z')
const today = '2026-03-10T07:00:00.000Z'
const lastWeek = '2026-03-03T07:00:00.000Z'

function file(thing: string, fields: Row['fields'], caseId = 'hers') {
  return new Map([[`${thing}/1`, { thing, id: '1', caseId, version: null, fields }]])
}

test.each([
  ['an account that is folded', 'care_note', { folded: true, at: today }, true],
  ['a child who is not safe', 'safety_check', { safeNow: 'no', at: today }, true],
  ['a protection at once', 'urgent_protection', { protectedAt: today }, true],
  ['a visit', 'care_note', { folded: false, at: today }, false],
  ['a child who is safe', 'safety_check', { safeNow: 'yes', at: today }, false],
  ['an account of last week', 'care_note', { folded: true, at: lastWeek }, false],
])('after %s a quiet word of what helps: %#', (_what, thing, fields, follows) => {
  expect(wasHard(file(thing, fields), 'hers', now)).toBe(follows)
  expect(wasHard(file(thing, fields, 'another'), 'hers', now)).toBe(false)
})
