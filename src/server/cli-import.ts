import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { OperatorReply, OperatorRequest } from './control-socket.ts'
import type { Terminal } from './terminal.ts'

const USAGE = 'Say what to take in: kembali import cases FILE [--write] [--mapping FILE] [--as LOGIN]'
/** As many bytes as a list of 20,000 rows ever has. */
const MOST_BYTES = 20 * 1024 * 1024

/** What `kembali import cases` was asked to do, or a sentence that says what is missing. */
export async function importRequest(args: readonly string[], terminal: Terminal): Promise<OperatorRequest | string> {
  const [what, file, ...options] = args
  if (what !== 'cases' || file === undefined || file.startsWith('--')) return USAGE
  const given = new Map<string, string>()
  for (let at = 0; at < options.length; at += 1) {
    const name = options[at] ?? ''
    if (name === '--write') given.set(name, 'yes')
    else if ((name === '--mapping' || name === '--as') && options[at + 1] !== undefined)
      given.set(name, options[++at] ?? '')
    else return USAGE
  }
  const content = read(file)
  if (typeof content === 'string') return content
  const mappingFile = given.get('--mapping')
  const mapping = mappingFile === undefined ? null : read(mappingFile)
  if (typeof mapping === 'string') return mapping
  const as = given.get('--as') ?? null
  return {
    command: 'import_cases',
    file: content.toString('base64'),
    mapping: mapping?.toString('utf8') ?? null,
    write: given.has('--write'),
    as,
    word: as === null ? await terminal.askSecret('The five words of whoever takes the list in: ') : null,
  }
}

function read(path: string): Buffer | string {
  try {
    if (statSync(path).size > MOST_BYTES) return `${basename(path)} is larger than a list of cases is: divide it.`
    return readFileSync(path)
  } catch {
    return `There is no file ${basename(path)} to read.`
  }
}

/** The most faults one run prints: a list with more of them has one cause. */
const FAULTS_SHOWN = 50

/** What an import did, for whoever sits at the terminal: rows and columns, never what is in them. */
export function importLines(report: Extract<OperatorReply, { answer: 'imported' }>): string[] {
  const { rows, made, there, wouldMake, faults, written } = report
  const lines = faults.slice(0, FAULTS_SHOWN).map(({ row, column, sentence }) => `Row ${row}, ${column}: ${sentence}`)
  if (faults.length > FAULTS_SHOWN) lines.push(`… and ${faults.length - FAULTS_SHOWN} more.`)
  const bad = new Set(faults.map(({ row }) => row)).size
  lines.push(
    written
      ? `${rows} rows: ${made} cases made, ${there} were there, ${bad} not taken.`
      : `${rows} rows: ${wouldMake} cases would be made, ${there} are there, ${bad} would not be taken. Nothing was changed; --write does it.`,
  )
  return lines
}
