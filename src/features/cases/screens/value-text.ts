import type { PublicPack } from '../../../core/country.ts'
import { type Day, type Instant, startOfDay } from '../../../core/time.ts'
import type { Speech } from '../../../web/language.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { codeText } from './codes.ts'
import { choiceText } from './field-words.ts'

type Around = { speech: Speech; pack: PublicPack; timeZone: string; now: Instant }
type Field = { thing: string; field: string; list: string | null }

/** A value somebody wrote, as a person reads it: a code as its label, a day as a day, nothing said as a dash. */
export function valueText(around: Around, of: Field, value: unknown): string {
  const { speech, pack, timeZone, now } = around
  if (Array.isArray(value))
    return value.length === 0 ? '–' : value.map((part) => valueText(around, of, part)).join(', ')
  if (typeof value === 'boolean') return speech.t(value ? 'work.yes' : 'work.no')
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string' || value === '') return '–'
  if (of.list !== null) return codeText(pack, of.list, speech, value)
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return dayText(speech, startOfDay(value as Day, timeZone), timeZone, now)
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return momentText(speech, value as Instant, timeZone, now)
  // Whom or what an id names stands on the screen of the thing itself; here it would say nothing.
  if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value)) return speech.t('work.set')
  return choiceText(speech, of, value) ?? value
}
