import { childrenBehind, type HeldFact, stateOf } from '../src/features/reports/children.ts'
import {
  type About,
  type Published,
  releaseHeld,
  type ReleasedTable,
  yearsOf,
} from '../src/features/reports/release.ts'

let serial = 0

/** Coded facts of custody, made up: each of another child, two offices in turn, everything kept in time unless told otherwise. */
export function facts(
  count: number,
  over: Partial<HeldFact> = {},
  each: (n: number) => Partial<HeldFact> = () => ({}),
) {
  return Array.from({ length: count }, (_, n): HeldFact => {
    serial += 1
    const year = over.year ?? '2025'
    return {
      child: `c${serial}`,
      year,
      quarter: `${year}-Q${1 + (n % 4)}`,
      region: 'A',
      office: `office ${n % 2}`,
      hearing: 'within',
      handover: 'within',
      ...over,
      ...each(n),
    }
  })
}

/** What a release is about: the whole of 2025, five provinces. */
export function about(over: Partial<About> = {}): About {
  return {
    period: '2025-Q4',
    regions: ['A', 'B', 'C', 'D', 'E'],
    coverage: { offices: 6, regions: 3, regionsInAll: 5 },
    ...over,
  }
}

/** A statistics office that releases quarter after quarter and remembers what it published. */
export function press() {
  let before: Published = new Map()
  const tables: ReleasedTable[] = []
  return {
    tables,
    release(all: readonly HeldFact[], of: About = about()): ReleasedTable {
      const made = releaseHeld(all, of, before, tables)
      if (!made.made) throw new Error(`refused by the auditor: ${made.exposed.join()}`)
      const behind = childrenBehind(all, yearsOf(of.period), of.period)
      before = new Map(
        [...made.standing].map(([cell, standing]) => {
          const old = before.get(cell)
          if (old?.standing === standing) return [cell, old]
          return [cell, { standing, children: new Map(behind.get(cell)?.map((one) => [one.child, stateOf(one)])) }]
        }),
      )
      tables.push(made.table)
      return made.table
    },
  }
}

/** The rows of a table without its period and coverage, as bytes. */
export function rowsAsText({ years, together, quarters, areas }: ReleasedTable): string {
  return JSON.stringify({ years, together, quarters, areas })
}
