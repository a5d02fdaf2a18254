import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { CsvError, parse as parseCsv } from 'csv-parse/sync'
import { type Document, isCollection, LineCounter, type Node, parseDocument } from 'yaml'
import * as z from 'zod'
import type { Risk, TimeFrame, TimeFrames } from '../core/case-steps.ts'
import { AliasWords, Code, CountryFile, EmergencyFile, PublicPack } from '../core/country.ts'
import { MonthlyLayout, OtherSystem, OtherSystems, Workload } from '../core/office-work.ts'
import { RetentionFile } from '../core/retention.ts'
import { SafeguardRule } from '../core/safeguard-rule.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { StartError } from './config.ts'
import { checkCountry, checkInternational, type CountryFiles } from './country-checks.ts'
import { retentionOf } from './retention-check.ts'
import { CaseManagementFile } from './case-management-file.ts'
import * as files from './country-files.ts'
import { NationalQuestionsFile, QuestionsFile, questionsOf } from './question-files.ts'
import { InternationalSafeguards, NationalSafeguards, rulesOf } from './safeguard-files.ts'
import { LawFile } from './law-file.ts'
import { consentPack } from './consent-files.ts'

/** A country pack that cannot be used: file, line and one sentence. */
export class CountryPackError extends StartError {}

/** What goes to the phone, its hash and text; and the files that stay on the server. */
export type CompiledPack = {
  pack: PublicPack
  hash: string
  json: string
  restricted: Record<string, Code[]>
  files: CountryFiles
}

/** Reads a country over the international base, checks every file, and compiles what goes to the phone. */
export function loadCountry(folder: string, code: string): CompiledPack {
  const base = (name: string) => join(folder, 'international', name)
  const own = (name: string) => join(folder, code, name)
  if (!/^[A-Za-z]{3,20}$/.test(code) || !existsSync(own('country.yaml')))
    throw new StartError(`There is no country pack called ${code}. Packs: ${countryCodes(folder).join(', ')}.`)
  const ownOr = <T>(name: string, schema: z.ZodType<T>) =>
    (readIfThere(own(name), schema) ?? readYaml(base(name), schema)).data
  const international = {
    sources: readYaml(base('sources.yaml'), files.SourceFile),
    safeguards: readYaml(base('safeguards.yaml'), InternationalSafeguards),
    caseManagement: readYaml(base('case-management.yaml'), CaseManagementFile),
    roadmap: readYaml(base('roadmap.yaml'), files.RoadmapFile),
    sharing: readYaml(base('sharing.yaml'), files.SharingFile),
    monitoring: readYaml(base('monitoring.yaml'), files.MonitoringFile),
    consentTexts: readYaml(base('consent-texts.yaml'), files.ConsentTextFile),
    questions: readYaml(base('questions.yaml'), QuestionsFile),
    codeLists: readCodeLists(base('code-lists'), {}),
    retention: readYaml(base('retention.yaml'), RetentionFile),
  }
  checkInternational(international)
  const national = {
    country: readYaml(own('country.yaml'), CountryFile),
    safeguards: readYaml(own('safeguards.yaml'), NationalSafeguards),
    law: readIfThere(own('law.yaml'), LawFile),
    roadmap: readIfThere(own('roadmap.yaml'), files.NationalRoadmapFile),
    sharing: readIfThere(own('sharing.yaml'), files.NationalSharingFile),
    consentTexts: readIfThere(own('consent-texts.yaml'), files.ConsentTextFile),
    retention: readIfThere(own('retention.yaml'), files.NationalRetentionFile),
    questions: readIfThere(own('questions.yaml'), NationalQuestionsFile),
  }
  const kept = checkCountry(code, national, international)
  const codeLists = { ...international.codeLists, ...readCodeLists(own('code-lists'), international.codeLists) }
  const hidden = new Set(
    Object.entries(international.caseManagement.data.code_lists)
      .filter(([, list]) => list.restricted === true)
      .map(([id]) => id),
  )
  const safeguards = z.array(SafeguardRule).parse(rulesOf(international.safeguards.data, national.safeguards.data))
  // What only `association` may hold is no business of a phone's public file.
  const shownLists = Object.fromEntries(Object.entries(codeLists).filter(([id]) => !hidden.has(id)))
  const { holidays: _later, timeFrames, ...shown } = national.country.data
  const pack = {
    ...shown,
    safeguards,
    sources: titlesOf(international.sources.data.sources, safeguards),
    followUpAfter:
      national.country.data.followUpAfter ?? international.caseManagement.data.timeframes.defaults.after_reunification,
    bestInterests: national.country.data.bestInterests ?? bestInterestsOf(international.caseManagement.data),
    workload: ownOr('workload.yaml', Workload),
    monthly: ownOr('monthly.yaml', MonthlyLayout),
    otherSystems: ownOr('other-systems.yaml', OtherSystems),
    namedCopy: ownOr('named-copy.yaml', OtherSystem),
    emergency: readIfThere(own('emergency.yaml'), EmergencyFile)?.data ?? [],
    retention: retentionOf(national.retention, international.retention.data),
    consent: consentPack(
      international.caseManagement,
      [international.consentTexts, ...(national.consentTexts === null ? [] : [national.consentTexts])],
      kept.sharing,
      international.codeLists,
    ),
    codeLists: shownLists,
    timeFrames: { ...framesOf(international.caseManagement.data.timeframes), ...timeFrames },
    questions: questionsOf({
      base: international.questions,
      own: national.questions,
      lists: shownLists,
      knownSources: new Set(international.sources.data.sources.map((source) => source.id)),
    }),
    aliasWords: readYaml(base('alias-words.yaml'), AliasWords).data,
  } satisfies PublicPack
  const json = JSON.stringify(PublicPack.parse(pack))
  const restricted = Object.fromEntries(Object.entries(codeLists).filter(([id]) => hidden.has(id)))
  return { pack, hash: sha256Hex(json).slice(0, 32), json, restricted, files: kept }
}

