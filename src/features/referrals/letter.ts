import type { Labels } from '../../core/safeguard-rule.ts'
import type { Day, Instant } from '../../core/time.ts'
import type { LetterLine, Referral } from './referral.ts'

/** A letter exactly as its receiver gets it: on paper, in the preview, and behind a link. No alias, no id, no code of ours. */
export type Letter = {
  organisation: string
  toWhom: string | null
  office: string
  replyTo: string
  /** What is asked for, in each language the country has a word for it. */
  need: Labels
  sentAt: Instant
  answerBy: Day
  message: string | null
  lines: readonly LetterLine[]
}

export function letterOf(
  referral: Pick<Referral, 'organisation' | 'toWhom' | 'replyTo' | 'sentAt' | 'answerBy' | 'message' | 'lines'>,
  office: string,
  need: Labels,
): Letter {
  const { organisation, toWhom, replyTo, sentAt, answerBy, message, lines } = referral
  return { organisation, toWhom, office, replyTo, need, sentAt, answerBy, message, lines }
}

/** A letter is read in two pieces, each asked for by itself: first who asks and for what, then what is told of the child. */
export type Piece = { at: 0; head: Omit<Letter, 'lines'> } | { at: 1; lines: readonly LetterLine[] }

export function pieceOf(letter: Letter, at: 0 | 1): Piece {
  const { lines, ...head } = letter
  return at === 0 ? { at, head } : { at, lines }
}

/** How a link stands, for the worker who gave it: neither its secret nor what it opens. */
export type LetterLink = {
  id: string
  caseId: string
  referralId: string
  madeAt: Instant
  endsAt: Instant
  openedAt: Instant | null
  readAt: Instant | null
  endedAt: Instant | null
  endedWhy: 'read' | 'withdrawn' | 'tries' | 'ended' | null
  answer: 'accepted' | 'asked' | 'declined' | null
  answeredAt: Instant | null
  /** When the case went to another office while a receiver could still read it. */
  handedOnAt: Instant | null
}
