import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import PO from 'pofile'

const read = new Map<string, ReadonlyMap<string, string>>()

/** The words of one language for what the server itself says; English where a draft lacks one. */
export function wordsIn(language: string): (id: string) => string {
  const [own, english] = [catalogueOf(language), catalogueOf('en')]
  return (id) => {
    const text = own.get(id) ?? english.get(id)
    if (text === undefined) throw new Error(`no message ${id}`)
    return text
  }
}

function catalogueOf(language: string): ReadonlyMap<string, string> {
  const known = read.get(language)
  if (known !== undefined) return known
  const path = join(folder(), `${language}.po`)
  const items = /^[a-z]{2,3}$/.test(language) && existsSync(path) ? PO.parse(readFileSync(path, 'utf8')).items : []
  const found = new Map(
    items
      .filter(({ msgid, msgstr }) => msgid.startsWith('notices.') && (msgstr[0] ?? '') !== '')
      .map(({ msgid, msgstr }) => [msgid, msgstr[0] ?? '']),
  )
  read.set(language, found)
  return found
}

/** `locales` stands beside `src`, and beside `dist`, which holds a `src` of its own. */
function folder(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  return here.includes(join('dist', 'src'))
    ? join(here, '..', '..', '..', 'locales')
    : join(here, '..', '..', 'locales')
}
