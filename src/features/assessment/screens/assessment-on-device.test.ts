import { describe, expect, test } from 'vitest'
import type { Op } from '../../../core/op.ts'
import { addMillis, instant } from '../../../core/time.ts'
import { newId, newOpId } from '../../../crypto/random.ts'
import { keyOf, type Row, type Rows } from '../../../web/replica.ts'
import { demoPack, english } from '../../../../test/speech.ts'
import { groupTasks, nextOf } from '../../cases/screens/group-tasks.ts'
import { correct } from './correct.ts'
import { layOver } from './lay-over.ts'
import { asksAgain, newAnswers, valuesOf } from './sheet-values.ts'
import { tasks } from './tasks.ts'

const NOW = instant('2026-03-10T08:00Z')
const HOUR = 3_600_000
const pack = demoPack()
const speech = english()
const caseId = newId()

const CASE: Row = {
  thing: 'case',
  id: caseId,
  caseId,
  version: 1,
  fields: { id: caseId, state: 'open', region: 'NC-TL', openedAt: addMillis(NOW, -2 * HOUR), closedAt: null },
}
const SAFE: Row = {
  thing: 'safe_start',
  id: caseId,
  caseId,
  version: 1,
  fields: { safeNow: 'yes', howKnown: 'school', basis: 'consent' },
}

function op(type: string, payload: Record<string, unknown>): Op {
  return { opId: newOpId(), device: newId(), seq: 1, type, baseVersion: null, payload, claimedAt: NOW } as Op // ids were just made
}
const sheet = (over: Record<string, unknown> = {}) =>
  op('assessment.answer', {
    id: newId(),
    caseId,
    roundId: caseId,
    section: 'family',
    at: NOW,
    mark: 'answers',
    stops: false,
    childSaidOn: null,
    toldBy: 'child',
    answers: { fam_good: { words: 'Her aunt sings' } },
    why: null,
    childSays: null,
    next: null,
    ...over,
  })
const check = (over: Record<string, unknown> = {}) =>
  op('assessment.check_safety', {
    id: newId(),
    caseId,
    at: NOW,
    how: 'seen',
    safeNow: 'yes',
    harmToChild: 'high',
    nextOn: null,
    ...over,
  })

/** A phone that holds the case, with what was recorded on it and not sent yet. */
function phone(...operations: Op[]): Rows {
  const rows = new Map([CASE, SAFE].map((row) => [keyOf(row), row]))
  for (const one of operations) for (const row of layOver(one, rows, null)) rows.set(keyOf(row), row)
  return rows
}
const day = (rows: Rows) =>
  // Only `t` of the words is used here.
  tasks({ rows, pack, now: NOW, speech: speech as never }).map((one) => one.title)

