import { describe, expect, test } from 'vitest'
import type { Op } from '../../../core/op.ts'
import { instant } from '../../../core/time.ts'
import { askedRow } from '../../../web/asked-signature.ts'
import { keyOf, type Row, type Rows } from '../../../web/replica.ts'
import { layOver } from './lay-over.ts'
import { signatureRows } from './rows.ts'

const now = instant('2026-03-01T22:00Z')
const asking = { type: 'best_interests.record_protection', payload: { caseId: 'c1' }, claimedAt: now } as unknown as Op // the rest is not looked at
const asked = askedRow(asking, { id: 's1', act: 'urgent_protection', aboutId: 'p1', why: 'Alone at night' })
const call = (over: Record<string, unknown> = {}) =>
  ({
    type: 'signatures.note_talk',
    claimedAt: now,
    payload: {
      id: 't1',
      caseId: 'c1',
      signatureId: 's1',
      act: 'urgent_protection',
      personId: null,
      who: 'The supervisor on duty',
      at: now,
      said: 'agreed',
      words: 'She agrees',
      ...over,
    },
  }) as unknown as Op // the rest of an operation is not looked at

function rowsAfter(first: Row, ...ops: Op[]): Rows {
  const rows = new Map([[keyOf(first), first]])
  for (const op of ops) for (const row of layOver(op, rows, null)) rows.set(keyOf(row), row)
  return rows
}

describe('a call that is written down without a line', () => {
  test('stands beside a request that was itself made without one, and answers nothing', () => {
    const [request] = signatureRows(rowsAfter(asked, call()), 'c1')
    expect(request).toMatchObject({
      answer: null,
      dueAt: instant('2026-03-04T22:00Z'),
      talks: [{ name: 'The supervisor on duty', said: 'agreed', words: 'She agrees', answeredToo: false }],
    })
  })

  test('names whoever the phone knows, and stands there once', () => {
    const signer = { personId: 'b', name: 'Ibu Ratna', organisation: null, turn: 'first', phone: null, calledAt: now }
    const known = { ...asked, fields: { ...asked.fields, signers: [signer] } }
    const [request] = signatureRows(
      rowsAfter(known, call({ personId: 'b', who: null }), call({ personId: 'b', who: null })),
      'c1',
    )
    expect(request?.talks.map(({ name }) => name)).toEqual(['Ibu Ratna'])
  })

  test('of a request this phone does not hold is not waited for', () => {
    expect(layOver(call({ signatureId: 'another' }), rowsAfter(asked), null)).toEqual([])
  })

  test('on a request of a server that knew nothing of calls is shown as well', () => {
    const { signers: _signers, talks: _talks, ...older } = asked.fields
    const [request] = signatureRows(rowsAfter({ ...asked, fields: older }, call()), 'c1')
    expect(request).toMatchObject({ signers: [], talks: [{ said: 'agreed' }] })
  })
})
