import type { Code, PublicPack } from '../core/country.ts'
import { dayOf, type Instant, startOfDay } from '../core/time.ts'
import { ageOf, bandOf, dayIn } from './import-days.ts'
import { CODED, type CodedField, columnsOf, type Field, fold, type ImportMapping } from './import-mapping.ts'
import type { Table } from './import-table.ts'
import type { Cell } from './xlsx.ts'

/** What stands in the way of a row: where it is in the file, and what to do. Never what is in the cell. */
export type RowFault = { row: number; column: string; sentence: string }

/** One row as a case of ours. */
export type PlannedCase = {
  row: number
  sourceId: string
  registeredAt: Instant
  region: string
  sex: string
  ageBand: string
  identity: Record<string, unknown>
  card: Record<string, unknown>
  safeStart: Record<string, unknown>
}

/** What a row is read with: the mapping, the country's lists, the office's region, and the day. */
export type Reading = {
  mapping: ImportMapping
  pack: Pick<PublicPack, 'regions' | 'codeLists' | 'languages' | 'timeZone'>
  ownRegion: string | null
  now: Instant
}

/** Every row of a list as a case, or why not; a list whose needed columns are missing has one fault and no case. */
export function planImport(table: Table, reading: Reading): { cases: PlannedCase[]; faults: RowFault[] } {
  const columns = columnsOf(table.header, reading.mapping)
  for (const field of ['caseId', 'registeredOn'] as const)
    if (!columns.has(field)) {
      const column = reading.mapping.columns[field]?.[0] ?? field
      return {
        cases: [],
        faults: [{ row: 1, column, sentence: 'This column is missing: name it in the mapping file.' }],
      }
    }
  const seen = new Set<string>()
  const [cases, faults]: [PlannedCase[], RowFault[]] = [[], []]
  for (const { row, cells } of table.rows) {
    const found: RowFault[] = []
    const cellsOf = reader(
      cells,
      columns,
      table.header,
      (column, sentence) => void found.push({ row, column, sentence }),
    )
    const planned = planRow(cellsOf, reading)
    if (seen.has(planned.sourceId))
      cellsOf.fault('caseId', 'This case stands in the file twice: only the first one counts.')
    seen.add(planned.sourceId)
    if (found.length > 0) faults.push(...found)
    else cases.push({ row, ...planned })
  }
  return { cases, faults }
}

/** The cells of one row, by what they stand for here. */
type RowCells = {
  text: (field: Field, most: number) => string | null
  cell: (field: Field) => Cell | null
  fault: (field: Field, sentence: string) => void
}

function reader(
  cells: readonly Cell[],
  columns: ReadonlyMap<Field, number>,
  header: readonly string[],
  say: (column: string, sentence: string) => void,
): RowCells {
  const fault: RowCells['fault'] = (field, sentence) => say(header[columns.get(field) ?? -1] ?? field, sentence)
  const cell: RowCells['cell'] = (field) => {
    const found = cells[columns.get(field) ?? -1] ?? null
    if (found?.isFormula === true) {
      fault(field, 'This is a formula: save the list with values only.')
      return null
    }
    return found === null || found.text.trim() === '' ? null : found
  }
  return {
    fault,
    cell,
    text(field, most) {
      const found = cell(field)?.text.normalize('NFC').trim() ?? null
      if (found === null || found.length <= most) return found
      fault(field, `This is longer than ${most} letters: shorten it.`)
      return null
    },
  }
}

