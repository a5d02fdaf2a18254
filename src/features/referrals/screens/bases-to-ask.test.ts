import { describe, expect, test } from 'vitest'
import { instant } from '../../../core/time.ts'
import { basesToAsk } from './bases-to-ask.ts'

describe('a reason for telling without consent', () => {
  const decidedAt = instant('2026-03-10T18:00Z')
  const asks = (now: string, over: [string, Record<string, unknown>][] = []) => {
    const of = { purpose: 'referral_specific', recipient: 'foster_or_shelter' }
    const facts: [string, Record<string, unknown>][] = [
      ['lawful_basis', { id: 'b', ...of, decidedAt, decision: 'signed' }],
      ...over,
    ]
    const rows = new Map(
      facts.map(([thing, fields], n) => [`${thing}/${n}`, { thing, id: `${n}`, caseId: 'c', version: null, fields }]),
    )
    return basesToAsk(rows as never, 'c', instant(now), 'Asia/Jakarta').length // rows as a device holds them
  }
  test('is asked again from two weeks before it runs out, until somebody was asked or a new one was written down', () => {
    expect(asks('2026-05-20T00:00Z')).toBe(0)
    expect(asks('2026-06-01T00:00Z')).toBe(1)
    expect(asks('2026-06-20T00:00Z')).toBe(1)
    const of = { purpose: 'referral_specific', recipient: 'foster_or_shelter' }
    expect(asks('2026-06-01T00:00Z', [['consent_record', { ...of, askedAt: instant('2026-05-01T00:00Z') }]])).toBe(0)
    expect(asks('2026-06-01T00:00Z', [['lawful_basis', { ...of, decidedAt: instant('2026-05-30T00:00Z') }]])).toBe(0)
    expect(asks('2026-08-01T00:00Z')).toBe(0)
  })
})
