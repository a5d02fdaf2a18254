import type { PublicPack } from '../../../core/country.ts'
import { type Day, type Instant, startOfDay } from '../../../core/time.ts'
import type { Speech } from '../../../web/language.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { codeText } from './codes.ts'

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
  return wordOf(speech, of, value) ?? value
}

/** Choices whose words stand under another name than their field's. */
const NAMES: { [field: string]: string } = {
  safeNow: 'safe',
  ageBand: 'age',
  childAgrees: 'agree',
  carerAgrees: 'agree',
  safeguards: 'aid',
  waitsFor: 'waits',
}

/** A choice of ours has its words beside the form it belongs to. */
function wordOf({ find }: Speech, { thing, field }: Field, code: string): string | null {
  if (!/^[a-z0-9_]+$/.test(code)) return null
  const [feature = '', ...kind] = thing.split('_')
  for (const name of [NAMES[field] ?? field, kind.join('_')]) {
    const word = find(`${feature}.${name}.${code}`) ?? find(`cases.${name}.${code}`)
    if (word !== null) return word
  }
  return null
}
