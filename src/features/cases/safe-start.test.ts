import { describe, expect, test } from 'vitest'
import { instant } from '../../core/time.ts'
import { needsReason } from './purpose.ts'
import { firstSteps, safeStartTasks, type SafeStartFacts } from './safe-start.ts'

const of = { openedAt: instant('2026-03-01T08:00Z'), takenInAt: null, state: 'open' as const }
const nothing: SafeStartFacts = { safeStart: null, identity: null, matchRequested: false }
const all: SafeStartFacts = {
  safeStart: { safeNow: 'yes', howKnown: 'school', basis: 'consent' },
  identity: { approxAge: 12, ageBasis: 'child_statement' },
  matchRequested: true,
}

describe('a new case asks within 24 hours', () => {
  test.each<[string, SafeStartFacts, string[]]>([
    ['all five questions when nothing is known', nothing, ['safe_now', 'how_known', 'basis', 'who', 'match']],
    ['nothing more when all are answered', all, []],
    [
      'again who agrees, when nobody was asked yet',
      { ...all, safeStart: { ...all.safeStart, basis: 'not_yet' } },
      ['basis'],
    ],
    ['nothing of an age that is not known', { ...all, identity: { approxAge: null, ageBasis: 'not_known' } }, []],
    ['nothing of an age the child keeps', { ...all, identity: { approxAge: null, ageBasis: 'does_not_say' } }, []],
    ['an age that was read somewhere', { ...all, identity: { ageBasis: 'birth_certificate' } }, ['who']],
    ['how an age is known, and not the age alone', { ...all, identity: { approxAge: 12, ageBasis: null } }, ['who']],
    [
      'nothing about safety once it was answered, also with "not known"',
      { ...all, safeStart: { ...all.safeStart, safeNow: 'not_known' } },
      [],
    ],
  ])('%s', (_title, facts, expected) => {
    const found = safeStartTasks(of, facts)
    expect(found.map((task) => task.step)).toEqual(expected)
    for (const { dueAt } of found) expect(dueAt).toBe('2026-03-02T08:00:00.000Z')
  })
  test('and of a file that was opened elsewhere years ago, from the moment it came here', () => {
    const came = { ...of, openedAt: instant('2021-05-01T08:00Z'), takenInAt: of.openedAt }
    for (const { dueAt } of safeStartTasks(came, nothing)) expect(dueAt).toBe('2026-03-02T08:00:00.000Z')
  })
  test('and never of a case that is closed', () => {
    expect(safeStartTasks({ ...of, state: 'closed' }, nothing)).toEqual([])
  })
  test('first whether the child is safe, alone', () => {
    expect(firstSteps(of, nothing).map((one) => one.steps)).toEqual([
      ['safe_now'],
      ['how_known', 'basis', 'who', 'match'],
    ])
  })
})

describe('a reason for opening a file is asked', () => {
  test.each([
    ['never where the case is open and hers', { state: 'open' as const }, true, false],
    ['when it is closed', { state: 'closed' as const }, true, true],
    ['when only an unusual relation leads to it', null, true, true],
    ['never of a stranger, who is told that there is no such case', null, false, false],
  ])('%s', (_title, file, hasOther, expected) => {
    expect(needsReason(file, hasOther)).toBe(expected)
  })
})