function planRow(cells: RowCells, reading: Reading): Omit<PlannedCase, 'row'> {
  const { now } = reading
  const sourceId = cells.text('caseId', 100) ?? ''
  if (sourceId === '') cells.fault('caseId', 'A row without a case id cannot be found again: give it one.')
  const registeredAt = registration(cells, reading)
  const told = cells.cell('age')
  const born = cells.cell('birthDate')
  const bornOn = born === null ? null : dayIn(born)
  if (born !== null && (bornOn === null || bornOn > now.slice(0, 10)))
    cells.fault('birthDate', 'A day of birth that has been is expected, as 2010-05-31 or 31/05/2010.')
  else if (bornOn !== null && bornOn > dayOf(registeredAt, reading.pack.timeZone))
    cells.fault('birthDate', 'A day of birth before the day of registration is expected: one of the two is wrong.')
  const age = ageOf({ told: told?.text.trim() ?? null, bornOn, registeredOn: registeredAt.slice(0, 10) })
  if (age === 'impossible')
    cells.fault(told === null ? 'birthDate' : 'age', 'An age in whole years from 0 to 25 is expected.')
  const { years, birthYear } = age === 'impossible' ? { years: null, birthYear: null } : age
  return {
    sourceId,
    registeredAt,
    region: regionOf(cells, reading),
    sex: sexOf(cells, reading),
    ageBand: bandOf(birthYear, now),
    identity: known({
      fullName: cells.text('fullName', 200),
      approxAge: years,
      birthYear,
      ageBasis: codeOf(cells, 'ageBasis', reading),
      language: codeOf(cells, 'language', reading),
      origin: cells.text('origin', 200),
    }),
    card: known({
      callName: cells.text('callName', 80),
      carer: cells.text('carer', 120),
      village: cells.text('village', 120),
    }),
    safeStart: known({ howKnown: codeOf(cells, 'howKnown', reading) }),
  }
}

/** Nobody was registered before there were lists of children at all. */
const EARLIEST = '1990-01-01'

function registration(cells: RowCells, { pack: { timeZone }, now }: Reading): Instant {
  const cell = cells.cell('registeredOn')
  const day = cell === null ? null : dayIn(cell)
  const at = day === null || day < EARLIEST ? null : startOfDay(day, timeZone)
  if (at !== null && at <= now) return at
  cells.fault('registeredOn', 'A day that has been is expected, as 2024-05-31 or 31/05/2024.')
  return now
}

/** Only what the row says; what it leaves out is asked again by whoever carries the case. */
function known(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}

function sexOf(cells: RowCells, { mapping }: Reading): string {
  const text = cells.text('sex', 40)
  if (text === null) return 'not_known'
  const wanted = valueIn(mapping.values.sex, text) ?? fold(text)
  if (['female', 'male', 'other', 'not_known'].includes(wanted)) return wanted
  cells.fault('sex', 'No code of ours: name it in the mapping file under values.sex.')
  return 'not_known'
}

/** The country's own code for a value: as the mapping says, by the code other systems use, by ours, or by its label. */
function codeOf(cells: RowCells, field: CodedField, { mapping, pack }: Reading): string | null {
  const text = cells.text(field, 200)
  if (text === null) return null
  const wanted = valueIn(mapping.values[field], text) ?? text
  const codes = codesOf(field, pack).filter((one) => one.validTo === null)
  const found = codes.find((one) => one.code === wanted) ?? codes.find((one) => isCalled(one, wanted))
  if (found === undefined)
    cells.fault(field, `No code of the list ${CODED[field]}: name it in the mapping file under values.${field}.`)
  return found?.code ?? null
}

/** Without a list of its own a country's languages are those of the program. */
function codesOf(field: CodedField, pack: Reading['pack']): readonly Omit<Code, 'mapsTo'>[] {
  const codes = pack.codeLists[CODED[field]]
  if (codes !== undefined || field !== 'language') return codes ?? []
  return pack.languages.map((code) => ({ code, primero: null, label: {}, validTo: null }))
}

function isCalled({ code, primero, label }: Pick<Code, 'code' | 'primero' | 'label'>, name: string): boolean {
  return [code, primero, ...Object.values(label)].some((one) => one !== null && fold(one) === fold(name))
}

/** A list without a region is its office's own. */
function regionOf(cells: RowCells, { mapping, pack, ownRegion }: Reading): string {
  const text = cells.text('region', 200)
  const wanted = text === null ? ownRegion : (valueIn(mapping.values.region, text) ?? text)
  const found = pack.regions.find(
    ({ code, label }) => wanted !== null && [code, ...Object.values(label)].some((one) => fold(one) === fold(wanted)),
  )
  if (found === undefined)
    cells.fault('region', 'No region of this country: name it in the mapping file under values.region.')
  return found?.code ?? ''
}

function valueIn(values: Record<string, string> | undefined, text: string): string | null {
  return Object.entries(values ?? {}).find(([name]) => fold(name) === fold(text))?.[1] ?? null
}
