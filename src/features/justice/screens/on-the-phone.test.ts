import { describe, expect, test } from 'vitest'
import { demoPack, english } from '../../../../test/speech.ts'
import type { Op } from '../../../core/op.ts'
import { instant } from '../../../core/time.ts'
import type { Row, Rows } from '../../../web/replica.ts'
import { keyOf } from '../../../web/replica.ts'
import { groupTasks } from '../../cases/screens/group-tasks.ts'
import { fieldOf, readContact } from './contact-form.ts'
import { ownFile } from './justice-file.ts'
import type { Look } from '../../../web/feature.ts'
import { packs } from '../packs.ts'
import { layOver } from './lay-over.ts'
import { tasks } from './tasks.ts'
import { durationText } from './texts.ts'

const pack = demoPack()
const speech = english()
const now = instant('2026-03-01T12:00Z')
const openCase: Row = {
  thing: 'case',
  id: 'c1',
  caseId: 'c1',
  version: 1,
  fields: { id: 'c1', alias: 'Blue Heron', region: 'NC-TL', state: 'open', closedAt: null, openedAt: now },
}

/** What the form of a detention at 08:00 in Makassar holds. */
const form = {
  kind: ['detention'],
  authority: ['police_other'],
  capacities: ['victim'],
  'at.day': ['2026-03-01'],
  'at.time': ['16:00'],
  'known.day': ['2026-03-01'],
  'known.time': ['17:00'],
  heldAt: ['A post without signal'],
  'lawyer.state': ['not_met'],
  'lawyer.saidBy': ['Duty officer'],
}
const ids = { id: 'k1', caseId: 'c1', corrects: null }

function rowsAfter(...ops: Pick<Op, 'type' | 'payload'>[]): Rows {
  const rows = new Map([[keyOf(openCase), openCase]])
  for (const op of ops)
    for (const row of layOver({ ...op, claimedAt: now } as Op, rows, null)) rows.set(keyOf(row), row) // the rest of an operation is not looked at
  return rows
}

function recorded(over: Record<string, string[]> = {}): Pick<Op, 'type' | 'payload'> {
  const read = readContact({ ...form, ...over }, ids, 'Asia/Makassar')
  if (!read.ok) throw new Error(JSON.stringify(read.wrong))
  return { type: 'justice.record_contact', payload: read.contact }
}

describe('a contact recorded without a line', () => {
  test('stands on the phone with its answers, and starts the clocks', () => {
    const file = ownFile(rowsAfter(recorded()), 'c1', pack.safeguards)
    expect(file.contacts).toMatchObject([{ id: 'k1', kind: 'detention', detainedAt: '2026-03-01T08:00:00.000Z' }])
    expect(file.answers).toMatchObject([{ safeguardId: 'SG-INF-01', state: 'not_met' }])
  })

  test('leaves no word somebody typed in the rows of the phone', () => {
    const text = JSON.stringify([...rowsAfter(recorded()).values()])
    expect(text).not.toContain('A post without signal')
    expect(text).not.toContain('Duty officer')
  })

  test('of a case this phone does not hold is not waited for', () => {
    expect(layOver({ ...recorded(), claimedAt: now } as Op, new Map(), null)).toEqual([])
  })

  test('shows answers given later, and asks a second person whether “victim” may be left out', () => {
    const answer = { id: 'a1', caseId: 'c1', contactId: 'k1', safeguardId: 'place', state: 'met', at: now }
    const rows = rowsAfter(
      recorded(),
      { type: 'justice.answer_safeguard', payload: answer },
      { type: 'justice.ask_without_victim', payload: { id: 'g1', caseId: 'c1', why: 'Seen by chance' } },
    )
    const file = ownFile(rows, 'c1', pack.safeguards)
    expect(file.answers.map((one) => one.safeguardId)).toEqual(['SG-INF-01', 'place'])
    expect(file.supervisorAgreed).toBe(false)
    expect(rows.get('second_signature/g1')?.fields).toMatchObject({ act: 'leave_out_victim', answer: null })
  })
})

