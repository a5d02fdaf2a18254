import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import PO from 'pofile'
import * as z from 'zod'
import { countryCodes, loadCountry, readYaml } from './countries.ts'
import { codesOf, type Source, usedWords } from './used-words.ts'
import { type Catalogue, catalogueFaults, doorFaults, type Read, wordingFaults } from './word-faults.ts'

// `npm run check:words`: every word a person reads is in a catalogue, in every language that needs it, and is ours to use.
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')

/** Where a document speaks of the words we do not use. */
const MAY_QUOTE = ['docs/words.md']

const Glossary = z.looseObject({
  do_not_use: z.array(
    z.strictObject({
      pattern: z.string(),
      instead: z.string(),
      severity: z.enum(['error', 'warning']),
      allow_in: z.array(z.string()).optional(),
    }),
  ),
})

const catalogues = readdirSync(join(root, 'locales'))
  .filter((name) => name.endsWith('.po'))
  .map(catalogueOf)
const code = sourcesIn('src').filter(({ path }) => !path.includes('.test.') && !path.endsWith('word-ids.ts'))
const screens = code.filter(({ path }) => /^src\/(web|features\/[^/]+\/screens)\//.test(path))
const rules = code.filter(({ path }) =>
  /^src\/(core|server|features\/[^/]+)\/[^/]+\.ts$|^src\/crypto\/passphrase\.ts$/.test(path),
)
// What the server says itself, in an e-mail or on a locked phone.
const spoken = rules.filter(({ text }) => text.includes('wordsIn('))
const later = z.array(z.string()).parse(JSON.parse(readFileSync(join(root, 'locales/after-sign-in.json'), 'utf8')))
const DOOR = /(doors|SignIn|SignInForm|Unlock|enrol-page|Enrol|problem-text)\.tsx?$/
// What shows and records files is fetched by screens that have every word.
const atTheDoor = screens.filter(({ path }) => /^src\/web\/(?!files\/)/.test(path) || DOOR.test(path))
const { do_not_use } = readYaml(join(root, 'countries/international/glossary.yaml'), Glossary).data

const faults = [
  ...catalogueFaults(catalogues, usedWords([...screens, ...spoken]), codesOf(rules)),
  ...doorFaults(usedWords(atTheDoor), later),
  ...draftFaults(),
  ...wordingFaults([...wordsOf(catalogues), ...labels(), ...documents()], do_not_use),
]
for (const fault of faults) console.error(fault)
const count = catalogues.find(({ language }) => language === 'en')?.entries.length ?? 0
if (faults.length === 0)
  console.log(
    `${count} messages; ${catalogues.map(({ language, entries, isDraft }) => `${language} ${entries.length}${isDraft ? ' (draft)' : ''}`).join(', ')}.`,
  )
process.exit(faults.length === 0 ? 0 : 1)

function catalogueOf(name: string): Catalogue {
  const { headers, items } = PO.parse(readFileSync(join(root, 'locales', name), 'utf8'))
  return {
    language: name.replace('.po', ''),
    isDraft: headers['X-Draft'] === 'yes',
    entries: items.map((item) => ({ id: item.msgid, text: item.msgstr[0] ?? '' })),
  }
}

/** The banner "this language is a draft" and the mark in its file say the same. */
function draftFaults(): string[] {
  const text = readFileSync(join(root, 'src/web/language.ts'), 'utf8')
  return catalogues.flatMap(({ language, isDraft }) => {
    const shown = new RegExp(String.raw`^  ${language}: \{.*draft: (true|false)`, 'm').exec(text)?.[1]
    return shown === String(isDraft)
      ? []
      : [`${language}: its file and src/web/language.ts differ on whether it is a draft.`]
  })
}

function wordsOf(all: readonly Catalogue[]): Read[] {
  return all.flatMap(({ language, entries }) =>
    entries.map(({ id, text }) => ({ at: `${language}: ${id}`, text, kind: 'words' }) as const),
  )
}

/** Every label of every pack, as phones show it. */
function labels(): Read[] {
  const folder = join(root, 'countries')
  return countryCodes(folder).flatMap((country) =>
    textsIn(loadCountry(folder, country).pack, `countries/${country}`).map(
      (one) => ({ ...one, kind: 'label' }) as const,
    ),
  )
}

function textsIn(value: unknown, at: string): { at: string; text: string }[] {
  if (typeof value === 'string') return [{ at, text: value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, `${at} ${name}`))
}

function documents(): Read[] {
  const own = readdirSync(root).filter((name) => name.endsWith('.md'))
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name))
  return [...own, ...inDocs]
    .filter((path) => !MAY_QUOTE.includes(path))
    .map((path) => ({ at: path, text: readFileSync(join(root, path), 'utf8'), kind: 'document' }) as const)
}

function sourcesIn(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => ({
      path: relative(root, join(root, folder, name)),
      text: readFileSync(join(root, folder, name), 'utf8'),
    }))
}
