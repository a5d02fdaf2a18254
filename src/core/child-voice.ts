import { refuse } from './decision.ts'
import type { AnyRefusal } from './op.ts'
import { refuseImpossible } from './possible.ts'
import { NonAnswer } from './questions.ts'
import { words } from './schema.ts'
import { Day, dayOf, type Instant, startOfDay } from './time.ts'

/**
 * The child's own words beside a decision, and the day on which it said them; or why there are none. Kept apart from what the
 * worker decides and writes. An operation of a program that did not ask yet says that nobody has asked.
 */
export const childVoice = {
  childSays: words(2000).nullable().default(null),
  childSaidOn: Day.nullable().default(null).meta({ class: 'C2' }),
  childSilent: NonAnswer.nullable().default('not_asked_yet').meta({ class: 'C2' }),
}
export type ChildVoice = { childSays: string | null; childSaidOn: Day | null; childSilent: NonAnswer | null }

type No = { ok: false; refusal: AnyRefusal } | null

/** Words have their day; where there are none, it is said why. Nobody is held up by it: not asked yet is an answer too. */
export function refuseVoice({ childSays, childSaidOn, childSilent }: ChildVoice, now: Instant, timeZone: string): No {
  if ((childSays ?? '') === '') return childSilent === null ? refuse({ reason: 'decision_without_child' }) : null
  if (childSaidOn === null) return refuse({ reason: 'words_without_day' })
  return refuseSaidOn([childSaidOn], now, timeZone)
}

/** Nobody has said anything on a day to come, or before anybody now a child was born. */
export function refuseSaidOn(days: readonly (Day | null)[], now: Instant, timeZone: string): No {
  for (const day of days) {
    if (day === null) continue
    if (day > dayOf(now, timeZone)) return refuse({ reason: 'in_the_future', moment: day })
    const no = refuseImpossible([startOfDay(day, timeZone)], now)
    if (no !== null) return no
  }
  return null
}
