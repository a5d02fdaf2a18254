import { setupI18n } from '@lingui/core'
import { labelIn } from '../core/read-country.ts'
import type { Labels } from '../core/safeguard-rule.ts'
import type { WordId } from './word-ids.ts'

/** The languages of the program, each named in itself; a draft still waits for a native reader. */
export const LANGUAGES = {
  en: { name: 'English', dir: 'ltr', draft: false, format: 'en-GB' },
  id: { name: 'Bahasa Indonesia', dir: 'ltr', draft: false, format: 'id' },
  ms: { name: 'Bahasa Melayu', dir: 'ltr', draft: true, format: 'ms' },
  fil: { name: 'Filipino', dir: 'ltr', draft: true, format: 'fil' },
  // Browsers hold no Dhivehi dates and numbers; they stand in Latin digits until they do.
  dv: { name: 'ދިވެހި', dir: 'rtl', draft: true, format: 'en-GB' },
} as const
export type Language = keyof typeof LANGUAGES

/** Finds the words for an id of `locales/`; every text on a screen comes from here or from the country pack. */
export type Translate = (id: WordId, values?: Record<string, string | number>) => string

export type Speech = {
  language: Language
  dir: 'ltr' | 'rtl'
  format: string
  t: Translate
  /** The label of a country's own list, in this language or in English. */
  label: (labels: Labels) => string
  /** The words of an id that comes from data, or null where there are none. */
  find: (id: string, values?: Record<string, string | number>) => string | null
  /** Set where words leave the screen. */
  onPaper?: true
}

/** A paper or a file is read on another day than the one it was made on: every day with its year, none told from today. */
export function onPaper(speech: Speech): Speech {
  return { ...speech, onPaper: true }
}

// One import each, so that a phone loads the one language it speaks; what only screens behind the door say comes later.
const CATALOGUES = {
  en: [() => import('virtual:words/en'), () => import('virtual:words/en-later')],
  id: [() => import('virtual:words/id'), () => import('virtual:words/id-later')],
  ms: [() => import('virtual:words/ms'), () => import('virtual:words/ms-later')],
  fil: [() => import('virtual:words/fil'), () => import('virtual:words/fil-later')],
  dv: [() => import('virtual:words/dv'), () => import('virtual:words/dv-later')],
} as const

/** How much of a language is wanted: what is said at the door, or everything. */
export type Extent = 'door' | 'all'

/** Loads one language. */
export async function loadSpeech(language: Language, extent: Extent): Promise<Speech> {
  const [door, later] = CATALOGUES[language]
  const found = await Promise.all(extent === 'all' ? [door(), later()] : [door()])
  const messages = Object.assign({}, ...found.map((one) => one.messages)) as (typeof found)[number]['messages'] // ids of two files, none in both
  const i18n = setupI18n({ locale: language, locales: LANGUAGES[language].format, messages: { [language]: messages } })
  const { dir, format } = LANGUAGES[language]
  return {
    language,
    dir,
    format,
    t: (id, values) => i18n._(id, dir === 'rtl' ? isolated(values) : values),
    label: (labels) =>
      dir === 'rtl' && labels[language] === undefined ? apart(labelIn(labels, language)) : labelIn(labels, language),
    find: (id, values) => (id in messages ? i18n._(id, values) : null),
  }
}

/** A text that runs from left to right, set apart inside one that does not. */
function apart(text: string): string {
  return `\u2066${text}\u2069`
}

/** Names and words inside a sentence from right to left, each in its own direction. */
function isolated(values: Record<string, string | number> = {}): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? `\u2068${value}\u2069` : value]),
  )
}

export function isLanguage(text: string | null | undefined): text is Language {
  return text !== null && text !== undefined && text in LANGUAGES
}

/** The first language of the browser that we speak, else English. */
export function preferredLanguage(wanted: readonly string[], offered: readonly string[]): Language {
  for (const tag of wanted) {
    // Android says "in" for Indonesian and "tl" for Filipino.
    const short = { in: 'id', tl: 'fil' }[tag.split('-')[0] ?? ''] ?? tag.split('-')[0]
    if (isLanguage(short) && offered.includes(short)) return short
  }
  return 'en'
}

/** Sets language and direction of the page; the title stays neutral. */
export function speakOnPage(page: Document, speech: Pick<Speech, 'language' | 'dir'>): void {
  page.documentElement.lang = speech.language
  page.documentElement.dir = speech.dir
}
