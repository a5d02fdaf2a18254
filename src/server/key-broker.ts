import { sql } from 'kysely'
import type { AccessRow, DecideAccess, Person } from '../core/access.ts'
import type { Level, Part, Purpose } from '../core/part.ts'
import { caseCipher, makeCaseKey, type CaseCipher } from '../crypto/case-cipher.ts'
import type { KeyProvider, KeyRef } from '../crypto/provider.ts'
import type { Tx } from './as-person.ts'
import { auditAppend, pseudonym } from './audit.ts'

/** The person may not have this key. To the outside it looks like a case that does not exist. */
export class NotAllowed extends Error {
  readonly caseId: string
  readonly part: Part
  constructor(caseId: string, part: Part) {
    super('not allowed')
    this.caseId = caseId
    this.part = part
  }
}

/** The person has opened more files beyond her own caseload than a day allows. */
export class BudgetSpent extends Error {}

export type OpenRequest = { me: Person; caseId: string; purpose: Purpose; requestId: string }

/** One case opened by one person for one purpose: the only way to what is written in it. */
export type OpenCase = {
  rows: readonly AccessRow[]
  /** Whether anything was ever written in a part that this person may read. */
  holds: (part: Part) => boolean
  /** Opens a part's key; the audit entry is written before the key is unwrapped. */
  part: (part: Part, level: Level) => Promise<CaseCipher>
  /** Ends every key handed out: they must not outlive the transaction. */
  end: () => void
}

/** Words under a key of their own: of no case that its reader could open. */
export type Apart = { keyId: Uint8Array; epoch: string; wrapped: Uint8Array; body: Uint8Array }

/** `toRead` counts an opening against the day's budget; what the gate opens to write or merge is not counted. */
export type KeyBroker = {
  openCase: (tx: Tx, request: OpenRequest, toRead: boolean) => Promise<OpenCase>
  sealApart: (fieldId: number, rowId: string, value: unknown) => Promise<Apart>
  /** Opens such words for whoever keeps the case of `request`; written down before the key is unwrapped. */
  openApart: (tx: Tx, request: OpenRequest, fieldId: number, rowId: string, apart: Apart) => Promise<unknown>
}

type KeyRow = AccessRow & {
  keyId: Uint8Array | null
  epoch: string | null
  wrapped: Uint8Array | null
  keyVersion: number | null
}

/** Makes the broker over one provider (security.md 2.4): decision, own key row, budget, audit, unwrap, in that order. */
export function makeKeyBroker(
  deploymentId: string,
  keys: KeyProvider,
  epoch: KeyRef,
  decide: DecideAccess,
  budgetDay: number,
): KeyBroker {
  async function openCase(tx: Tx, request: OpenRequest, toRead: boolean): Promise<OpenCase> {
    const { me, caseId, purpose, requestId } = request
    const found = await sql<KeyRow>`
      select a.part, a.level, a.basis, a.ends_at, k.key_id, k.epoch, k.wrapped, k.version as key_version
        from access a left join case_key k on k.case_id = a.case_id and k.part = a.part
       where a.actor = ${me.id} and a.case_id = ${caseId}`.execute(tx)
    const rows = found.rows
    const opened = new Map<Part, CaseCipher>()
    let counted = false

    async function part(wanted: Part, level: Level): Promise<CaseCipher> {
      const decision = decide({ person: me, rows, part: wanted, level, purpose, now: me.askedAt })
      if (!decision.allow) throw new NotAllowed(caseId, wanted)
      const before = opened.get(wanted)
      if (before !== undefined) return before
      if (toRead && !counted) await countOpening()
      const kept = rows.find((row) => row.part === wanted && row.wrapped !== null) ?? null
      if (kept === null && level === 'read') throw new NotAllowed(caseId, wanted)
      await auditAppend(tx, {
        action: `open_${level}`,
        pseudonym: await pseudonym(keys, caseId),
        part: wanted,
        purpose,
        basis: decision.basis,
        outcome: 'done',
        requestId,
      })
      const cipher = kept === null ? await makeKey(wanted) : await unwrapKey(wanted, kept)
      opened.set(wanted, cipher)
      return cipher
    }

    async function countOpening(): Promise<void> {
      counted = true
      const note = await sql<{ beyond: number }>`select kembali.note_opening(${caseId}) as beyond`.execute(tx)
      if ((note.rows[0]?.beyond ?? 0) > budgetDay) throw new BudgetSpent()
    }

    async function makeKey(wanted: Part): Promise<CaseCipher> {
      const key = makeCaseKey()
      const wrapped = await keys.wrap(epoch, key.bytes, wrapAad(caseId, wanted))
      await sql`insert into case_key (case_id, part, key_id, epoch, wrapped)
        values (${caseId}, ${wanted}, ${key.keyId}, ${epoch.epoch}, ${wrapped})`.execute(tx)
      return caseCipher({ deploymentId, caseId, part: wanted, keyVersion: 1 }, key)
    }

    async function unwrapKey(wanted: Part, row: KeyRow): Promise<CaseCipher> {
      if (row.wrapped === null || row.keyId === null || row.epoch === null) throw new NotAllowed(caseId, wanted)
      const bytes = await keys.unwrap({ ...epoch, epoch: row.epoch }, row.wrapped, wrapAad(caseId, wanted))
      return caseCipher(
        { deploymentId, caseId, part: wanted, keyVersion: row.keyVersion ?? 1 },
        { keyId: row.keyId, bytes },
      )
    }

    const holds = (wanted: Part) =>
      decide({ person: me, rows, part: wanted, level: 'read', purpose, now: me.askedAt }).allow &&
      rows.some((row) => row.part === wanted && row.wrapped !== null)

    return { rows, holds, part, end: () => opened.forEach((cipher) => cipher.end()) }
  }

  async function sealApart(fieldId: number, rowId: string, value: unknown): Promise<Apart> {
    const key = makeCaseKey()
    const keyId = key.keyId.slice()
    const wrapped = await keys.wrap(epoch, key.bytes, wrapAad(rowId, 'identity'))
    const cipher = caseCipher(apartScope(rowId), key)
    const body = cipher.seal(fieldId, rowId, value)
    cipher.end()
    return { keyId, epoch: epoch.epoch, wrapped, body }
  }

  async function openApart(
    tx: Tx,
    request: OpenRequest,
    fieldId: number,
    rowId: string,
    apart: Apart,
  ): Promise<unknown> {
    const { me, caseId, purpose, requestId } = request
    const { rows } = await openCase(tx, request, false)
    const decision = decide({ person: me, rows, part: 'identity', level: 'read', purpose, now: me.askedAt })
    if (!decision.allow) throw new NotAllowed(caseId, 'identity')
    await auditAppend(tx, {
      action: 'open_apart',
      pseudonym: await pseudonym(keys, caseId),
      part: 'identity',
      purpose,
      basis: decision.basis,
      outcome: 'done',
      requestId,
    })
    const bytes = await keys.unwrap({ ...epoch, epoch: apart.epoch }, apart.wrapped, wrapAad(rowId, 'identity'))
    const cipher = caseCipher(apartScope(rowId), { keyId: apart.keyId, bytes })
    const value = cipher.open(fieldId, rowId, apart.body)
    cipher.end()
    return value
  }

  const apartScope = (rowId: string) => ({ deploymentId, caseId: rowId, part: 'identity', keyVersion: 1 })

  return { openCase, sealApart, openApart }
}

/** A wrapped key is bound to its case and part, so that it cannot be moved to another row. */
function wrapAad(caseId: string, part: Part): Uint8Array {
  return new TextEncoder().encode(`kembali/key/1|${caseId}|${part}`)
}
