import { sql } from 'kysely'
import type { Instant } from '../../core/time.ts'
import type { Tx } from '../../server/as-person.ts'
import type { HeldFact, Published, ReleasedRow, ReleasedTable } from './release.ts'

type FactRow = { id: Uint8Array; coded: { year: string; region: string; office: string; hearing: HeldFact['hearing'] } }

/** All coded facts of custody, as the statistics role sees them: nothing that leads back to a child. */
export async function heldFacts(tx: Tx): Promise<HeldFact[]> {
  const found = await sql<FactRow>`select id, coded from stat_fact where kind = 'held'`.execute(tx)
  return found.rows.map(({ id, coded }) => ({
    id: Buffer.from(id).toString('hex'),
    year: coded.year,
    region: coded.region,
    office: coded.office,
    hearing: coded.hearing,
  }))
}

export type Release = { id: string; period: string; madeAt: Instant; released: ReleasedTable }

/** The newest release, or null before the first. */
export async function latestRelease(tx: Tx): Promise<Release | null> {
  const found =
    await sql<Release>`select id, period, made_at, released from release where code = 'held' order by made_at desc limit 1`.execute(
      tx,
    )
  return found.rows[0] ?? null
}

/** Every row ever published that still stands, with the facts it rested on. */
export async function published(tx: Tx): Promise<Published> {
  const last = await latestRelease(tx)
  const basis = await sql<{
    cell: string
    factId: Uint8Array
    hearing: string
  }>`select cell, fact_id, hearing from stat_basis`.execute(tx)
  const rows = new Map<string, { row: ReleasedRow; facts: Map<string, string> }>()
  for (const { cell, row } of last === null ? [] : rowsOf(last.released)) rows.set(cell, { row, facts: new Map() })
  for (const { cell, factId, hearing } of basis.rows)
    rows.get(cell)?.facts.set(Buffer.from(factId).toString('hex'), hearing)
  return { rows }
}

/** Keeps a release, and what each of its newly worked-out rows rested on. */
export async function keepRelease(
  tx: Tx,
  period: string,
  released: ReleasedTable,
  hash: Uint8Array,
  facts: readonly HeldFact[],
  before: Published,
): Promise<void> {
  await sql`insert into release (code, period, released, hash) values ('held', ${period}, ${JSON.stringify(released)}::jsonb, ${hash})`.execute(
    tx,
  )
  for (const { cell, row } of rowsOf(released)) {
    if (before.rows.get(cell)?.row === row) continue // carried forward: it rests on what it rested on
    await sql`delete from stat_basis where cell = ${cell}`.execute(tx)
    const behind = facts.filter((fact) => isBehind(fact, cell))
    for (const fact of behind)
      await sql`insert into stat_basis (cell, fact_id, hearing) values (${cell}, ${Buffer.from(fact.id, 'hex')}, ${fact.hearing})`.execute(
        tx,
      )
  }
}

function isBehind(fact: HeldFact, cell: string): boolean {
  const [year, region] = cell.split('|')
  return cell === 'together' || (fact.year === year && (region === undefined || fact.region === region))
}

function rowsOf(table: ReleasedTable): { cell: string; row: ReleasedRow }[] {
  const { from: _from, to: _to, ...together } = table.together
  return [...table.years, together, ...table.areas.flatMap((area) => (area.row === null ? [] : [area.row]))].map(
    (row) => ({ cell: row.cell, row }),
  )
}
