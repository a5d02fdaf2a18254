import { sql } from 'kysely'
import type { Role } from '../../core/access.ts'
import type { Instant } from '../../core/time.ts'
import { sha256, sha256Hex } from '../../crypto/hash.ts'
import type { Passkey } from '../../crypto/passkey.ts'
import type { KeyProvider } from '../../crypto/provider.ts'
import { newId, newToken } from '../../crypto/random.ts'
import type { Tx } from '../../server/as-person.ts'
import { DOMAIN } from '../../server/audit.ts'
import type { Machine } from '../../server/machine.ts'

/** Who a one-time link is for. `personId` null: the first administrator, who says herself who she is. */
export type InvitationFacts = {
  id: string
  vouchId: string | null
  personId: string | null
  name: string | null
  login: string | null
  role: Role | null
  language: string | null
  passkeyOnly: boolean
  totpEpoch: string | null
  totpWrapped: Uint8Array | null
  moment: Instant
}

export async function invitationFacts(tx: Tx, token: string): Promise<InvitationFacts | null> {
  const found = await sql<InvitationFacts>`select * from kembali.invitation_facts(${sha256(token)})`.execute(tx)
  return found.rows[0] ?? null
}

/** The number a voucher tells, as it is kept: only the running server can make it. */
export function macOfCode(keys: KeyProvider, vouchId: string, code: string): Promise<Uint8Array> {
  return keys.mac('PK', DOMAIN, new TextEncoder().encode(`kembali/vouch/1|${vouchId}|${code}`))
}

/** Whether link and number open together; a wrong number counts, and the fifth ends the link. */
export async function opensInvitation(tx: Tx, token: string, code: Uint8Array | null): Promise<boolean> {
  const found = await sql<{
    id: string | null
  }>`select kembali.invitation_open(${sha256(token)}, ${code}) as id`.execute(tx)
  return (found.rows[0]?.id ?? null) !== null
}

export type First = { name: string; login: string; language: string; office: string; sector: string }

export async function enrolFirst(tx: Tx, token: string, first: First, requestId: string): Promise<string> {
  const { name, login, language, office, sector } = first
  const found = await sql<{ answer: string }>`select kembali.enrol_first(${sha256(token)}, ${newId()}, ${newId()},
    ${name}, ${login}, ${language}, ${office}, ${sector}, ${requestId}) as answer`.execute(tx)
  return found.rows[0]?.answer ?? 'link_over'
}

export async function keepTotp(
  tx: Tx,
  token: string,
  code: Uint8Array | null,
  epoch: string,
  wrapped: Uint8Array,
): Promise<boolean> {
  const found = await sql<{ kept: boolean }>`
    select kembali.enrol_totp(${sha256(token)}, ${code}, ${epoch}, ${wrapped}) as kept`.execute(tx)
  return found.rows[0]?.kept === true
}

/** The person who now signs in with this password and its codes, or null when the link is over. */
export async function enrolPassword(
  tx: Tx,
  token: string,
  code: Uint8Array | null,
  hash: string,
  step: number,
  requestId: string,
): Promise<string | null> {
  const found = await sql<{ personId: string | null }>`
    select kembali.enrol_password(${sha256(token)}, ${code}, ${hash}, ${step}, ${requestId}) as person_id`.execute(tx)
  return found.rows[0]?.personId ?? null
}

export async function enrolPasskey(
  tx: Tx,
  token: string,
  code: Uint8Array | null,
  made: Passkey,
  requestId: string,
): Promise<string | null> {
  const { id, publicKey, counter, transports, backedUp } = made
  const found = await sql<{ personId: string | null }>`
    select kembali.enrol_passkey(${sha256(token)}, ${code}, ${id}, ${publicKey}, ${counter}, ${transports}::text[],
      ${backedUp}, ${requestId}) as person_id`.execute(tx)
  return found.rows[0]?.personId ?? null
}

/**
 * The one-time link for the first administrator of a real deployment, for an hour; null when she has enrolled already.
 * There are no default accounts: whoever can read the start of this server is who sets it up.
 */
export async function firstAdministratorLink(machine: Machine): Promise<string | null> {
  if (machine.config.mode !== 'production') return null
  const [row] = await machine.db.owner.rows(
    `select d.set_up_ended_at, d.first_admin, exists (select from app_user where enrolled_at is not null) as somebody from deployment d`,
  )
  if (row === undefined || row.set_up_ended_at !== null || row.somebody === true) return null
  const token = newToken()
  const person = typeof row.first_admin === 'string' ? `'${row.first_admin}'` : 'null'
  // A new start makes a new link; the one that was printed before is dead.
  await machine.db.owner.script(`begin; set local role k_owner;
    update invitation set stopped_at = kembali.now() where used_at is null and stopped_at is null and made_by is null;
    insert into invitation (id, person_id, token_hash, ends_at)
    values ('${newId()}', ${person}, decode('${sha256Hex(token)}', 'hex'), kembali.now() + interval '1 hour');
    commit`)
  return enrolLink(machine, token)
}

/** After the `#`, so that no server, proxy or log ever sees the secret. */
export function enrolLink(machine: Machine, token: string): string {
  return `${machine.config.origin ?? `http://localhost:${machine.config.port}`}/enrol#${token}`
}