/** The international time frames, as they are read: nothing there means that nothing is timed. */
function framesOf({ confidence, defaults }: CaseManagementFile['timeframes']): TimeFrames {
  const frame = (risk: Risk): TimeFrame => ({
    firstContact: defaults[risk].first_contact ?? null,
    assessment: defaults[risk].assessment ?? null,
    plan: defaults[risk].plan ?? null,
    followUpEvery: defaults[risk].follow_up_every ?? null,
    sources: [],
    confidence,
  })
  return {
    emergency: frame('emergency'),
    high: frame('high'),
    medium: frame('medium'),
    low: frame('low'),
    none: frame('none'),
  }
}

function bestInterestsOf({ best_interests: { panel, appeal } }: z.infer<typeof CaseManagementFile>) {
  return { panel, appeal }
}

/** The titles of the sources that safeguards name; the others stay on the server. */
function titlesOf(
  sources: readonly { id: string; title: string }[],
  safeguards: readonly SafeguardRule[],
): Record<string, string> {
  const named = new Set(
    safeguards.flatMap((rule) => [...rule.sources, ...rule.limitSources].map((source) => source.id)),
  )
  return Object.fromEntries(sources.filter(({ id }) => named.has(id)).map(({ id, title }) => [id, title]))
}

/** The packs in a folder, without the base they stand on. */
export function countryCodes(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'international')
    .map((entry) => entry.name)
    .sort()
}

/** A file that was read: what it says, and how to name a place in it. */
export type Yaml<T> = { data: T; fault: (path: readonly PropertyKey[], sentence: string) => CountryPackError }

/** Reads a YAML file against its schema; a fault names file and line. */
export function readYaml<T>(path: string, schema: z.ZodType<T>): Yaml<T> {
  if (!existsSync(path)) throw new CountryPackError(`${shortName(path)} is missing.`)
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, prettyErrors: false })
  const fault = (at: readonly PropertyKey[], sentence: string) =>
    new CountryPackError(`${shortName(path)}, line ${lineOf(document, at, lines)}: ${sentence}.`)
  const [broken] = document.errors
  if (broken !== undefined)
    throw new CountryPackError(
      `${shortName(path)}, line ${lines.linePos(broken.pos[0]).line}: ${withoutStop(firstLine(broken.message))}.`,
    )
  const found = schema.safeParse(document.toJS())
  if (found.success) return { data: found.data, fault }
  const [issue] = found.error.issues
  if (issue === undefined) throw fault([], 'not what is expected')
  // An unknown key is named where it stands, not where its neighbours begin.
  const at = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path
  throw fault(at, `${issue.path.length === 0 ? '' : `${issue.path.join('.')}: `}${withoutStop(issue.message)}`)
}

