import { momentText } from '../../../web/moments.ts'
import type { Speech } from '../../../web/language.ts'
import type { Instant } from '../../../core/time.ts'
import type { OpenedCase } from './use-case.ts'

const FIRST: readonly string[] = ['cases.edit_safe_start', 'cases.write_first_answers', 'cases.edit_identity']

/** Who said the first answers of a case, and when, as far as this device has read it; null where nobody did. */
export function saidBefore(
  { file, timeZone }: Pick<OpenedCase, 'file' | 'timeZone'>,
  field: 'safeNow' | 'howKnown' | 'ageBasis',
  { speech, now }: { speech: Speech; now: Instant },
): { who: string; when: string } | null {
  const entry = file?.timeline.find(({ type, clear }) => FIRST.includes(type) && says(clear, field))
  if (entry === undefined) return null
  return { who: entry.actorName ?? '–', when: momentText(speech, entry.claimedAt, timeZone, now) }
}

/** An edit names its fields under `set`, a fact has them beside its id. */
function says(clear: Record<string, unknown>, field: string): boolean {
  const { set } = clear
  const of = typeof set === 'object' && set !== null ? (set as Record<string, unknown>) : clear // an object of an operation's schema
  return (of[field] ?? null) !== null
}
