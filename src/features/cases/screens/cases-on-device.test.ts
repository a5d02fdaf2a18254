import { describe, expect, test } from 'vitest'
import type { PublicPack } from '../../../core/country.ts'
import type { Op } from '../../../core/op.ts'
import { addMillis, instant } from '../../../core/time.ts'
import { newId, newOpId } from '../../../crypto/random.ts'
import type { Speech } from '../../../web/language.ts'
import { keyOf, type Row, type Rows } from '../../../web/replica.ts'
import { answersTo, callNameOf, initials, ownCase, ownCases } from './case-file.ts'
import { momentText } from '../../../web/moments.ts'
import { kindOf, pathEntries } from './entries.ts'
import { byChild, groupTasks, nextFirst } from './group-tasks.ts'
import { layOver } from './lay-over.ts'
import { tasks } from './tasks.ts'

const NOW = instant('2026-03-02T08:00Z')
const HOUR = 3_600_000
const WORDS: { [id: string]: string } = {
  'did.justice.record_contact': '{kind} · {authority}',
  'did.cases.open_case': 'Case opened',
  'justice.kind.detention': 'Detention',
}
/** Ids stand for their words, with what is put into them: a test reads what was said, not how. */
const say = (id: string, values: Record<string, string | number> = {}) =>
  `${WORDS[id] ?? id}${Object.keys(values).length === 0 || id in WORDS ? '' : ` ${JSON.stringify(values)}`}`.replaceAll(
    /\{(\w+)\}/g,
    (whole, name: string) => String(values[name] ?? whole),
  )
const speech: Speech = {
  language: 'en',
  dir: 'ltr',
  format: 'en-GB',
  t: say,
  label: (labels) => labels.en ?? '',
  find: (id, values) => (id in WORDS ? say(id, values) : null),
}
const pack = {
  regions: [],
  timeZone: 'UTC',
  codeLists: { custody_actor: [{ code: 'police', label: { en: 'Police' }, primero: null, validTo: null }] },
} as unknown as PublicPack // only what paths and lists read

function row(thing: string, caseId: string, fields: Record<string, unknown>, id = caseId): Row {
  return { thing, id, caseId, version: 1, fields }
}
const rowsOf = (...all: Row[]): Rows => new Map(all.map((one) => [keyOf(one), one]))

function aCaseRow(over: Record<string, unknown> = {}): Row {
  const id = newId()
  return row('case', id, {
    id,
    alias: 'Blue Heron',
    state: 'open',
    openedAt: addMillis(NOW, -30 * HOUR),
    threatened: false,
    region: 'NC-TL',
    ...over,
  })
}
const card = (caseId: string) =>
  row('child_card', caseId, { callName: 'Adi', carer: 'Ibu Wati', village: 'Lower Harbour', phoneLast: '4417' })

function anOp(type: string, payload: Record<string, unknown>): Op {
  return { opId: newOpId(), device: newId(), seq: 1, type, baseVersion: null, payload, claimedAt: NOW } as Op // ids were just made
}

describe('a case on a worker’s own device', () => {
  const of = aCaseRow()
  const own = ownCase(rowsOf(of, card(of.id)), of.id)
  test.each([
    ['alias', 'heron', true],
    ['call name, without its accents or capitals', 'ADÍ', true],
    ['carer', 'wati', true],
    ['village', 'harbour', true],
    ['last digits of a phone', '417', true],
    ['a longer phone that ends alike', '0812 4417', true],
    ['nothing searched for', '  ', true],
    ['one digit is too little to tell', '7', false],
    ['another name', 'budi', false],
  ])('is found by %s', (_by, search, expected) => {
    expect(own !== null && answersTo(own, search)).toBe(expected)
  })

  test('shows the call name beside the alias', () => {
    expect(own === null ? null : callNameOf(own)).toBe('Adi')
    expect(initials('Blue Heron')).toBe('BH')
  })

  test('of a threatened child shows and answers to the alias alone', () => {
    const hidden = aCaseRow({ threatened: true })
    const found = ownCase(rowsOf(hidden, card(hidden.id)), hidden.id)
    expect(found === null ? '' : callNameOf(found)).toBe(null)
    for (const search of ['adi', 'wati', 'harbour', '4417'])
      expect(found !== null && answersTo(found, search)).toBe(false)
    expect(found !== null && answersTo(found, 'heron')).toBe(true)
  })

  test('is nothing once the device has forgotten it, and the newest stands first', () => {
    const older = aCaseRow({ openedAt: addMillis(NOW, -90 * HOUR) })
    expect(ownCase(rowsOf(), of.id)).toBe(null)
    expect(ownCases(rowsOf(older, of)).map((one) => one.case.id)).toEqual([of.id, older.id])
  })
})

