import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import { isCollection, LineCounter, type Node, parseDocument } from 'yaml'
import * as z from 'zod'
import { AliasWords, Code, CountryFile, EmergencyFile, PublicPack } from '../core/country.ts'
import { SafeguardRule } from '../core/safeguard-rule.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { StartError } from './config.ts'
import { InternationalSafeguards, NationalSafeguards, rulesOf } from './safeguard-files.ts'

/** A country pack that cannot be used: file, line and one sentence. */
export class CountryPackError extends StartError {}

export type CompiledPack = { pack: PublicPack; hash: string; json: string }

/** Reads a country over the international base, checks every file, and compiles what goes to the phone. */
export function loadCountry(folder: string, code: string): CompiledPack {
  const base = join(folder, 'international')
  const own = join(folder, code)
  if (!/^[A-Za-z]{3,20}$/.test(code) || !existsSync(join(own, 'country.yaml')))
    throw new StartError(`There is no country pack called ${code}. Packs: ${countryCodes(folder).join(', ')}.`)
  const country = readYaml(join(own, 'country.yaml'), CountryFile)
  const international = readYaml(join(base, 'safeguards.yaml'), InternationalSafeguards)
  const national = readYaml(join(own, 'safeguards.yaml'), NationalSafeguards)
  const restricted = readYaml(join(base, 'case-management.yaml'), RestrictedLists)
  const hidden = new Set(
    Object.entries(restricted.code_lists)
      .filter(([, list]) => list.restricted === true)
      .map(([id]) => id),
  )
  const codeLists = { ...readCodeLists(join(base, 'code-lists')), ...readCodeLists(join(own, 'code-lists')) }
  const { holidays: _later, ...shown } = country
  const safeguards = z.array(SafeguardRule).parse(rulesOf(international, national, join(own, 'safeguards.yaml')))
  const pack = {
    ...shown,
    safeguards,
    sources: titlesOf(readYaml(join(base, 'sources.yaml'), Sources), safeguards),
    emergency: existsSync(join(own, 'emergency.yaml')) ? readYaml(join(own, 'emergency.yaml'), EmergencyFile) : [],
    // What only `association` may hold is no business of a phone's public file.
    codeLists: Object.fromEntries(Object.entries(codeLists).filter(([id]) => !hidden.has(id))),
    aliasWords: readYaml(join(base, 'alias-words.yaml'), AliasWords),
  } satisfies PublicPack
  const json = JSON.stringify(PublicPack.parse(pack))
  return { pack, hash: sha256Hex(json).slice(0, 32), json }
}

const Sources = z.looseObject({ sources: z.array(z.looseObject({ id: z.string(), title: z.string() })) })

/** The titles of the sources that safeguards name; the others stay on the server. */
function titlesOf({ sources }: z.infer<typeof Sources>, safeguards: readonly SafeguardRule[]): Record<string, string> {
  const named = new Set(safeguards.flatMap((rule) => rule.sources.map((source) => source.id)))
  return Object.fromEntries(sources.filter(({ id }) => named.has(id)).map(({ id, title }) => [id, title]))
}

const RestrictedLists = z.looseObject({
  code_lists: z.record(z.string(), z.looseObject({ restricted: z.boolean().optional() })),
})

/** The packs in a folder, without the base they stand on. */
export function countryCodes(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'international')
    .map((entry) => entry.name)
    .sort()
}

/** Reads a YAML file against its schema; a fault names file and line. */
export function readYaml<T>(path: string, schema: z.ZodType<T>): T {
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines })
  const [broken] = document.errors
  if (broken !== undefined)
    throw new CountryPackError(
      `${shortName(path)}, line ${broken.linePos?.[0].line ?? 1}: ${firstLine(broken.message)}`,
    )
  const found = schema.safeParse(document.toJS())
  if (found.success) return found.data
  const [issue] = found.error.issues
  const line = issue === undefined ? 1 : lineOf(document.contents, issue.path, lines)
  throw new CountryPackError(
    `${shortName(path)}, line ${line}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}.`,
  )
}

/** The line of the deepest node along a path that exists. */
function lineOf(contents: Node | null, path: PropertyKey[], lines: LineCounter): number {
  let node: unknown = contents
  let offset = contents?.range?.[0] ?? 0
  for (const step of path) {
    if (!isCollection(node)) break
    node = node.get(typeof step === 'symbol' ? String(step) : step, true)
    const at = (node as Node | undefined)?.range?.[0] // a pair's value is a node or nothing
    if (at === undefined) break
    offset = at
  }
  return lines.linePos(offset).line
}

const CsvRow = z.record(z.string(), z.string())

function readCodeLists(folder: string): Record<string, Code[]> {
  if (!existsSync(folder)) return {}
  const files = readdirSync(folder).filter((name) => name.endsWith('.csv'))
  return Object.fromEntries(files.map((name) => [basename(name, '.csv'), readCodeList(join(folder, name))]))
}

function readCodeList(path: string): Code[] {
  const rows = z.array(CsvRow).parse(parseCsv(readFileSync(path), { columns: true, skip_empty_lines: true, bom: true }))
  const seen = new Set<string>()
  return rows.map((row, index) => {
    const { code = '', primero = '', valid_to: validTo = '', ...labels } = row
    const label = Object.fromEntries(Object.entries(labels).filter(([, text]) => text !== ''))
    const found = Code.safeParse({
      code,
      label,
      primero: primero === '' ? null : primero,
      validTo: validTo === '' ? null : validTo,
    })
    const where = `${shortName(path)}, line ${index + 2}`
    if (!found.success) throw new CountryPackError(`${where}: ${found.error.issues[0]?.message ?? 'not a code'}.`)
    if (seen.has(code))
      throw new CountryPackError(`${where}: the code ${code} stands twice. Close a code with a date, never reuse it.`)
    seen.add(code)
    return found.data
  })
}

function shortName(path: string): string {
  return path.split(/[\\/]/).slice(-3).join('/')
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text
}
