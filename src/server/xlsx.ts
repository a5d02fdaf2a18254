import { Parser } from 'saxen'
import { NotAnArchive, unzip } from './unzip.ts'

/** The file is no workbook we read, or holds what a list never needs. */
export class NotAWorkbook extends Error {}

/** One cell as it stands in a list: its text, and whether a program would have to work it out. */
export type Cell = { text: string; isNumber: boolean; isFormula: boolean }
export type Row = { row: number; cells: Cell[] }

/** Columns further out than this are no list's. */
const MOST_COLUMNS = 1000
/** Between the two calendars a workbook can count its days in. */
const DAYS_FROM_1904 = 1462

/**
 * The first sheet of a workbook, row by row, with the number each row has in it; a sheet that goes on after `most` rows is
 * read no further. Nothing is ever worked out.
 */
export function readXlsx(bytes: Uint8Array, most: number): Row[] {
  try {
    const file = unzip(bytes)
    const book = bookOf(xml(file('xl/workbook.xml')), xml(file('xl/_rels/workbook.xml.rels')))
    const shared = file('xl/sharedStrings.xml')
    const rows = rowsOf(xml(file(book.sheet)), shared === null ? [] : textsOf(xml(shared)), most)
    if (book.since1904) for (const { cells } of rows) for (const cell of cells) moveDay(cell)
    return rows
  } catch (error) {
    throw error instanceof NotAnArchive ? new NotAWorkbook() : error
  }
}

function xml(bytes: Buffer | null): string {
  if (bytes === null) throw new NotAWorkbook()
  const text = bytes.toString('utf8')
  // A list needs no declarations of its own; who sends some wants something else of us.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new NotAWorkbook()
  return text
}

type Heard = {
  open: (name: string, attributes: () => Record<string, string>) => void
  close?: (name: string) => void
  text?: (text: string) => void
}

/** Reads XML once from front to back; names are heard without their prefix, as different programs write different ones. */
function hear(text: string, { open, close, text: said }: Heard): void {
  const parser = new Parser()
  const plain = (name: string) => name.slice(name.indexOf(':') + 1)
  parser.on('error', () => {
    throw new NotAWorkbook()
  })
  parser.on('openTag', (name, attributes, decode) =>
    open(plain(name), () =>
      Object.fromEntries(Object.entries(attributes()).map(([key, value]) => [key, decode(value)])),
    ),
  )
  parser.on('closeTag', (name) => close?.(plain(name)))
  parser.on('text', (value, decode) => said?.(decode(value)))
  parser.on('cdata', (value) => said?.(value))
  parser.parse(text)
}

/** Where the first sheet lies, and from which year the workbook counts its days. */
function bookOf(book: string, relations: string): { sheet: string; since1904: boolean } {
  let first: string | null = null
  let since1904 = false
  hear(book, {
    open(name, attributes) {
      if (name === 'sheet') first ??= attributes()['r:id'] ?? null
      if (name === 'workbookPr') since1904 = ['1', 'true'].includes(attributes().date1904 ?? '')
    },
  })
  let sheet: string | null = null
  hear(relations, {
    open(name, attributes) {
      const of = attributes()
      if (name === 'Relationship' && of.Id === first) sheet = of.Target ?? null
    },
  })
  if (sheet === null) throw new NotAWorkbook()
  const target: string = sheet
  return { sheet: target.startsWith('/') ? target.slice(1) : `xl/${target}`, since1904 }
}

/** The texts that cells share; what is only there to be spoken is left out. */
function textsOf(shared: string): string[] {
  const texts: string[] = []
  let [isText, isSpoken] = [false, false]
  hear(shared, {
    open(name) {
      if (name === 'si') texts.push('')
      if (name === 'rPh') isSpoken = true
      isText = name === 't' && !isSpoken
    },
    close(name) {
      if (name === 'rPh') isSpoken = false
      if (name === 't') isText = false
    },
    text(said) {
      if (isText) texts[texts.length - 1] = `${texts.at(-1) ?? ''}${said}`
    },
  })
  return texts
}

class Enough extends Error {}

function rowsOf(sheet: string, texts: readonly string[], most: number): Row[] {
  const rows: Row[] = []
  let cell: { type: string; value: string; isFormula: boolean } | null = null
  let isValue = false
  try {
    hear(sheet, {
      open(name, attributes) {
        if (name === 'row') {
          if (rows.length === most) throw new Enough()
          const number = Number(attributes().r ?? rows.length + 1)
          rows.push({ row: number, cells: [] })
        }
        if (name === 'c') {
          const { r, t = 'n' } = attributes()
          fillUpTo(rows.at(-1)?.cells ?? [], r)
          cell = { type: t, value: '', isFormula: false }
        }
        if (name === 'f' && cell !== null) cell.isFormula = true
        isValue = name === 'v' || name === 't'
      },
      close(name) {
        if (name === 'c' && cell !== null) {
          rows.at(-1)?.cells.push(cellOf(cell, texts))
          cell = null
        }
        if (name === 'v' || name === 't') isValue = false
      },
      text(said) {
        if (isValue && cell !== null) cell.value += said
      },
    })
  } catch (error) {
    if (!(error instanceof Enough)) throw error
  }
  return rows
}

/** Cells that are empty may be left out of a file: `C7` is the third one whatever stands before it. */
function fillUpTo(cells: Cell[], place: string | undefined): void {
  const letters = /^[A-Z]{1,3}/.exec(place ?? '')?.[0]
  const before =
    letters === undefined
      ? cells.length
      : letters.split('').reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  if (before > MOST_COLUMNS) throw new NotAWorkbook()
  while (cells.length < before) cells.push({ text: '', isNumber: false, isFormula: false })
}

function cellOf(
  { type, value, isFormula }: { type: string; value: string; isFormula: boolean },
  texts: readonly string[],
) {
  if (type === 's') return { text: texts[Number(value)] ?? '', isNumber: false, isFormula }
  return { text: value, isNumber: type === 'n' && value !== '', isFormula }
}

function moveDay(cell: Cell): void {
  if (cell.isNumber) cell.text = String(Number(cell.text) + DAYS_FROM_1904)
}
