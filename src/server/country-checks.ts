/** What no single file can know: that what one names is there in another, and that a country narrows and never widens. */
import type { Code, CountryFile } from '../core/country.ts'
import { Part } from '../core/part.ts'
import type { RetentionFile } from '../core/retention.ts'
import type { Source } from '../core/safeguard-rule.ts'
import type * as z from 'zod'
import type { Yaml } from './countries.ts'
import { CaseManagementFile } from './case-management-file.ts'
import type * as files from './country-files.ts'
import type { InternationalSafeguards, NationalSafeguards } from './safeguard-files.ts'
import type { LawFile } from './law-file.ts'

type Read<Schema extends z.ZodType> = Yaml<z.infer<Schema>>

type International = {
  sources: Read<typeof files.SourceFile>
  safeguards: Read<typeof InternationalSafeguards>
  caseManagement: Read<typeof CaseManagementFile>
  roadmap: Read<typeof files.RoadmapFile>
  sharing: Read<typeof files.SharingFile>
  monitoring: Read<typeof files.MonitoringFile>
  codeLists: Record<string, Code[]>
  retention: Yaml<RetentionFile>
}

type National = {
  country: Yaml<CountryFile>
  safeguards: Read<typeof NationalSafeguards>
  law: Read<typeof LawFile> | null
  roadmap: Read<typeof files.NationalRoadmapFile> | null
  sharing: Read<typeof files.NationalSharingFile> | null
}

/** The files of a pack that stay on the server, each whole, with sources and confidence. */
export type CountryFiles = {
  law: LawFile | null
  roadmap: files.RoadmapFile
  actions: z.infer<typeof files.NationalRoadmapFile>['actions']
  /** The international table less what the country takes away: a right is the intersection of both and of the matrix. */
  sharing: files.SharingFile
  monitoring: files.MonitoringFile
  limits: z.infer<typeof NationalSafeguards>['limits']
  holidays: CountryFile['holidays']
}

/** Sources that are cited are in the registry; lists that are described have their codes. */
export function checkInternational(of: International): void {
  const known = sourcesOf(of)
  of.safeguards.data.safeguards.forEach((row, at) => {
    mustCite(known, of.safeguards, ['safeguards', at, 'sources'], row.sources)
    mustCite(known, of.safeguards, ['safeguards', at, 'clock', 'sources'], row.clock?.sources ?? [])
    if (!of.safeguards.data.groups.some((group) => group.id === row.group))
      throw of.safeguards.fault(['safeguards', at, 'group'], `there is no group ${row.group}`)
  })
  of.roadmap.data.commitments.forEach((commitment, at) => {
    if (!of.roadmap.data.areas.some((area) => area.id === commitment.area))
      throw of.roadmap.fault(['commitments', at, 'area'], `there is no area ${commitment.area}`)
    commitment.measures.forEach((measure, nth) =>
      mustCite(known, of.roadmap, ['commitments', at, 'measures', nth, 'basis'], measure.basis),
    )
  })
  of.monitoring.data.disclosure_control.rules.forEach((rule, at) =>
    mustCite(known, of.monitoring, ['disclosure_control', 'rules', at, 'source'], rule.source ?? []),
  )
  const recipients = Object.values(of.sharing.data.recipient_functions).flat()
  of.sharing.data.rules.forEach((rule, at) => {
    if (!recipients.includes(rule.recipient))
      throw of.sharing.fault(['rules', at, 'recipient'], `${rule.recipient} is in no group of recipients`)
    mustBeClasses(of, of.sharing, ['rules', at, 'may'], rule.may)
  })
  of.retention.data.classes.forEach((row, at) => mustCite(known, of.retention, ['classes', at, 'sources'], row.sources))
  const kept = of.retention.data.classes.flatMap((row) => row.parts)
  const forgotten = Part.options.find((part) => kept.filter((one) => one === part).length !== 1)
  if (forgotten !== undefined)
    throw of.retention.fault(['classes'], `the part ${forgotten} must stand in one class and no other`)
  for (const [id, list] of Object.entries(of.caseManagement.data.code_lists)) {
    mustCite(known, of.caseManagement, ['code_lists', id, 'source'], list.source ?? [])
    if (of.codeLists[id] === undefined)
      throw of.caseManagement.fault(['code_lists', id], `the list ${id} has no file code-lists/${id}.csv`)
    for (const code of Object.keys(list.items ?? {}))
      if (!of.codeLists[id].some((one) => one.code === code))
        throw of.caseManagement.fault(['code_lists', id, 'items', code], `the list ${id} has no code ${code}`)
  }
}