describe('the due work of a case', () => {
  const look = (...all: Row[]) => tasks({ rows: rowsOf(...all), pack, now: NOW, speech })
  test('is in the first day whether the child is safe, and the other questions in one sitting', () => {
    const of = aCaseRow()
    const found = look(of, row('steps', of.id, { who: false, match: false }))
    expect(found.map(({ title, href }) => [title, href])).toEqual([
      ['cases.step.safe_now', `/cases/${of.id}/start/safe_now`],
      ['cases.first_steps {"count":4}', `/cases/${of.id}/start/how_known`],
    ])
    expect(found[0]?.dueAt).toBe(addMillis(NOW, -6 * HOUR))
  })

  test('shrinks with every answer and ends with the last', () => {
    const of = aCaseRow()
    const start = { safeNow: 'yes', howKnown: 'school', basis: 'consent' }
    expect(
      look(of, row('safe_start', of.id, start), row('steps', of.id, { who: true, match: false })).map(
        (one) => one.title,
      ),
    ).toEqual(['cases.step.match'])
    expect(look(of, row('safe_start', of.id, start), row('steps', of.id, { who: true, match: true }))).toEqual([])
    expect(
      look(
        of,
        row('safe_start', of.id, { ...start, basis: 'not_yet' }),
        row('steps', of.id, { who: true, match: true }),
      ),
    ).toHaveLength(1)
  })

  test('includes the question of another office until it is answered, and nothing of a closed case', () => {
    const of = aCaseRow({ state: 'closed' })
    const hit = (state: string) => row('match_hit', of.id, { state, dueAt: NOW, madeAt: NOW }, newId())
    expect(look(of)).toEqual([])
    expect(look(of, hit('waiting')).map((one) => one.title)).toEqual(['cases.hit_task'])
    expect(look(of, hit('not_the_same'))).toEqual([])
  })
})

