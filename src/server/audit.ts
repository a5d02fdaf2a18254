import { sql } from 'kysely'
import type { Person } from '../core/access.ts'
import type { Part, Purpose } from '../core/part.ts'
import type { KeyProvider } from '../crypto/provider.ts'
import type { Tx } from './as-person.ts'
import { gatheredAct, hexOf } from './gathered.ts'
import { isBusy } from './postgres-errors.ts'

export type AuditEntry = {
  action: string
  pseudonym: Uint8Array | null
  part: Part | null
  purpose: Purpose | null
  basis: string | null
  outcome: 'done' | 'denied'
  requestId: string
}

/** The ledger did not take an entry: nothing that belongs to it may happen, and nothing of it leaves. */
export class LedgerUnavailable extends Error {
  constructor() {
    super('the ledger did not take the entry')
    this.name = 'LedgerUnavailable'
  }
}

/** Appends to the ledger in the transaction of the act itself: if this fails, the act fails (security.md 6). */
export const auditAppend = gatheredAct(async (tx, entries: readonly AuditEntry[]) => {
  const [only] = entries
  try {
    if (only === undefined || entries.length > 1) await appendAll(tx, entries)
    else
      await sql`select kembali.audit_append(${only.action}, ${only.pseudonym}, ${only.part}, ${only.purpose}, ${only.basis},
        ${only.outcome}, 1, ${only.requestId}, null)`.execute(tx)
  } catch (error) {
    throw isBusy(error) ? error : new LedgerUnavailable()
  }
})

async function appendAll(tx: Tx, entries: readonly AuditEntry[]): Promise<void> {
  const rows = entries.map(({ requestId, ...entry }) => ({
    ...entry,
    pseudonym: hexOf(entry.pseudonym),
    request: requestId,
  }))
  await sql`select kembali.audit_append_all(${JSON.stringify(rows)}::jsonb)`.execute(tx)
}

/** Writes a denial in a transaction of its own, since its act rolled back. */
export async function auditDenial(
  tx: Tx,
  keys: KeyProvider,
  me: Person,
  denied: Denied,
  requestId: string,
): Promise<void> {
  await auditAppend(tx, {
    action: denied.action,
    pseudonym: await pseudonym(keys, denied.caseId),
    part: denied.part,
    purpose: me.purpose,
    basis: null,
    outcome: 'denied',
    requestId,
  })
}

export type Denied = { action: string; caseId: string; part: Part }

/** How the ledger names a case: only the holder of the pseudonym key can tell which one it is. */
export function pseudonym(keys: KeyProvider, caseId: string): Promise<Uint8Array> {
  return keys.mac('PK', DOMAIN, new TextEncoder().encode(`kembali/audit/1|${caseId}`))
}

/** One database serves one custody domain (architecture.md, "Stack, decided"). */
export const DOMAIN = 'main'
