import { describe, expect, test } from 'vitest'
import { english } from '../../test/speech.ts'
import { instant } from '../core/time.ts'
import { dayText, momentText } from './moments.ts'

const NOW = instant('2026-11-26T00:30:00Z')
const ZONE = 'Asia/Jakarta'
const screen = english()
const paper = { ...screen, onPaper: true as const }

describe('a moment is told from today on a screen, and as its own date on what leaves it', () => {
  test.each([
    // moment                the screen says       the paper says
    ['2026-11-26T09:00:00Z', 'today 16:00', 'Thu, 26 Nov 2026, 16:00'],
    ['2026-11-27T09:00:00Z', 'tomorrow 16:00', 'Fri, 27 Nov 2026, 16:00'],
    ['2026-11-25T09:00:00Z', 'yesterday 16:00', 'Wed, 25 Nov 2026, 16:00'],
    ['2026-12-03T09:00:00Z', 'Thu 3 Dec, 16:00', 'Thu, 3 Dec 2026, 16:00'],
  ])('%s: %s, %s', (moment, onScreen, onPaper) => {
    expect(momentText(screen, instant(moment), ZONE, NOW)).toBe(onScreen)
    expect(momentText(paper, instant(moment), ZONE, NOW)).toBe(onPaper)
  })

  test('a day on paper has its year, also in the year it is printed', () => {
    expect(dayText(screen, NOW, ZONE, NOW)).toBe('Thu 26 Nov')
    expect(dayText(paper, NOW, ZONE, NOW)).toBe('Thu, 26 Nov 2026')
  })
})
