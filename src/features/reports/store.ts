import { sql } from 'kysely'
import type { Instant } from '../../core/time.ts'
import type { Tx } from '../../server/as-person.ts'
import { childrenBehind, type HeldFact, stateOf } from './children.ts'
import { type Published, type ReleasedTable, type Standing, yearsOf } from './release.ts'
import type { SignsAs, SigningAnswer } from './signing.ts'
import type { Outcome } from './shown.ts'

type Coded = {
  year: string
  quarter: string
  region: string
  office: string
  hearing: Outcome
  handover: Outcome
  handoverDueOn: string | null
}
type FactRow = { child: Uint8Array; coded: Coded; dueOn: string | null; today: string }

/**
 * All coded facts of custody as they stand at the freeze, which is all the statistics role can see. A duty still open is
 * open until its due day has passed; after it, it is not shown to have been kept. A child that said no to being counted is not
 * among them (SDC-13).
 */
export async function heldFacts(tx: Tx): Promise<HeldFact[]> {
  const found = await sql<FactRow>`
    select child, coded, due_on::text as due_on, (kembali.now() at time zone 'UTC')::date::text as today
      from stat_fact f where kind = 'held'
       and not exists (select from stat_left_out o where o.child = f.child)`.execute(tx)
  return found.rows.map(({ child, coded, dueOn, today }) => ({
    child: Buffer.from(child).toString('hex'),
    year: coded.year,
    quarter: coded.quarter,
    region: coded.region,
    office: coded.office,
    hearing: atFreeze(coded.hearing, dueOn, today),
    handover: atFreeze(coded.handover, coded.handoverDueOn, today),
  }))
}

function atFreeze(outcome: Outcome, dueOn: string | null, today: string): Outcome {
  return outcome === 'open' && dueOn !== null && dueOn < today ? 'not_shown' : outcome
}

/** The moment of the database: the one that tests can move and a phone cannot. */
export async function databaseNow(tx: Tx): Promise<Instant> {
  const found = await sql<{ now: Instant }>`select kembali.now() as now`.execute(tx)
  const [row] = found.rows
  if (row === undefined) throw new Error('the database has a moment')
  return row.now
}

/** Offices of child protection that use this system, and the regions they are in. */
export async function reportingOffices(tx: Tx): Promise<{ offices: number; regions: string[] }> {
  const found = await sql<{ offices: number; regions: string[] }>`select * from kembali.reporting_offices()`.execute(tx)
  return found.rows[0] ?? { offices: 0, regions: [] }
}

export type Signature = { as: SignsAs; at: Instant }
export type Release = {
  id: string
  period: string
  madeAt: Instant
  /** What a signature signs. */
  hash: string
  table: ReleasedTable
  signatures: Signature[]
}

/** All releases the asking person may see, newest first. */
export async function releases(tx: Tx): Promise<Release[]> {
  const found = await sql<Omit<Release, 'signatures'> & { signatures: Signature[] | null }>`
    select r.id, r.period, r.made_at, encode(r.hash, 'hex') as hash, r.released as table,
           (select json_agg(json_build_object('as', s.signs_as, 'at', to_char(s.signed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by s.signed_at)
              from release_signature s where s.release_id = r.id) as signatures
      from release r where r.code = 'held' order by r.made_at desc, r.period desc`.execute(tx)
  return found.rows.map((row) => ({ ...row, signatures: row.signatures ?? [] }))
}

/** Signs a prepared release in the asking person's name; the database decides. */
export async function signRelease(tx: Tx, id: string, hash: string, requestId: string): Promise<SigningAnswer> {
  const found = await sql<{ answer: SigningAnswer }>`
    select kembali.release_sign(${id}, ${Buffer.from(hash, 'hex')}, ${requestId}) as answer`.execute(tx)
  return found.rows[0]?.answer ?? 'not_allowed'
}

/** Every table ever prepared, oldest first: what the auditor reads. */
export async function everPublished(tx: Tx): Promise<ReleasedTable[]> {
  const found = await sql<{
    released: ReleasedTable
  }>`select released from release where code = 'held' order by made_at, period`.execute(tx)
  return found.rows.map((row) => row.released)
}

/** What stands of every cell, with the children it rested on when it was worked out. */
export async function published(tx: Tx): Promise<Published> {
  const cells = await sql<{ cell: string; standing: Standing }>`select cell, standing from stat_standing`.execute(tx)
  const basis = await sql<{
    cell: string
    child: Uint8Array
    state: string
  }>`select cell, child, state from stat_basis`.execute(tx)
  const rows = new Map(
    cells.rows.map(({ cell, standing }) => [cell, { standing, children: new Map<string, string>() }]),
  )
  for (const { cell, child, state } of basis.rows)
    rows.get(cell)?.children.set(Buffer.from(child).toString('hex'), state)
  return rows
}

/** Keeps a prepared release, and what each of its newly worked-out cells rests on. */
export async function keepRelease(
  tx: Tx,
  { table, standing }: { table: ReleasedTable; standing: ReadonlyMap<string, Standing> },
  hash: Uint8Array,
  facts: readonly HeldFact[],
  before: Published,
): Promise<void> {
  await sql`insert into release (code, period, released, hash) values ('held', ${table.period}, ${JSON.stringify(table)}::jsonb, ${hash})`.execute(
    tx,
  )
  const fresh = [...standing].filter(([cell, now]) => before.get(cell)?.standing !== now)
  const behind = childrenBehind(facts, yearsOf(table.period), table.period)
  const basis = fresh.flatMap(([cell]) =>
    (behind.get(cell) ?? []).map((one) => ({ cell, child: one.child, state: stateOf(one) })),
  )
  const cells = JSON.stringify(fresh.map(([cell, now]) => ({ cell, standing: now })))
  await sql`
    insert into stat_standing (cell, standing)
    select cell, standing from jsonb_to_recordset(${cells}::jsonb) as fresh (cell text, standing jsonb)
    on conflict (cell) do update set standing = excluded.standing`.execute(tx)
  await sql`
    delete from stat_basis where cell in (select cell from jsonb_to_recordset(${cells}::jsonb) as fresh (cell text))`.execute(
    tx,
  )
  await sql`
    insert into stat_basis (cell, child, state)
    select cell, decode(child, 'hex'), state from jsonb_to_recordset(${JSON.stringify(basis)}::jsonb)
      as fresh (cell text, child text, state text)`.execute(tx)
}
