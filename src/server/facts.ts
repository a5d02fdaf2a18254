import { sql } from 'kysely'
import type { KeyProvider } from '../crypto/provider.ts'
import type { Tx } from './as-person.ts'
import { DOMAIN } from './audit.ts'
import type { CodedFact } from './feature.ts'

/** The kinds of coded facts there are; a child that is left out is left out of each. */
const FACT_KINDS = ['held'] as const
export type FactKind = (typeof FACT_KINDS)[number]

const macOf = (keys: KeyProvider, text: string) => keys.mac('PK', DOMAIN, new TextEncoder().encode(text))

/** The name by which facts of one kind know their child. */
const childOf = (keys: KeyProvider, caseId: string, kind: FactKind) =>
  macOf(keys, `kembali/fact-child/1|${kind}|${caseId}`)

/**
 * Leaves a child out of all figures, or counts it again, as it said to being counted without a name (SDC-13): the database
 * looks at the answers itself, for whoever may write them.
 */
export async function leaveOut(tx: Tx, keys: KeyProvider, caseId: string): Promise<void> {
  await sql`select kembali.leave_out(${caseId}, ${await namesOf(keys, caseId)}::bytea[])`.execute(tx)
}

/** The same of children who had said no before figures knew of it, at most so many at once; answers how many. */
export async function leaveOutWaiting(tx: Tx, keys: KeyProvider, most: number): Promise<number> {
  const found = await sql<{ caseId: string }>`select kembali.left_out_next(${most}) as case_id`.execute(tx)
  for (const { caseId } of found.rows)
    await sql`select kembali.left_out_done(${caseId}, ${await namesOf(keys, caseId)}::bytea[])`.execute(tx)
  return found.rows.length
}

const namesOf = (keys: KeyProvider, caseId: string) =>
  Promise.all(FACT_KINDS.map((kind) => childOf(keys, caseId, kind)))

/**
 * Puts all coded facts of one kind of a case in the place of those before (architecture.md, "Figures"): a thing that is no
 * more leaves no fact. Each lies under HMAC(PK, case ‖ thing) and says HMAC(PK, kind ‖ case), by which figures tell one
 * child from another; without the key neither leads to a child, nor from one kind of fact to another. k_app reads none back.
 */
export async function replaceFacts(
  tx: Tx,
  keys: KeyProvider,
  caseId: string,
  kind: FactKind,
  facts: readonly CodedFact[],
): Promise<void> {
  const child = await childOf(keys, caseId, kind)
  const rows = await Promise.all(
    facts.map(async ({ thing, coded, dueOn }) => ({
      id: Buffer.from(await macOf(keys, `kembali/fact/1|${caseId}|${kind}|${thing}`)).toString('hex'),
      coded,
      due_on: dueOn,
    })),
  )
  await sql`select kembali.facts_replace(${child}, ${kind}, ${JSON.stringify(rows)}::jsonb)`.execute(tx)
}
