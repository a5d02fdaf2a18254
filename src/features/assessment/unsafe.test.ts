import { describe, expect, test } from 'vitest'
import { instant } from '../../core/time.ts'
import type { CaseRow } from './case-rows.ts'
import { safeDatedBefore, unsafeIn } from './unsafe.ts'

const at = (hour: number) => instant(`2026-03-02T${String(hour).padStart(2, '0')}:00Z`)
const of = { openedAt: at(1), takenInAt: null, state: 'open' } as const
const check = (safeNow: string, hour: number, over: Record<string, unknown> = {}): CaseRow => ({
  thing: 'safety_check',
  id: `${safeNow}/${hour}`,
  fields: { at: at(hour), safeNow, harmToChild: 'low', writtenBy: 'b', heardAt: at(hour), ...over },
})
const danger = check('no', 10, { writtenBy: 'a', harmToChild: 'high' })
const why = (...rows: CaseRow[]) => {
  const since = unsafeIn(rows, of)
  return since === null ? 'safe' : safeDatedBefore(rows, since)
}

describe('a check that says safe, after it was said at ten that the child is not', () => {
  test.each<[string, CaseRow[], string | null]>([
    ['from a phone whose clock is right ends it', [check('yes', 11)], 'safe'],
    [
      'from a phone whose clock is two hours behind is named as dated before',
      [check('yes', 9, { heardAt: at(11) })],
      at(9),
    ],
    ['just written on such a phone, too', [check('yes', 9, { heardAt: null, writtenBy: undefined })], at(9)],
    [
      'dated before others could hear of it, too',
      [check('yes', 11, { heardAt: at(12) }), check('no', 10, { heardAt: at(12), writtenBy: 'a' })],
      at(11),
    ],
    ['that was there before is not named', [check('yes', 8)], null],
    ['that sees great danger is not named', [check('yes', 9, { heardAt: at(11), harmToChild: 'emergency' })], null],
  ])('%s', (_what, rows, said) => {
    expect(why(danger, ...rows)).toBe(said)
  })
})
