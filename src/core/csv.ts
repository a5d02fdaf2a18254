import { withoutUnseen } from './schema.ts'

/** Rows as a spreadsheet opens them: one line each, and no cell that it would run. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return `${rows.map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`
}

// What begins a formula somewhere, also in its full-width form or behind a blank; a line break or tab begins a cell anew.
const RUNS = /^(?:[\t\r\n]|\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\u2212\uFE62\uFE63\uFE66\uFE6B])/u

/** A cell that a spreadsheet would run is written as text; a comma, quote or line break is quoted (security.md 7.3). */
function csvCell(text: string): string {
  // What nobody sees is taken out before it is looked at, or it would stand before the sign.
  const plain = RUNS.test(text) || RUNS.test(withoutUnseen(text)) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
