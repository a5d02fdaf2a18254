import { type CompiledMessage, compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import type { Codes, UsedWords } from './used-words.ts'

export type Catalogue = {
  language: string
  /** Waits for a native reader; what it lacks stands in English, but for safety words. */
  isDraft: boolean
  entries: { id: string; text: string }[]
}

/** Words a person in danger or in doubt must be able to read in her own language, draft or not. */
const SAFETY = [
  /^(banner|lock|error|refused|answer|notice)\./,
  /^cases\.basis/,
  /^access\.(rights|hide|erase|sign_out|discard)_?/,
  /^frame\.hide$/,
  /^save\.(kept|not_kept|not_yet|attention)$/,
]

/** Everything that is wrong with the catalogues, one sentence each. */
export function catalogueFaults(catalogues: readonly Catalogue[], used: UsedWords, codes: Codes): string[] {
  const english = catalogues.find((catalogue) => catalogue.language === 'en')
  if (english === undefined) return ['en: the English catalogue is missing.']
  const known = new Map(english.entries.map(({ id, text }) => [id, text]))
  return [
    ...catalogues.flatMap(orderFaults),
    ...[...used.ids, ...codes.wanted]
      .filter(({ id }) => !isKnown(id, known))
      .map(({ id, at }) => `${at}: ${id} has no message in locales/en.po.`),
    ...english.entries.filter(({ id }) => !isUsed(id, used, codes)).map(({ id }) => `en: ${id} is used nowhere.`),
    ...catalogues.filter((one) => one !== english).flatMap((one) => translationFaults(one, known)),
    ...catalogues.flatMap(({ language, entries }) =>
      entries.flatMap(({ id, text }) => messageFaults(`${language}: ${id}`, text, known.get(id) ?? text)),
    ),
    ...used.bare.map(({ text, at }) => `${at}: “${text}” stands on a screen and in no catalogue.`),
  ]
}

/** What the shell and the door say must be there before anybody has signed in, when only the door's words are. */
export function doorFaults(used: UsedWords, later: readonly string[]): string[] {
  return used.ids
    .filter(({ id }) => later.some((beginning) => id.startsWith(beginning)))
    .map(({ id, at }) => `${at}: ${id} is fetched only after signing in (locales/after-sign-in.json).`)
}

/** An operation may have a sentence for each kind instead of one for all. */
function isKnown(id: string, known: ReadonlyMap<string, string>): boolean {
  return known.has(id) || (id.startsWith('did.') && [...known.keys()].some((one) => one.startsWith(`${id}.`)))
}

function isUsed(id: string, used: UsedWords, codes: Codes): boolean {
  if (used.ids.some((one) => one.id === id) || used.literals.has(id)) return true
  if (codes.wanted.some((one) => one.id === id || id.startsWith(`${one.id}.`))) return true
  // A sentence for a code that neither a rule nor the phone itself can give is as unused as any other.
  if (/^(refused|error|did)\./.test(id)) return used.literals.has(id.slice(id.lastIndexOf('.') + 1))
  if (used.patterns.some((pattern) => pattern.test(id))) return true
  const family = id.slice(0, id.lastIndexOf('.'))
  return family.includes('.') && used.literals.has(family)
}

function orderFaults({ language, entries }: Catalogue): string[] {
  return entries.flatMap(({ id }, at) => {
    const before = entries[at - 1]?.id
    if (before === id) return [`${language}: ${id} stands there twice.`]
    return before !== undefined && before > id ? [`${language}: ${id} is out of order; npm run words sorts.`] : []
  })
}

function translationFaults({ language, isDraft, entries }: Catalogue, known: ReadonlyMap<string, string>): string[] {
  const here = new Map(entries.map(({ id, text }) => [id, text]))
  const missing = [...known.keys()].filter((id) => (here.get(id) ?? '') === '')
  return [
    ...missing
      .filter((id) => !isDraft || SAFETY.some((rule) => rule.test(id)))
      .map((id) => `${language}: ${id} has no message${isDraft ? ', and it is a safety word' : ''}.`),
    ...[...here.keys()].filter((id) => !known.has(id)).map((id) => `${language}: ${id} is not in English.`),
  ]
}

/** A message that cannot be read, or that asks for other values than the English one. */
function messageFaults(name: string, text: string, english: string): string[] {
  const wanted = valuesOf(english)
  const asked = valuesOf(text)
  if (asked === null) return [`${name} cannot be read as a message.`]
  if (wanted === null) return []
  return [
    ...[...wanted.shown].filter((value) => !asked.all.has(value)).map((value) => `${name} leaves out {${value}}.`),
    ...[...asked.all]
      .filter((value) => !wanted.all.has(value))
      .map((value) => `${name} asks for {${value}}, which nobody gives.`),
  ]
}

/** The values a message asks for; `shown` are those that stand in it, not only choose between its forms. */
function valuesOf(text: string): { all: Set<string>; shown: Set<string> } | null {
  const all = new Set<string>()
  const shown = new Set<string>()
  const read = (tokens: CompiledMessage, counted: string | null): void => {
    for (const token of tokens) {
      if (typeof token === 'string') {
        // What the parser could not read it leaves standing as it was.
        if (/[{}]/.test(token)) throw new SyntaxError(token)
        if (counted !== null && token === '#') shown.add(counted)
        continue
      }
      const [name, , choices] = token
      all.add(name)
      if (typeof choices !== 'object' || choices === null) shown.add(name)
      else for (const choice of Object.values(choices)) if (Array.isArray(choice)) read(choice, name)
    }
  }
  try {
    read(compileMessageOrThrow(text), null)
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  }
  return { all, shown }
}

/** A row of the do-not-use list. */
export type DoNotUse = {
  pattern: string
  instead: string
  severity: 'error' | 'warning'
  allow_in?: string[] | undefined
}

/** Texts people read; `words` are the program's own, where even a doubtful word has no place. */
export type Read = { at: string; text: string; kind: 'words' | 'label' | 'document' }

/** Words we never use, wherever a person reads; a quotation is somebody else's word. */
export function wordingFaults(texts: readonly Read[], list: readonly DoNotUse[]): string[] {
  const rules = list.map((rule) => ({
    ...rule,
    search: new RegExp(`(?<![\\p{L}\\p{N}])(?:${rule.pattern})(?![\\p{L}\\p{N}])`, 'iu'),
  }))
  return texts.flatMap(({ at, text, kind }) =>
    rules.flatMap(({ search, severity, instead, allow_in: allowed = [] }) => {
      if (severity === 'warning' && kind !== 'words') return []
      const own = kind === 'words' || !allowed.includes('quotation') ? text : text.replaceAll(/“[^”]*”|"[^"\n]*"/g, '')
      const found = search.exec(own)
      return found === null ? [] : [`${at}: “${found[0]}” is not our word; say “${instead}”.`]
    }),
  )
}
