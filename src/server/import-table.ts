import { CsvError, parse as parseCsv } from 'csv-parse/sync'
import * as z from 'zod'
import { type Cell, NotAWorkbook, readXlsx, type Row } from './xlsx.ts'

/** A list as it was exported: the names of its columns, and each row with the number it has in the file. */
export type Table = { header: string[]; rows: Row[] }

/** As many rows as one import takes. */
export const ROWS_AT_MOST = 20_000

/** Reads a list from CSV or XLSX, whichever it is; a sentence where it is neither. */
export function readTable(bytes: Uint8Array): Table | string {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  try {
    const read = isZip ? readXlsx(bytes, ROWS_AT_MOST + 2) : readCsv(bytes)
    const [header, ...rows] = read.filter(({ cells }) => cells.some((cell) => cell.text.trim() !== ''))
    if (header === undefined || rows.length === 0) return 'The file holds no row below its header.'
    if (rows.length > ROWS_AT_MOST) return `The file holds more than ${ROWS_AT_MOST} rows: divide it into several.`
    return { header: header.cells.map((cell) => cell.text.trim()), rows }
  } catch (error) {
    if (error instanceof NotAWorkbook) return 'This is no workbook we can read: save it as .xlsx or .csv once more.'
    // The parser's own words may quote a cell.
    if (error instanceof CsvError)
      return `The CSV cannot be read beyond line ${Number(error.lines ?? 1)}: is a quote left open?`
    throw error
  }
}

const CsvRow = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) })

function readCsv(bytes: Uint8Array): Row[] {
  const rows: unknown = parseCsv(Buffer.from(bytes), {
    bom: true,
    info: true,
    delimiter: [',', ';', '\t'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: 1_000_000,
    to: ROWS_AT_MOST + 2,
  })
  return z
    .array(CsvRow)
    .parse(rows)
    .map(({ record, info }) => ({ row: info.lines, cells: record.map(cellOf) }))
}

/** Exporters put an apostrophe before what a spreadsheet would take for a formula. */
function cellOf(text: string): Cell {
  return { text: text.replace(/^'(?=[=+\-@])/, ''), isNumber: false, isFormula: false }
}