/** Checks a country's own files against the base they stand on, and joins what stays on the server. */
export function checkCountry(code: string, own: National, base: International): CountryFiles {
  const known = sourcesOf(base)
  if (own.country.data.code !== code)
    throw own.country.fault(['code'], `the folder is ${code}, the file says ${own.country.data.code}`)
  mustBeUnique(own.country, ['regions'], own.country.data.regions, (region) => region.code)
  const ids = base.safeguards.data.safeguards.map((row) => row.id)
  const confirmed = own.law?.data.country.counsel_review.status === 'confirmed'
  own.safeguards.data.overrides.forEach((over, at) => {
    const path = ['overrides', at]
    if (!ids.includes(over.id))
      throw own.safeguards.fault([...path, 'id'], `there is no safeguard ${over.id} to override`)
    mustCite(known, own.safeguards, [...path, 'clock', 'sources'], over.clock?.sources ?? [])
    if (over.clock?.confidence === 'confirmed_by_counsel' && !confirmed)
      throw own.safeguards.fault([...path, 'clock', 'confidence'], NOT_CONFIRMED)
  })
  own.safeguards.data.limits.forEach((limit, at) => {
    mustCite(known, own.safeguards, ['limits', at, 'sources'], limit.sources)
    if (limit.confidence === 'confirmed_by_counsel' && !confirmed)
      throw own.safeguards.fault(['limits', at, 'confidence'], NOT_CONFIRMED)
  })
  for (const [risk, frame] of Object.entries(own.country.data.timeFrames ?? {})) {
    mustCite(known, own.country, ['timeFrames', risk, 'sources'], frame.sources)
    if (frame.confidence === 'confirmed_by_counsel' && !confirmed)
      throw own.country.fault(['timeFrames', risk, 'confidence'], NOT_CONFIRMED)
  }
  if (own.law !== null) checkLaw(code, own.law, base, known)
  const measures = measuresOf(base)
  own.roadmap?.data.actions.forEach((action, at) => {
    if (!measures.includes(action.measure))
      throw own.roadmap?.fault(['actions', at, 'measure'], `there is no measure ${action.measure}`)
    if (own.roadmap !== null) mustCite(known, own.roadmap, ['actions', at, 'sources'], action.sources)
  })
  return {
    law: own.law?.data ?? null,
    roadmap: base.roadmap.data,
    actions: own.roadmap?.data.actions ?? [],
    sharing: narrowed(own.sharing, base),
    monitoring: base.monitoring.data,
    limits: own.safeguards.data.limits,
    holidays: own.country.data.holidays,
  }
}

const NOT_CONFIRMED = 'only a review by national counsel that law.yaml names and dates can confirm a value'

function checkLaw(code: string, law: Read<typeof LawFile>, base: International, known: ReadonlySet<string>): void {
  if (law.data.country.iso3 !== code)
    throw law.fault(['country', 'iso3'], `the folder is ${code}, the file says ${law.data.country.iso3}`)
  const targets = new Set([...base.safeguards.data.safeguards.map((row) => row.id), ...measuresOf(base)])
  const rows = new Set<string>()
  for (const [section, list] of Object.entries(law.data.sections))
    list.forEach((row, at) => {
      const path = ['sections', section, at]
      if (rows.has(row.id)) throw law.fault([...path, 'id'], `the row ${row.id} stands twice`)
      rows.add(row.id)
      mustCite(known, law, [...path, 'sources'], row.sources)
      row.against.forEach((target, nth) => {
        if (!targets.has(target))
          throw law.fault([...path, 'against', nth], `there is no measure or safeguard ${target}`)
      })
      if (row.confidence === 'confirmed_by_counsel' && law.data.country.counsel_review.status !== 'confirmed')
        throw law.fault([...path, 'confidence'], NOT_CONFIRMED)
    })
  law.data.gaps.forEach((gap, at) =>
    gap.rows.forEach((row, nth) => {
      if (!rows.has(row)) throw law.fault(['gaps', at, 'rows', nth], `there is no row ${row}`)
    }),
  )
}

/** The international table, less what a country takes away; it cannot add a class or a recipient. */
function narrowed(own: National['sharing'], base: International): files.SharingFile {
  const { data } = base.sharing
  if (own === null) return data
  own.data.narrows.forEach(({ recipient, may }, at) => {
    const rule = data.rules.find((one) => one.recipient === recipient)
    if (rule === undefined) throw own.fault(['narrows', at, 'recipient'], `there is no recipient ${recipient}`)
    may.forEach((one, nth) => {
      if (!rule.may.includes(one))
        throw own.fault(
          ['narrows', at, 'may', nth],
          `a country may only narrow: ${recipient} does not get ${one} anywhere`,
        )
    })
  })
  return {
    ...data,
    rules: data.rules.map((rule) => ({
      ...rule,
      may: own.data.narrows.find((one) => one.recipient === rule.recipient)?.may ?? rule.may,
    })),
  }
}

function sourcesOf({ sources }: International): ReadonlySet<string> {
  return new Set(sources.data.sources.map((source) => source.id))
}

function measuresOf({ roadmap }: International): string[] {
  return roadmap.data.commitments.flatMap(({ measures }) => measures.map((measure) => measure.id))
}

function mustCite(
  known: ReadonlySet<string>,
  file: Yaml<unknown>,
  path: readonly PropertyKey[],
  cited: readonly z.infer<typeof Source>[],
): void {
  cited.forEach(({ id }, at) => {
    if (!known.has(id)) throw file.fault([...path, at, 'id'], `sources.yaml has no source ${id}`)
  })
}

function mustBeClasses(
  { sharing }: International,
  file: Yaml<unknown>,
  path: readonly PropertyKey[],
  may: readonly string[],
): void {
  may.forEach((one, at) => {
    if (!sharing.data.data_classes.some((known) => known.code === one))
      throw file.fault([...path, at], `there is no class of data ${one}`)
  })
}

function mustBeUnique<Row>(
  file: Yaml<unknown>,
  path: readonly PropertyKey[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): void {
  rows.forEach((row, at) => {
    if (rows.findIndex((other) => keyOf(other) === keyOf(row)) !== at)
      throw file.fault([...path, at], `the code ${keyOf(row)} stands twice`)
  })
}
