import { sql } from 'kysely'
import type { Part, Purpose } from '../core/part.ts'
import type { KeyProvider } from '../crypto/provider.ts'
import type { Tx } from './as-person.ts'

export type AuditEntry = {
  action: string
  pseudonym: Uint8Array | null
  part: Part | null
  purpose: Purpose | null
  basis: string | null
  outcome: 'done' | 'denied'
  requestId: string
}

/** Appends to the ledger in the transaction of the act itself: if this fails, the act fails (security.md 6). */
export async function auditAppend(tx: Tx, entry: AuditEntry): Promise<void> {
  await sql`select kembali.audit_append(${entry.action}, ${entry.pseudonym}, ${entry.part}, ${entry.purpose}, ${entry.basis},
    ${entry.outcome}, 1, ${entry.requestId}, null)`.execute(tx)
}

/** How the ledger names a case: only the holder of the pseudonym key can tell which one it is. */
export function pseudonym(keys: KeyProvider, caseId: string): Promise<Uint8Array> {
  return keys.mac('PK', DOMAIN, new TextEncoder().encode(`kembali/audit/1|${caseId}`))
}

/** One database serves one custody domain (architecture.md, "Stack, decided"). */
export const DOMAIN = 'main'
