import { sql } from 'kysely'
import type { Instant } from '../../core/time.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import type { OpContext } from '../../server/feature.ts'
import { gatheredAct } from '../../server/gathered.ts'
import type { Apart } from '../../server/key-broker.ts'
import { type Compound, COMPOUNDS, type CompoundTexts, type MatchFacts, textsOfFile } from './match.ts'
import type { MutableName } from './case.ts'
import { findCase, readMutable } from './store.ts'

type Buckets = Record<Compound, number[]>

export async function bucketsOf(texts: CompoundTexts, matchBucket: OpContext['matchBucket']): Promise<Buckets> {
  const buckets: Buckets = { a: [], b: [], c: [] }
  for (const compound of COMPOUNDS)
    buckets[compound] = await Promise.all(texts[compound].map((text) => matchBucket(`${compound}|${text}`)))
  return buckets
}

/** What was just written, and need not be read again. */
type KnownFields = { [name in MutableName]?: Record<string, unknown> }

/** What a file says that a request can be compared with: identity, and the village of the card where no origin is known. */
export async function factsOfFile(
  tx: Tx,
  caseId: string,
  cipher: CaseCipher,
  known: KnownFields = {},
): Promise<MatchFacts> {
  const fieldsOf = async (name: 'child_identity' | 'child_card') =>
    known[name] ?? (await readMutable(tx, name, caseId, cipher))?.fields ?? {}
  const row = await findCase(tx, caseId)
  // Both were checked by their own schemas when they were written.
  const { fullName, birthYear, origin } = (await fieldsOf('child_identity')) as {
    fullName?: string | null
    birthYear?: number | null
    origin?: string | null
  }
  const { village } = (await fieldsOf('child_card')) as { village?: string | null }
  return {
    names: fullName ?? '',
    birthYear: birthYear ?? null,
    sex: row?.sex ?? 'not_known',
    origin: origin ?? village ?? null,
  }
}

/** Keeps the blind index in step with the file, in the transaction that changed it. */
export async function indexForMatching(
  tx: Tx,
  caseId: string,
  cipher: CaseCipher,
  ctx: OpContext,
  known: KnownFields = {},
): Promise<void> {
  const { a, b, c } = await bucketsOf(textsOfFile(await factsOfFile(tx, caseId, cipher, known)), ctx.matchBucket)
  await putIndex(tx, { case_id: caseId, a: a[0] ?? null, b: b[0] ?? null, c: c[0] ?? null })
}

/** A file's buckets as the database names them: they go there as JSON. */
type Indexed = { case_id: string } & Record<Compound, number | null>

const putIndex = gatheredAct(async (tx, files: readonly Indexed[]) => {
  await sql`select kembali.match_index_put(${JSON.stringify(files)}::jsonb)`.execute(tx)
})

export async function matchRequestsToday(tx: Tx): Promise<number> {
  const found = await sql<{ today: number }>`select kembali.match_requests_today() as today`.execute(tx)
  return found.rows[0]?.today ?? 0
}

export async function insertMatchRequest(
  tx: Tx,
  row: { id: string; caseId: string; opId: string; personId: string; buckets: Buckets; apart: Apart },
): Promise<void> {
  const { id, caseId, opId, personId, buckets, apart } = row
  await sql`insert into match_request (id, case_id, op_id, person_id, body, key_id, epoch, wrapped, a, b, c)
    values (${id}, ${caseId}, ${opId}, ${personId}, ${apart.body}, ${apart.keyId}, ${apart.epoch}, ${apart.wrapped},
      ${buckets.a}, ${buckets.b}, ${buckets.c})`.execute(tx)
}

export type Hit = { id: string; caseId: string; madeAt: Instant; dueAt: Instant; state: HitState }
export type HitState = 'waiting' | 'make_contact' | 'not_the_same'

/** Hits of the given files, for a device and for a day's list: moments and states, no word. */
export async function findHits(tx: Tx, caseIds: readonly string[]): Promise<Hit[]> {
  const found = await sql<Hit>`
    select id, case_id, made_at, due_at, state from match_hit where case_id = any(${caseIds}::uuid[]) order by made_at, id`.execute(
    tx,
  )
  return found.rows
}

export async function findHit(tx: Tx, hitId: string, caseId: string): Promise<Hit | null> {
  return (await findHits(tx, [caseId])).find((hit) => hit.id === hitId) ?? null
}

export async function settleHit(tx: Tx, hitId: string, state: HitState, personId: string): Promise<void> {
  await sql`update match_hit set state = ${state}, settled_at = kembali.now(), settled_by = ${personId} where id = ${hitId}`.execute(
    tx,
  )
}

/** The request a hit came from, still sealed. */
export async function findRequestOfHit(tx: Tx, hitId: string): Promise<(Apart & { id: string }) | null> {
  const found = await sql<Apart & { id: string }>`
    select r.id, r.key_id, r.epoch, r.wrapped, r.body from match_request r join match_hit h on h.request_id = r.id where h.id = ${hitId}`.execute(
    tx,
  )
  return found.rows[0] ?? null
}

export async function findAsker(tx: Tx, hitId: string): Promise<{ organisation: string; name: string | null } | null> {
  const found = await sql<{ organisation: string; name: string | null }>`
    select * from kembali.match_asker(${hitId})`.execute(tx)
  return found.rows[0] ?? null
}
