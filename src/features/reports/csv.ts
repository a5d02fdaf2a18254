import type { Count, ReleasedRow, ReleasedTable, Share } from './release.ts'

/** The released table as CSV with its metadata first; `[c]` stands for what is withheld to protect children. */
export function csvOf(table: ReleasedTable, about: { country: string; period: string; madeAt: string }): string {
  const lines = [
    ['# Children deprived of liberty, and first hearing within the limit'],
    ['# country', about.country],
    ['# release', about.period],
    ['# made at', about.madeAt],
    [
      '# rules',
      'threshold 10; totals below 30 as bands; rounded to 5; a row changes only when at least 5 of its facts did',
    ],
    ['# source', 'Kembali coded facts, Bali Call art. 5 and 9'],
    ['area', 'period', 'children held', 'heard within the limit', 'withheld because'],
    ...table.years.map((row) => ['national', row.cell, ...cells(row), '']),
    ['national', `${table.together.from}-${table.together.to}`, ...cells(table.together), ''],
    ...table.areas.map((area) => [
      area.region,
      area.year,
      ...(area.row === null ? ['[c]', '[c]'] : cells(area.row)),
      area.why ?? '',
    ]),
  ]
  return `${lines.map((line) => line.map(safe).join(',')).join('\r\n')}\r\n`
}

function cells(row: ReleasedRow): string[] {
  return [countText(row.held), shareText(row.heardInTime)]
}

function countText(count: Count): string {
  switch (count.kind) {
    case 'fewer_than_10':
      return '[c]'
    case 'band':
      return `${count.from}-${count.to}`
    case 'rounded':
      return String(count.value)
  }
}

function shareText(share: Share): string {
  switch (share.kind) {
    case 'percent':
      return `${share.value}%`
    case 'nearly_all':
    case 'nearly_none':
      return share.kind.replace('_', ' ')
    case 'withheld':
      return '[c]'
  }
}

/** A cell that a spreadsheet would run is written as text; a comma or quote is quoted (security.md 7.3). */
function safe(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
