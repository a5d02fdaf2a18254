import type { PublicPack } from '../../../core/country.ts'
import { Question, type SafeguardRule } from '../../../core/safeguard-rule.ts'
import { type Instant, toMillis } from '../../../core/time.ts'
import type { Speech } from '../../../web/language.ts'
import { lengthText, momentText } from '../../../web/moments.ts'
import { pick } from '../../../web/ui/form-values.ts'
import type { Tone } from '../../../web/ui/Status.tsx'
import type { Standing } from '../duties.ts'
import type { Clock } from '../safeguards.ts'

export function ruleOf(pack: PublicPack, id: string): SafeguardRule | null {
  return pack.safeguards.find((rule) => rule.id === id) ?? null
}

/** A duty in a few words: the safeguard's title, or the question in the words of the program. */
export function dutyTitle(pack: PublicPack, { t, label }: Speech, id: string): string {
  const rule = ruleOf(pack, id)
  if (rule !== null) return label(rule.title)
  const question = pick(Question.options, id)
  return question === null ? id : t(`justice.question.${question}`)
}

/** "24 h", "14 days", "6 months": a limit as the law writes it. */
export function durationText({ t }: Pick<Speech, 't'>, duration: string): string {
  const [, months, weeks, days, hours] = /^P(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?)?/.exec(duration) ?? []
  const said = [
    months === undefined ? '' : t('justice.limit.months', { count: Number(months) }),
    weeks === undefined ? '' : t('justice.limit.weeks', { count: Number(weeks) }),
    days === undefined || days === '0' ? '' : t('time.days', { count: Number(days) }),
    hours === undefined ? '' : t('time.hours', { count: Number(hours) }),
  ].filter((text) => text !== '')
  return said.length === 0 ? t('justice.limit.at_once') : said.join(' ')
}

/** The limit of a safeguard with the event it runs from: "24 h after first custody". */
export function limitText(pack: PublicPack, speech: Speech, id: string): string {
  const rule = ruleOf(pack, id)
  if (rule === null || rule.limit === null || rule.starts === null) return ''
  const limit = durationText(speech, rule.limit)
  if (/^P(T?0[A-Z])+$/.test(rule.limit)) return limit
  const event = speech.find(`justice.from.${rule.starts}`)
  return event === null ? limit : speech.t('justice.limit.from', { limit, event })
}

/** Under each limit: the law it rests on, and how sure we are. What counsel has not confirmed is never shown as settled. */
export function lawText(pack: PublicPack, { t }: Pick<Speech, 't'>, rule: SafeguardRule): string {
  const [first] = rule.sources
  const law = first === undefined ? '' : (pack.sources[first.id] ?? first.id)
  const confidence = rule.limit === null ? rule.confidence : (rule.limitConfidence ?? rule.confidence)
  return [law, t(`justice.confidence.${confidence}`)].filter((text) => text !== '').join(' · ')
}

export function sourceText(pack: PublicPack, { id, locator }: SafeguardRule['sources'][number]): string {
  const title = pack.sources[id] ?? id
  return locator === undefined ? title : `${title}, ${locator}`
}

/** Where two limits differ: the one that does not time the clock, said beside it. */
export function otherLimitText(speech: Speech, rule: SafeguardRule): string | null {
  if (rule.otherLimit === null) return null
  const { of, limit, confidence } = rule.otherLimit
  return speech.t(of === 'national' ? 'justice.other_limit.national' : 'justice.other_limit.international', {
    limit: durationText(speech, limit),
    confidence: speech.t(`justice.confidence.${confidence}`),
  })
}

export const TONES: Record<Standing, Tone> = {
  not_met: 'urgent',
  passed: 'urgent',
  due_soon: 'due',
  to_find_out: 'quiet',
  running: 'quiet',
  met_late: 'due',
  met: 'ok',
  ended: 'info',
}

/** The word for a standing, with the time that is left or the moment it was kept. */
export function standingText(
  pack: PublicPack,
  speech: Speech,
  of: { id: string; standing: Standing; clock: Clock | null },
  around: { now: Instant; timeZone: string },
): string {
  const { t } = speech
  const { standing, clock } = of
  if (clock !== null && (standing === 'due_soon' || standing === 'running'))
    return t('justice.left', { length: lengthText(speech, toMillis(clock.dueAt) - toMillis(around.now)) })
  if (clock !== null && clock.metAt !== null && standing === 'met')
    return t('justice.met_at', { when: momentText(speech, clock.metAt, around.timeZone, around.now) })
  // Child protection heard late: that is a fact about the notice, not about whoever records it.
  if (standing === 'met_late' && ruleOf(pack, of.id)?.metBy.includes('known') === true)
    return t('justice.late_notification')
  return t(`justice.standing.${standing}`)
}

/** How much of the time is gone, 0 to 1; null where there is no time to run. */
export function usedOf(clock: Clock | null, now: Instant): number | null {
  if (clock === null || clock.dueAt <= clock.startsAt) return null
  const until = clock.metAt !== null && clock.metAt < now ? clock.metAt : now
  return (toMillis(until) - toMillis(clock.startsAt)) / (toMillis(clock.dueAt) - toMillis(clock.startsAt))
}
