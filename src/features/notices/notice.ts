import { addDuration, dayOf, type Instant, startOfDay, toMillis } from '../../core/time.ts'

/** How urgent: something waits for her, a limit comes near, a limit has passed. There is no other word for it. */
export const STAGES = ['waits', 'due_soon', 'passed'] as const
export type Stage = (typeof STAGES)[number]

/** All a notice that leaves the house knows: how urgent, and by when. Whoever reads it over her shoulder learns no more. */
export type Said = { stage: Stage; dueAt: Instant | null }

/** The sentences there are, and the one value that may stand in them. */
export const SENTENCES = [
  'notices.say.waits',
  'notices.say.waits_by',
  'notices.say.due_soon',
  'notices.say.passed',
] as const
export type SentenceId = (typeof SENTENCES)[number]

export function sentenceId({ stage, dueAt }: Said): SentenceId {
  if (dueAt === null) return 'notices.say.waits'
  return stage === 'waits' ? 'notices.say.waits_by' : `notices.say.${stage}`
}

/** How days are written; there are no Dhivehi ones, and they stand in Latin digits until there are. */
const FORMATS: Record<string, string> = { en: 'en-GB', dv: 'en-GB' }
const RIGHT_TO_LEFT = ['dv']

export function isRightToLeft(language: string): boolean {
  return RIGHT_TO_LEFT.includes(language)
}

/** A moment in the time of the country, with its name: a person who travels must not read it as another. */
export function byWhen(dueAt: Instant, language: string, timeZone: string): string {
  const text = new Intl.DateTimeFormat(FORMATS[language] ?? language, {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZoneName: 'short',
  }).format(toMillis(dueAt))
  return isRightToLeft(language) ? `\u2066${text}\u2069` : text
}

/** The whole text of a notice, in her language. */
export function sayNotice(said: Said, t: (id: string) => string, language: string, timeZone: string): string {
  const sentence = t(sentenceId(said))
  return said.dueAt === null ? sentence : sentence.replaceAll('{by}', byWhen(said.dueAt, language, timeZone))
}

/** Several at once are one: the most urgent of them, and the first moment of those. */
export function together(all: readonly Said[]): Said {
  const stage = STAGES.findLast((one) => all.some((said) => said.stage === one)) ?? 'waits'
  const moments = all.flatMap((said) => (said.stage === stage && said.dueAt !== null ? [said.dueAt] : []))
  return { stage, dueAt: moments.sort()[0] ?? null }
}

/** At night only what is urgent comes. */
const NIGHT = { from: 'PT21H', to: 'PT6H' }

/** When a notice may leave: now, or at the end of the night. What has passed, or passes before the morning, never waits. */
export function leavesAt({ stage, dueAt }: Said, now: Instant, timeZone: string): Instant {
  const today = startOfDay(dayOf(now, timeZone), timeZone)
  const evening = addDuration(today, NIGHT.from, timeZone)
  const morning = addDuration(now < evening ? today : addDuration(today, 'P1D', timeZone), NIGHT.to, timeZone)
  const isNight = now >= evening || now < morning
  const isUrgent = stage === 'passed' || (dueAt !== null && dueAt <= morning)
  return isNight && !isUrgent ? morning : now
}

/** After how many attempts a notice is given up; the last comes some four hours after the first. */
export const ATTEMPTS = 9

/** How long to wait after an attempt that did not succeed: one minute, then twice as long each time. */
export function waitAfter(tries: number): number {
  return 60_000 * 2 ** (tries - 1)
}
