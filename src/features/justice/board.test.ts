import { describe, expect, test } from 'vitest'
import { english } from '../../../test/speech.ts'
import { addMillis, instant } from '../../core/time.ts'
import { type BoardClock, boardOf } from './board.ts'

const now = instant('2026-03-02T12:00Z')
const HOUR = 3_600_000

/** A clock of a child held now that has `left` hours to run of 24; 0 hours in all is a duty owed at once. */
function aClock(caseId: string, left: number, over: Partial<BoardClock> = {}): BoardClock {
  const dueAt = addMillis(now, left * HOUR)
  return {
    caseId,
    alias: `Alias ${caseId}`,
    region: 'NC-TL',
    workerName: 'A worker',
    held: true,
    contactId: `contact of ${caseId}`,
    safeguardId: 'SG-LIB-02',
    authority: 'police_other',
    startsAt: addMillis(dueAt, -24 * HOUR),
    warnAt: addMillis(dueAt, -6 * HOUR),
    dueAt,
    metAt: null,
    notMetAt: null,
    endedAt: null,
    ...over,
  }
}
const atOnce = (caseId: string, over: Partial<BoardClock> = {}) =>
  aClock(caseId, -20, { startsAt: addMillis(now, -20 * HOUR), safeguardId: 'SG-INF-01', ...over })

const title = (clocks: BoardClock[]) => {
  const board = boardOf(clocks, [], now)
  return english().t('justice.board.title', { held: board.held, passed: board.passed.length })
}

describe('the heading of the board answers one question', () => {
  test.each<[string, BoardClock[], string]>([
    ['nobody held', [], 'No child is held now. No limit has passed.'],
    ['all in time', [aClock('a', 5)], 'One child is held now. No limit has passed.'],
    ['one late', [aClock('a', -2), aClock('b', 5), aClock('c', 9)], 'Children held now: 3. One limit has passed.'],
    ['two late', [aClock('a', -2), aClock('b', -3)], 'Children held now: 2. Limits passed: 2.'],
    [
      'what is owed at once is asked for, not counted as a limit',
      [atOnce('a')],
      'One child is held now. No limit has passed.',
    ],
    [
      'a child released late is not held',
      [aClock('a', -2, { held: false })],
      'No child is held now. No limit has passed.',
    ],
  ])('%s', (_title, clocks, expected) => {
    expect(title(clocks)).toBe(expected)
  })
})

describe('a board lists', () => {
  test('the longest late first, then what can still be kept, and counts what is far away', () => {
    const board = boardOf(
      [aClock('a', 5), aClock('b', -1), aClock('c', -9), aClock('d', 24 * 60), aClock('e', 30)],
      [],
      now,
    )
    expect(board.lines.map((line) => line.caseId)).toEqual(['c', 'b', 'a', 'e'])
    expect(board).toMatchObject({ dueSoon: 1, further: 1, first: { caseId: 'a' } })
  })

  test('what somebody says was not kept among what has passed', () => {
    const board = boardOf([atOnce('a', { notMetAt: now }), aClock('b', 3)], [], now)
    expect(board.passed.map((line) => [line.caseId, line.standing])).toEqual([['a', 'not_met']])
  })

  test('of children no longer held only how much was never shown', () => {
    const board = boardOf([aClock('a', -2, { held: false }), atOnce('a', { held: false })], [], now)
    expect(board).toMatchObject({ lines: [], toFindOut: [], past: { children: 1, duties: 2 } })
  })

  test('limits met in time and late; what is owed at once has no time to be in', () => {
    const board = boardOf(
      [
        aClock('a', -2, { metAt: addMillis(now, -3 * HOUR) }),
        aClock('b', -9, { metAt: now }),
        atOnce('c', { metAt: now }),
      ],
      [],
      now,
    )
    expect(board).toMatchObject({ met: 1, late: 1 })
  })
})
