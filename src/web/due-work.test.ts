import { expect, test } from 'vitest'
import { demoPack, english } from '../../test/speech.ts'
import { instant } from '../core/time.ts'
import { dueWork } from './due-work.ts'
import { type Look, rowsOf, type Task } from './feature.ts'
import { keyOf, type Row } from './replica.ts'

const now = instant('2026-03-10T08:00Z')
const row = (thing: string, caseId: string, fields: Record<string, unknown>): Row => ({
  thing,
  id: caseId,
  caseId,
  version: 1,
  fields,
})
const rows = new Map(
  [
    row('case', 'one', {}),
    row('case', 'two', {}),
    row('visit', 'one', { at: { since: 2027 } }),
    row('visit', 'two', { at: now }),
  ].map((one) => [keyOf(one), one]),
)
const look: Look = { rows, pack: demoPack(), now, speech: english() }
const task = (caseId: string, title: string): Task => ({ key: caseId, caseId, title, why: '', dueAt: now, href: '' })
const visits = {
  name: 'visits',
  tasks: (of: Look) =>
    rowsOf(of.rows, 'visit').map(({ caseId, fields }) => {
      if (typeof fields.at !== 'string') throw new TypeError('no moment')
      return task(caseId, 'Visit')
    }),
}
const calls = { name: 'calls', tasks: () => [task('one', 'Call')] }

test('a row this program cannot read takes no other case’s work away, and its own case says so', () => {
  expect(dueWork([visits, calls], look).map(({ caseId, title }) => `${caseId}: ${title}`)).toEqual([
    'one: Update the program to see what is due here',
    'two: Visit',
    'one: Call',
  ])
})