describe('without a line', () => {
  test('the risk to the child is asked for until a safety check has said it', () => {
    expect(day(phone())).toEqual(['Check safety: how great is the risk to the child?'])
    expect(day(phone(check()))).toEqual(['Begin the assessment', 'See the child or call'])
  })
  test('what was begun is to be finished, and where somebody stopped is found again', () => {
    expect(day(phone(check(), sheet()))).toContain('Finish the assessment')
    const stopped = tasks({
      rows: phone(sheet({ stops: true, next: 'Ask about school' })),
      pack,
      now: NOW,
      speech: speech as never,
    }).find((one) => one.title === 'Go on with the assessment')
    expect(stopped).toMatchObject({ why: 'Ask about school', href: `/cases/${caseId}/assessment` })
  })
  test('a child who is not safe stands before everything else, until a check says otherwise', () => {
    const first = (rows: Rows) => {
      const due = tasks({ rows, pack, now: NOW, speech: speech as never })
      const limit = { caseId, title: 'A limit', dueAt: addMillis(NOW, -HOUR), limit: true }
      const unsafe = groupTasks(
        due.map((task) => ({ ...task, timeZone: 'UTC' })),
        NOW,
      ).unsafe.map(({ title }) => title)
      return { next: nextOf([limit, ...due], caseId, NOW)?.title, unsafe }
    }
    const notSafe = check({ safeNow: 'no', at: addMillis(NOW, -HOUR), done: 'I called her aunt' })
    const alarm = { next: 'See that the child is safe', unsafe: ['See that the child is safe'] }
    expect(first(phone(notSafe))).toEqual(alarm)
    expect(first(phone(check({ harmToChild: 'emergency' })))).toEqual(alarm)
    expect(first(phone(notSafe, check()))).toEqual({ next: 'A limit', unsafe: [] })
  })
  test('a safety check that was set for a day stands in that day', () => {
    expect(day(phone(check({ nextOn: '2026-03-12' })))).toContain('Check safety again')
  })
  test('what was told of harm, and what a health worker wrote, is laid over nothing', () => {
    expect(layOver({ ...sheet(), type: 'assessment.answer_account' }, phone(), null)).toEqual([])
    expect(layOver({ ...sheet(), type: 'assessment.answer_health' }, phone(), null)).toEqual([])
  })
  test('a case that is not on this phone gets no rows that would wait forever', () => {
    expect(layOver(sheet({ caseId: newId() }), phone(), null)).toEqual([])
    const note = op('care.add_note', { id: newId(), caseId, kind: 'home_visit', at: NOW })
    expect(layOver(note, phone(), null)).toEqual([])
  })
  test('a visit noted here counts as seeing the child where the moment comes back from the server', () => {
    const rows = new Map(phone(check()))
    const before = { firstAt: addMillis(NOW, -48 * HOUR), lastAt: addMillis(NOW, -24 * HOUR) }
    rows.set(`case_contact/${caseId}`, { thing: 'case_contact', id: caseId, caseId, version: null, fields: before })
    const note = op('care.add_note', { id: newId(), caseId, kind: 'home_visit', at: NOW })
    expect(layOver(note, rows, null)[0]?.fields).toEqual({ firstAt: before.firstAt, lastAt: NOW })
  })
})

describe('words that were not accepted', () => {
  test('come back to the page they were written on', () => {
    expect(correct(sheet({ childSays: 'I like her songs', why: 'She moved' }))).toEqual({
      href: `/cases/${caseId}/assessment/part/family`,
      form: `sheet/${caseId}/family/0`,
      values: {
        'q.fam_good': ['Her aunt sings'],
        toldBy: ['child'],
        childSays: ['I like her songs'],
        why: ['She moved'],
      },
    })
  })
})

describe('a page of questions', () => {
  const [section] = pack.questions.filter((one) => one.id === 'family')
  const questions = section?.questions ?? []
  const known = new Map([
    [
      'fam_good',
      { answer: { words: 'Her aunt sings' }, toldBy: 'child' as const, at: NOW, writtenByName: null, earlier: [] },
    ],
  ])

  test('says only what is new, and keeps the three ways of having no answer apart', () => {
    const values = { 'q.fam_good': ['Her aunt sings'], 'none.fam_cares': ['no_answer'], 'none.fam_wish': ['not_known'] }
    expect(newAnswers(values, questions, known)).toEqual({
      fam_cares: { none: 'no_answer' },
      fam_wish: { none: 'not_known' },
      fam_living: { none: 'not_asked_yet' },
      fam_worry: { none: 'not_asked_yet' },
      fam_help: { none: 'not_asked_yet' },
    })
  })
  test('knows when something settled is answered differently', () => {
    expect(asksAgain({ 'q.fam_good': ['Her aunt sings'] }, questions, known)).toBe(false)
    expect(asksAgain({ 'q.fam_good': ['Nothing'] }, questions, known)).toBe(true)
  })
  test('begins with what is known', () => {
    expect(
      valuesOf({ fam_good: { words: 'a' }, fam_living: { codes: ['kinship'] }, fam_wish: { none: 'not_known' } }),
    ).toEqual({
      'q.fam_good': ['a'],
      'q.fam_living': ['kinship'],
      'none.fam_wish': ['not_known'],
    })
  })
})