describe('a day', () => {
  test.each([
    ['a minute late', -60_000, 'overdue'],
    ['due this evening', 8 * HOUR, 'today'],
    ['due tomorrow', 24 * HOUR, 'week'],
    ['due in a week', 7 * 24 * HOUR, 'week'],
    ['due in ten days', 240 * HOUR, 'later'],
  ])('puts what is %s under %s', (_title, after, group) => {
    const task = { dueAt: addMillis(NOW, after), timeZone: 'UTC' }
    expect(groupTasks([task], NOW)[group as 'week']).toEqual([task])
  })
  test('ends at midnight of the case’s own place', () => {
    const task = { dueAt: addMillis(NOW, 8 * HOUR), timeZone: 'Asia/Jayapura' } // 17:00 there now, 01:00 tomorrow then
    expect(groupTasks([task], NOW).week).toEqual([task])
  })
  test.each([
    ['passes tomorrow, within 24 hours', 24 * HOUR, 'limits'],
    ['passes later', 25 * HOUR, 'week'],
    ['has passed', -HOUR, 'passed'],
  ])('puts a limit that %s under %s, apart from what is due in that time', (_title, after, group) => {
    const limit = { dueAt: addMillis(NOW, after), timeZone: 'UTC', limit: true }
    expect(groupTasks([limit], NOW)[group as 'limits']).toEqual([limit])
  })
  test('keeps apart what waits for others, however late', () => {
    const task = { dueAt: addMillis(NOW, -HOUR), timeZone: 'UTC', waits: true }
    expect(groupTasks([task], NOW)).toMatchObject({ others: [task], overdue: [] })
  })
  test('puts a limit that passed and is still owed before one that can still be kept, and both before other late work', () => {
    const kept = { dueAt: addMillis(NOW, HOUR), timeZone: 'UTC', limit: true }
    const owed = { ...kept, dueAt: addMillis(NOW, -HOUR) }
    const late = { dueAt: addMillis(NOW, -48 * HOUR), timeZone: 'UTC' }
    expect(nextFirst([late, kept, owed], NOW)).toEqual([owed, kept, late])
    expect(groupTasks([late, kept, owed], NOW)).toMatchObject({ passed: [owed], limits: [kept], overdue: [late] })
  })
  test('puts off no limit of the law, whoever has to act', () => {
    const limit = { dueAt: addMillis(NOW, HOUR), timeZone: 'UTC', limit: true, waits: true }
    expect(groupTasks([limit], NOW)).toMatchObject({ others: [], limits: [limit] })
  })
})

describe('a group of a day', () => {
  const of = (caseId: string, title: string, over: object = {}) => ({ caseId, title, ...over })
  test('tells of each child once, by what comes first of it, and keeps the rest behind it', () => {
    const [call, visit, write, ask] = [of('one', 'call'), of('two', 'visit'), of('one', 'write'), of('one', 'ask')]
    expect(byChild([call, visit, write, ask]).children).toEqual([
      { first: call, more: [write, ask] },
      { first: visit, more: [] },
    ])
  })
  test.each([{ unsafe: true }, { limit: true }, { alone: true }])(
    'keeps nothing urgent behind other work: %o',
    (over) => {
      const [call, urgent] = [of('one', 'call'), of('one', 'urgent', over)]
      expect(byChild([call, urgent])).toEqual({ urgent: [urgent], children: [{ first: call, more: [] }] })
    },
  )
  test('asks whether a new child is safe apart from the other first steps', () => {
    const child = aCaseRow()
    const found = tasks({
      rows: rowsOf(child, row('steps', child.id, { who: false, match: false })),
      pack,
      now: NOW,
      speech,
    })
    expect(byChild(found)).toMatchObject({
      urgent: [{ title: 'cases.step.safe_now' }],
      children: [{ first: { title: 'cases.first_steps {"count":4}' }, more: [] }],
    })
  })
})

describe('what was recorded here and not sent yet', () => {
  const of = aCaseRow()
  const lay = (op: Op, ...all: Row[]) => layOver(op, rowsOf(of, ...all), null)
  test('a new case stands at once with its first steps open, under the alias the server settled on', () => {
    const payload = { id: newId(), alias: 'Calm Reef', region: 'NC-TL' }
    const op = anOp('cases.open_case', payload)
    const [made, steps] = layOver(op, rowsOf(), {
      opId: op.opId,
      answer: 'accepted',
      caseId: null,
      version: 1,
      settled: { alias: 'Calm River' },
      conflicts: [],
    })
    expect(made?.fields).toMatchObject({ alias: 'Calm River', state: 'open', openedAt: NOW, closedAt: null })
    expect(steps?.fields).toEqual({ who: false, match: false })
  })
  test('an edit lies over what is there and leaves the rest', () => {
    const op = anOp('cases.edit_card', { id: of.id, caseId: of.id, set: { village: 'Hill' } })
    expect(lay(op, card(of.id))[0]?.fields).toMatchObject({ callName: 'Adi', village: 'Hill' })
  })
  test('who the child is never lies on the device; only that it was asked', () => {
    const op = anOp('cases.edit_identity', {
      id: of.id,
      caseId: of.id,
      set: { fullName: 'Whole Name', ageBasis: 'child_statement' },
    })
    const rows = lay(op, row('steps', of.id, { who: false, match: false }))
    expect(rows.map((one) => one.fields)).toEqual([{ who: true, match: false }])
    expect(lay(anOp('cases.edit_identity', { id: of.id, caseId: of.id, set: { language: 'su' } }))).toEqual([])
  })
  test('a request for a match and its answer end their tasks', () => {
    const hit = row('match_hit', of.id, { state: 'waiting', dueAt: NOW }, newId())
    expect(lay(anOp('cases.request_match', { id: newId(), caseId: of.id }))[0]?.fields).toEqual({ match: true })
    const answer = anOp('cases.answer_match', { hitId: hit.id, caseId: of.id, decision: 'not_the_same' })
    expect(lay(answer, hit)[0]?.fields).toMatchObject({ state: 'not_the_same' })
  })
  test('what belongs to others’ features is theirs', () => {
    expect(lay(anOp('justice.record_contact', { id: newId(), caseId: of.id }))).toEqual([])
  })
})

