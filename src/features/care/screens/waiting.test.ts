import { describe, expect, test } from 'vitest'
import { addMillis, instant } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { keyOf, type Row } from '../../../web/replica.ts'
import { demoPack, english } from '../../../../test/speech.ts'
import { tasks } from './tasks.ts'

const NOW = instant('2026-03-02T08:00Z')
const DAY = 86_400_000
const [pack, speech] = [demoPack(), english()]
const [caseId, workerId, colleagueId] = [newId(), newId(), newId()]
const caseRow: Row = {
  thing: 'case',
  id: caseId,
  caseId,
  version: 1,
  fields: {
    id: caseId,
    alias: 'Blue Heron',
    state: 'open',
    region: 'NC-TL',
    openedAt: NOW,
    workerId,
    threatened: false,
  },
}

/** How a task stands on the day of the worker who carries the case. */
function seen(over: Record<string, unknown>) {
  const id = newId()
  const fields = {
    state: 'open',
    dueAt: addMillis(NOW, DAY),
    ownerId: null,
    title: 'Ask the court for the paper',
    ...over,
  }
  const rows = new Map(
    [caseRow, { thing: 'care_task', id, caseId, version: 1, fields }].map((row) => [keyOf(row), row]),
  )
  const [task] = tasks({ rows, pack, now: NOW, speech })
  return { waits: task?.waits ?? false, why: task?.why }
}

describe('a task', () => {
  test('that is the worker’s own stands among her work', () => {
    expect(seen({})).toMatchObject({ waits: false })
    expect(seen({ ownerId: workerId })).toMatchObject({ waits: false })
  })
  test('that waits for an authority stands apart until its day, and says for whom it waits', () => {
    expect(seen({ waitsFor: 'authority' })).toEqual({ waits: true, why: 'The answer of an authority' })
  })
  test('that has waited until its day is the worker’s again: she asks again', () => {
    const dueAt = addMillis(NOW, -1)
    expect(seen({ waitsFor: 'authority', dueAt })).toEqual({ waits: false, why: 'No answer yet: ask again.' })
  })
  test('that a colleague does stands apart until it is done', () => {
    expect(seen({ ownerId: colleagueId, dueAt: addMillis(NOW, -DAY) })).toMatchObject({ waits: true })
    expect(seen({ ownerId: colleagueId, state: 'done' })).toEqual({ waits: false, why: undefined })
  })
})
