import { readFileSync } from 'node:fs'
import { setupI18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import PO from 'pofile'
import { labelIn } from '../src/core/read-country.ts'
import type { Labels } from '../src/core/safeguard-rule.ts'
import { loadCountry } from '../src/server/countries.ts'

type Values = Record<string, string | number>

/** The words of the program in English, read from its own catalogue; fits where a screen wants its `Speech`. */
export function english() {
  const { items } = PO.parse(readFileSync('locales/en.po', 'utf8'))
  const messages = Object.fromEntries(items.map((item) => [item.msgid, compileMessage(item.msgstr[0] ?? '')]))
  const i18n = setupI18n({ locale: 'en', locales: 'en-GB', messages: { en: messages } })
  return {
    language: 'en' as const,
    dir: 'ltr' as const,
    format: 'en-GB',
    t: (id: string, values?: Values) => i18n._(id, values),
    label: (labels: Labels) => labelIn(labels, 'en'),
    find: (id: string, values?: Values) => (id in messages ? i18n._(id, values) : null),
  }
}

/** The fictional country as a phone holds it. */
export function demoPack() {
  return loadCountry('countries', 'demo').pack
}