describe('a day of a worker', () => {
  const titles = (rows: Rows, at = now) =>
    tasks({ rows, pack, now: at, speech }).map((task) => `${task.title} ${task.dueAt.slice(0, 16)}`)
  test('has each limit that is near, and one call for all that is not known', () => {
    expect(titles(rowsAfter(recorded()))).toEqual([
      'Find out: Medical and mental-health check on arrival, care throughout 2026-03-02T08:00',
      'Find out: Before a judge within 24 hours 2026-03-02T08:00',
      'Find out: Hand the child over 2026-03-03T08:00',
      'Ask the authority: 9 answers are missing 2026-03-02T09:00',
    ])
  })

  test('says of a limit that has passed that it is not shown to be met', () => {
    const [first] = tasks({ rows: rowsAfter(recorded()), pack, now: instant('2026-03-02T09:00Z'), speech })
    expect(first?.why).toContain('not shown to be met')
  })

  test('has what passed before anybody wrote it down among what is late, at once', () => {
    const old = recorded({ 'at.day': ['2026-02-26'], 'first.day': ['2026-02-26'], 'first.time': ['14:00'] })
    const shown = tasks({ rows: rowsAfter(old), pack, now, speech }).map((task) => ({ ...task, timeZone: 'UTC' }))
    const titlesOf = (group: readonly { title: string }[]) => group.map(({ title }) => title)
    const { passed } = groupTasks(shown, now)
    expect(titlesOf(passed)).toContain('Find out: Before a judge within 24 hours')
    expect(titlesOf(passed)).toContain('Find out: Hand the child over')
  })

  test('has nothing of a case without contacts, and nothing of a closed one', () => {
    expect(titles(rowsAfter())).toEqual([])
    const closed = new Map(rowsAfter(recorded()))
    closed.set(keyOf(openCase), { ...openCase, fields: { ...openCase.fields, state: 'closed' } })
    expect(titles(closed)).toEqual([])
  })
})

describe('a form is read', () => {
  test('with what is missing named field by field', () => {
    // The page asks the rest only once it is said what happened.
    expect(readContact({}, ids, 'UTC')).toEqual({ ok: false, wrong: { kind: 'needed' } })
    expect(readContact({ kind: ['hearing'] }, ids, 'UTC')).toEqual({
      ok: false,
      wrong: { authority: 'needed', at: 'needed', known: 'needed' },
    })
    expect(readContact({ ...form, 'at.time': [''] }, ids, 'UTC')).toMatchObject({ wrong: { at: 'unclear' } })
  })

  test('without what its kind does not ask for', () => {
    const { payload } = recorded({ kind: ['hearing'], courtRef: ['12/2026'] })
    expect(payload).toMatchObject({ detainedAt: null, answers: {}, courtRef: '12/2026' })
  })

  test('and a refusal stands beside the field it is about', () => {
    const contact = { startedAt: 'x', knownAt: 'y' }
    expect(fieldOf({ reason: 'in_the_future', moment: 'y' }, contact)).toBe('known')
    expect(fieldOf({ reason: 'who_says_so', question: 'lawyer' }, contact)).toBe('lawyer.saidBy')
    expect(fieldOf({ reason: 'case_closed' }, contact)).toBe('')
  })
})

test.each([
  ['PT24H', '24 h'],
  ['P14D', '14 days'],
  ['P6M', '6 months'],
  ['P12W', '12 weeks'],
  ['PT0M', 'at once'],
  ['P0D', 'at once'],
])('the limit %s reads "%s"', (limit, expected) => {
  expect(durationText(speech, limit)).toBe(expected)
})

describe('what a list is sent of a contact', () => {
  test('says what is due as the file itself does, and not which authority it was', () => {
    const at = instant('2026-03-01T08:00Z')
    const answered = [{ safeguardId: 'SG-INF-01', contactId: 'k1', state: 'not_met', at, answeredAt: at }]
    const fields = { ...ownFile(rowsAfter(recorded()), 'c1', pack.safeguards).contacts[0], answered }
    const whole: Row = { thing: 'contact', id: 'k1', caseId: 'c1', version: null, fields }
    const [contacts] = packs
    const listed: Row = { ...whole, fields: contacts?.due?.(fields) ?? {} }
    const due = (row: Row) =>
      tasks({ rows: new Map([openCase, row].map((one) => [keyOf(one), one])), pack, now, speech } as Look) // nothing else is looked at
        .map(({ why: _why, ...task }) => task)
    expect(due(whole).length).toBeGreaterThan(0)
    expect(due(listed)).toEqual(due(whole))
    expect(JSON.stringify(listed.fields)).not.toMatch(/police|k1/)
  })
})