describe('the path of a case', () => {
  const caseId = newId()
  const around = { speech, pack, timeZone: 'UTC', now: NOW }
  const entry = (type: string, clear: Record<string, unknown>, flagged = false) => ({
    opId: newOpId(),
    type,
    at: NOW,
    claimedAt: addMillis(NOW, -HOUR),
    actorName: 'Siti',
    clear,
    flagged,
  })
  test('reads in words, justice too, with who and when', () => {
    const contact = entry('justice.record_contact', { kind: 'detention', authority: 'police' })
    const [first] = pathEntries(around, [], caseId, [contact])
    expect(first).toMatchObject({ what: 'Detention · Police', author: 'Siti', kind: 'justice' })
    expect(first?.when).toContain('Siti')
  })
  test('says when a thing happened, and when it was written only where that was later', () => {
    const when = (clear: Record<string, unknown>) =>
      pathEntries(around, [], caseId, [entry('justice.record_contact', clear)])[0]?.when
    const asWritten = when({})
    const held = { startedAt: addMillis(NOW, -HOUR), detainedAt: addMillis(NOW, -7 * HOUR) }
    expect(when(held)).toBe(
      `${momentText(speech, held.detainedAt, 'UTC', NOW)} · ${speech.t('cases.entry_written', { when: momentText(speech, held.startedAt, 'UTC', NOW) })} · Siti`,
    )
    expect(when({ startedAt: addMillis(NOW, -HOUR), detainedAt: null })).toBe(asWritten)
  })
  test('puts what waits here above what the server has, and nothing twice', () => {
    const op = anOp('cases.open_case', { id: caseId })
    const sent = { ...entry('cases.open_case', {}), opId: op.opId }
    const waiting = [{ op, answer: null }]
    expect(pathEntries(around, waiting, caseId, []).map((one) => one.isWaiting)).toEqual(['save.not_sent_yet'])
    expect(pathEntries(around, waiting, caseId, [sent])).toHaveLength(1)
    expect(pathEntries(around, waiting, newId(), [])).toEqual([])
  })
  test('never shows a code: an operation nobody has words for is "something"', () => {
    expect(pathEntries(around, [], caseId, [entry('new.thing_done', {})])[0]?.what).toBe('did.other')
  })
  test('says so where a time looks unusual', () => {
    expect(pathEntries(around, [], caseId, [entry('cases.open_case', {}, true)])[0]?.isWaiting).toBe(
      'cases.entry_flagged',
    )
  })
  test('sorts decisions apart from what was written', () => {
    expect(['closure.reopen_case', 'cases.edit_card', 'justice.record_contact', 'care.add_note'].map(kindOf)).toEqual([
      'decision',
      'cases',
      'justice',
      'care',
    ])
  })
})
