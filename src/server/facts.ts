import { sql } from 'kysely'
import type { KeyProvider } from '../crypto/provider.ts'
import type { Tx } from './as-person.ts'
import { DOMAIN } from './audit.ts'
import type { CodedFact } from './feature.ts'

/**
 * Puts one coded fact under a key that leads back to no child: HMAC(PK, case ‖ thing) (architecture.md, "Figures").
 * The same thing of the same case replaces its earlier fact; k_app cannot read facts back.
 */
export async function putFact(
  tx: Tx,
  keys: KeyProvider,
  caseId: string,
  thing: string,
  fact: CodedFact,
): Promise<void> {
  const id = await keys.mac('PK', DOMAIN, new TextEncoder().encode(`kembali/fact/1|${caseId}|${thing}`))
  await sql`select kembali.fact_put(${id}, ${fact.kind}, ${JSON.stringify(fact.coded)}::jsonb, ${fact.dueOn}::date)`.execute(
    tx,
  )
}
