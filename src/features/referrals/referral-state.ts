import { addMillis, endOfDay, type Instant } from '../../core/time.ts'
import type { LetterLink } from './letter.ts'
import type { Referral, ReferralAnswer, ReferralAnswerCode } from './referral.ts'

/** How one referral stands, for its worker and her day. */
export type ReferralState = ReferralAnswerCode | 'waiting' | 'no_answer'

type Answers = readonly Pick<ReferralAnswer, 'referralId' | 'answer' | 'answeredAt'>[]
type Links = readonly (Pick<LetterLink, 'referralId'> & Partial<Pick<LetterLink, 'answer' | 'answeredAt'>>)[]

/** The newest answer, told to the worker or given behind the link; without one, whether its day has passed. */
export function referralState(
  referral: Pick<Referral, 'id' | 'answerBy'>,
  answers: Answers,
  links: Links,
  now: Instant,
  timeZone: string,
): ReferralState {
  const given = lastAnswer(referral, answers, links)
  return given?.answer ?? (answerDue(referral, timeZone) < now ? 'no_answer' : 'waiting')
}

/** The newest answer to a letter, whichever way it came; null without one. */
export function lastAnswer(
  { id }: Pick<Referral, 'id'>,
  answers: Answers,
  links: Links,
): { answer: ReferralAnswerCode; answeredAt: Instant } | null {
  const given = [
    ...answers.filter((one) => one.referralId === id),
    ...links.flatMap(({ referralId, answer = null, answeredAt = null }) =>
      referralId === id && answer !== null && answeredAt !== null ? [{ answer, answeredAt }] : [],
    ),
  ].sort((a, b) => (a.answeredAt < b.answeredAt ? 1 : -1))
  return given[0] ?? null
}

/** The last moment of the day by which an answer was asked for: in a list it falls on the day that the letter names. */
export function answerDue({ answerBy }: Pick<Referral, 'answerBy'>, timeZone: string): Instant {
  return addMillis(endOfDay(answerBy, timeZone), -1)
}
