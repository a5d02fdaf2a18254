import type { BestInterestsRules } from '../../core/country.ts'
import { dayOf } from '../../core/time.ts'
import { isDetermination } from '../cases/major-decision.ts'
import { type BestInterestsRecord, CONSIDERATIONS } from './record.ts'

function said(text: string | null | undefined): boolean {
  return (text ?? '').trim() !== ''
}

/** What a record still lacks, in the order in which it is written. */
export const NEEDED = [
  'question',
  'trigger',
  'reviewed',
  'options',
  'weighed',
  'chosen',
  'child_view',
  'family_view',
  'considerations',
  'both_sides',
  'reconciled',
  'decision',
  'reasons',
  'undertaking',
  'conflict',
  'dissent',
  'quorum',
  'review',
] as const
export type Needed = (typeof NEEDED)[number]

/**
 * What stands in the way of a record. An assessment in an emergency may be short; a determination needs everything. Public
 * safety and the rights of the child are never weighed one without the other, and always with how both hold together.
 */
export function missingOf(of: BestInterestsRecord, { panel }: BestInterestsRules, timeZone: string): Needed[] {
  const isFull = of.kind !== 'bia_short'
  const isDetermined = isDetermination(of.kind)
  const chosen = of.options.filter((option) => option.isChosen).length
  const sides = [of.publicSafety, of.childRights].filter(said).length
  const conflicted = of.panel.filter((seat) => seat.conflict === 'declared')
  const lacks: Record<Needed, boolean> = {
    question: !said(of.question),
    trigger: isDetermined && of.triggers.length === 0,
    reviewed: of.kind === 'bid_review' && of.reviews === null,
    options: of.options.length < (isFull ? 2 : 1) || of.options.some((option) => !said(option.what)),
    weighed: of.options.some((option) => !said(option.speaksFor) || !said(option.speaksAgainst)),
    chosen: of.outcome === 'act' ? chosen !== 1 : chosen > 1,
    child_view: of.childHeard === 'heard' && !said(of.childView),
    family_view: of.familyHeard === 'heard' && !said(of.familyView),
    considerations: isFull && CONSIDERATIONS.every((name) => !said(of[name])),
    both_sides: isDetermined ? sides < 2 : sides === 1,
    reconciled: sides > 0 && !said(of.reconciled),
    decision: !said(of.decision),
    reasons: isFull && !said(of.reasons),
    undertaking: of.panel.some((seat) => !seat.undertook),
    conflict: conflicted.some((seat) => seat.position !== 'withdrew' || !said(seat.seatWords)),
    dissent: of.panel.some((seat) => seat.position === 'dissents' && !said(seat.seatWords)),
    quorum: isDetermined && deciding(of) < panel.quorum,
    review: isDetermined && (of.reviewOn === null || of.reviewOn <= dayOf(of.decidedAt, timeZone)),
  }
  return NEEDED.filter((need) => lacks[need])
}

/** How many of a panel decided: whoever declared a conflict has withdrawn and does not count. */
export function deciding({ panel }: Pick<BestInterestsRecord, 'panel'>): number {
  return panel.filter((seat) => seat.conflict === 'none' && seat.position !== 'withdrew').length
}