function readIfThere<T>(path: string, schema: z.ZodType<T>): Yaml<T> | null {
  return existsSync(path) ? readYaml(path, schema) : null
}

/** The line of the deepest node along a path that exists. */
function lineOf({ contents }: Document, path: readonly PropertyKey[], lines: LineCounter): number {
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

type CodeLists = Record<string, Code[]>

/** All lists of a folder, each laid over the international one: a country adds, relabels and closes codes; none disappears. */
function readCodeLists(folder: string, base: CodeLists): CodeLists {
  if (!existsSync(folder)) return {}
  const lists = readdirSync(folder).filter((name) => name.endsWith('.csv'))
  return Object.fromEntries(
    lists.map((name) => {
      const id = basename(name, '.csv')
      return [id, readCodeList(join(folder, name), base[id] ?? null)]
    }),
  )
}

const COLUMNS = ['code', 'en', 'id', 'ms', 'fil', 'dv', 'primero', 'maps_to', 'valid_to']
const CsvRow = z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.number() }) })

function readCodeList(path: string, base: Code[] | null): Code[] {
  const fault = (line: number, sentence: string) =>
    new CountryPackError(`${shortName(path)}, line ${line}: ${withoutStop(sentence)}.`)
  const own = new Map<string, Code>()
  for (const { record, info } of csvRows(path, fault)) {
    const { code = '', primero = '', maps_to: mapsTo = '', valid_to: validTo = '', ...labels } = record
    const found = Code.safeParse({
      code,
      label: Object.fromEntries(Object.entries(labels).filter(([, text]) => text !== '')),
      primero: primero === '' || primero === 'none' ? null : primero,
      mapsTo: mapsTo === '' ? null : mapsTo,
      validTo: validTo === '' ? null : validTo,
    })
    if (!found.success) {
      const [issue] = found.error.issues
      throw fault(info.lines, `${issue?.path.join('.') ?? 'code'}: ${issue?.message ?? 'not a code'}`)
    }
    if (own.has(code))
      throw fault(info.lines, `the code ${code} stands twice; close a code with a date, never reuse it`)
    const known = base?.some((one) => one.code === code) ?? true
    if (!known && !base?.some((one) => one.code === mapsTo))
      throw fault(info.lines, `the code ${code} is new: maps_to names the international code it is counted as`)
    own.set(code, found.data)
  }
  if (base === null) return [...own.values()]
  const relabelled = base.map((one) => {
    const here = own.get(one.code)
    return here === undefined ? one : { ...one, ...here, label: { ...one.label, ...here.label } }
  })
  return [...relabelled, ...[...own.values()].filter((one) => !base.some((other) => other.code === one.code))]
}

function csvRows(path: string, fault: (line: number, sentence: string) => CountryPackError): z.infer<typeof CsvRow>[] {
  try {
    const columns = (header: string[]) => {
      const unknown = header.find((name) => !COLUMNS.includes(name))
      if (unknown !== undefined) throw fault(1, `there is no column called ${unknown}; columns: ${COLUMNS.join(', ')}`)
      return header
    }
    const rows: unknown = parseCsv(readFileSync(path), { columns, skip_empty_lines: true, bom: true, info: true })
    return z.array(CsvRow).parse(rows)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw fault(typeof error.lines === 'number' ? error.lines : 1, firstLine(error.message))
  }
}

function shortName(path: string): string {
  const parts = path.split(/[\\/]/)
  return parts.slice(parts.at(-2) === 'code-lists' ? -4 : -3).join('/')
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text
}

function withoutStop(text: string): string {
  return text.replace(/[.:\s]+$/, '')
}
