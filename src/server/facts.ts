import { sql } from 'kysely'
import type { KeyProvider } from '../crypto/provider.ts'
import type { Tx } from './as-person.ts'
import { DOMAIN } from './audit.ts'
import type { CodedFact } from './feature.ts'

/**
 * Puts all coded facts of one kind of a case in the place of those before (architecture.md, "Figures"): a thing that is no
 * more leaves no fact. Each lies under HMAC(PK, case ‖ thing) and says HMAC(PK, kind ‖ case), by which figures tell one
 * child from another; without the key neither leads to a child, nor from one kind of fact to another. k_app reads none back.
 */
export async function replaceFacts(
  tx: Tx,
  keys: KeyProvider,
  caseId: string,
  kind: string,
  facts: readonly CodedFact[],
): Promise<void> {
  const mac = (text: string) => keys.mac('PK', DOMAIN, new TextEncoder().encode(text))
  const child = await mac(`kembali/fact-child/1|${kind}|${caseId}`)
  const rows = await Promise.all(
    facts.map(async ({ thing, coded, dueOn }) => ({
      id: Buffer.from(await mac(`kembali/fact/1|${caseId}|${kind}|${thing}`)).toString('hex'),
      coded,
      due_on: dueOn,
    })),
  )
  await sql`select kembali.facts_replace(${child}, ${kind}, ${JSON.stringify(rows)}::jsonb)`.execute(tx)
}
