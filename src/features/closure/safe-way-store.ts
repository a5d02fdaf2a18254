import { sql } from 'kysely'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import type { OpenPart } from '../../server/feature.ts'
import { openFacts, type SealedFact } from '../../server/open-facts.ts'

/** Of `safe_way.body`. */
const SAFE_WAY_FIELD = 112

type SafeWay = { id: string; caseId: string; safely: string | null }

/** Puts apart how a former child may be reached: whoever reads the closing or what was asked does not read this by it. */
export async function insertSafeWay(tx: Tx, { id, caseId, safely }: SafeWay, cipher: CaseCipher): Promise<void> {
  if (safely === null) return
  const body = cipher.seal(SAFE_WAY_FIELD, id, { safely })
  await sql`insert into safe_way (id, case_id, body) values (${id}, ${caseId}, ${body})`.execute(tx)
}

/** What of it this person may know, by the closing or the request it is of: of the children she carries, or whose team she supervises. */
export async function safeWaysOf(
  tx: Tx,
  caseIds: readonly string[],
  open: OpenPart,
): Promise<(of: { id: string; caseId: string }, before: string | null | undefined) => string | null> {
  const ids = sql`${[...caseIds]}::uuid[]`
  const found = await sql<SealedFact>`select id, case_id, body from safe_way where case_id = any(${ids})`.execute(tx)
  const read = await openFacts<SafeWay>(found.rows, SAFE_WAY_FIELD, open)
  const ways = new Map(read.map(({ id, safely }) => [id, safely]))
  const hers = await sql<{ id: string }>`
    select c.id from unnest(${ids}) c (id) where kembali.knows_safe_ways(c.id)`.execute(tx)
  const known = new Set(hers.rows.map(({ id }) => id))
  // What was written before lies with the other words of its row, and is told to the same people.
  return (of, before) => ways.get(of.id) ?? (known.has(of.caseId) ? (before ?? null) : null)
}
