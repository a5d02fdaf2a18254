import type { PublicPack } from '../../core/country.ts'
import { csvText } from '../../core/csv.ts'
import type { Instant } from '../../core/time.ts'
import { notesOf } from './explain.ts'
import type { ReleasedRow, ReleasedTable } from './release.ts'
import type { SignsAs } from './signing.ts'
import type { Count, Share } from './shown.ts'

type Signed = {
  period: string
  madeAt: Instant
  hash: string
  table: ReleasedTable
  signatures: { as: SignsAs; at: Instant }[]
}

/** The released table as CSV with its metadata first; `[c]` stands for what is withheld to protect children. */
export function csvOf(release: Signed, pack: Pick<PublicPack, 'code' | 'fictional' | 'safeguards'>): string {
  const { table } = release
  const { coverage, together } = table
  const lines = [
    ['# Children deprived of liberty and what authorities did within the limit'],
    ['# country', pack.code, pack.fictional ? 'fictional: training data' : ''],
    ['# counted', `custody that began up to the end of ${release.period}`],
    ['# prepared at', release.madeAt],
    ...release.signatures.map((one) => [
      `# signed by the ${one.as === 'dpo' ? 'data protection officer' : one.as}`,
      one.at,
    ]),
    ['# sha-256 of the table', release.hash],
    ['# coverage', `${coverage.offices} offices in ${coverage.regions} of ${coverage.regionsInAll} regions`],
    ['# heard in time', ...limitOf(pack, 'SG-LIB-02')],
    ['# handed over in time', ...limitOf(pack, 'SG-HND-02')],
    [
      '# a share',
      'of children whose limit has passed or was met: shown to be met in time; not shown counts as not met',
    ],
    [
      '# rules',
      'threshold 10; below 30 bands only; rounded to 5; a row changes only when something did for at least 5 of its children',
    ],
    [
      '# children',
      'a child held more than once counts once in each row; it counts as heard or handed over in time only if it was every time',
    ],
    ['# marks', '[c] withheld to protect children; totals are rounded by themselves and do not add up'],
    ['# why there is no more', ...notesOf(table)],
    ['# source', 'coded facts of Kembali (Bali Call articles 5 and 9)'],
    ['area', 'period', 'children held', 'heard in time', 'handed over in time', 'withheld because'],
    ...table.years.map((row) => ['national', row.cell, ...cells(row), whyOf(row)]),
    ...table.quarters.flatMap(({ rows }) => rows.map((row) => ['national', row.cell, ...cells(row), whyOf(row)])),
    ...(together === null
      ? []
      : [['national', `${together.from}-${together.to}`, ...cells(together), whyOf(together)]]),
    ...table.areas.map((area) => [
      area.region,
      area.year,
      ...(area.row === null ? ['[c]', '[c]', '[c]'] : cells(area.row)),
      area.why ?? '',
    ]),
  ]
  return csvText(lines)
}

/** The limit a share is measured by, with how sure we are of it. */
function limitOf({ safeguards }: Pick<PublicPack, 'safeguards'>, id: string): string[] {
  const rule = safeguards.find((one) => one.id === id)
  if (rule === undefined) return ['no limit in this country']
  const sources = rule.limitSources.map(({ id: source, locator }) =>
    locator === undefined ? source : `${source} ${locator}`,
  )
  return [rule.limit ?? '', rule.limitConfidence ?? '', ...sources]
}

function cells(row: ReleasedRow): string[] {
  return [countText(row.held), shareText(row.heardInTime), shareText(row.handedOverInTime)]
}

/** Why a number of the country is not there, as the page says it. */
function whyOf({ held }: ReleasedRow): string {
  return held.kind === 'fewer_than_10' ? held.kind : ''
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
