import { sql } from 'kysely'
import type { AccessRow, Basis, DecideAccess, Person, Role } from '../core/access.ts'
import type { Level, Part, Purpose } from '../core/part.ts'
import { caseCipher, makeCaseKey, type CaseCipher } from '../crypto/case-cipher.ts'
import { EnvelopeError } from '../crypto/errors.ts'
import type { KeyProvider, KeyRef } from '../crypto/provider.ts'
import type { Tx } from './as-person.ts'
import { auditAppend, pseudonym } from './audit.ts'
import type { Budgets } from './config.ts'
import { gathered, gatheredAct, insertAll, isAmong } from './gathered.ts'

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

/** The person has opened more files beyond her own caseload than an hour or a day allows. */
export class BudgetSpent extends Error {
  readonly caseId: string
  readonly part: Part
  constructor(caseId: string, part: Part) {
    super('budget spent')
    this.caseId = caseId
    this.part = part
  }
}

/** Something sealed did not open: changed, moved or cut. One error for all, in the ledger, and no plaintext. */
export class Unreadable extends Error {
  readonly caseId: string
  readonly part: Part
  constructor(caseId: string, part: Part) {
    super('unreadable')
    this.name = 'Unreadable'
    this.caseId = caseId
    this.part = part
  }
}

export type OpenRequest = { me: Person; caseId: string; purpose: Purpose; requestId: string }

/** One case opened by one person for one purpose: the only way to what is written in it. */
export type OpenCase = {
  rows: readonly AccessRow[]
  /** Whether this person may read a part now, for this purpose. */
  mayRead: (part: Part) => boolean
  /** Whether anything was ever written in a part that this person may read. */
  holds: (part: Part) => boolean
  /** Opens a part's key; the audit entry is written before the key is unwrapped. */
  part: (part: Part, level: Level) => Promise<CaseCipher>
  /** The same file for another operation of this transaction: the same rights, and every key opened and written down anew. */
  again: () => OpenCase
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
  /** Opens such words of no case for somebody to whom the policy of their row shows it; written down before the key is unwrapped. */
  openOwn: (tx: Tx, requestId: string, fieldId: number, rowId: string, apart: Apart) => Promise<unknown>
}

type KeyRow = AccessRow & {
  keyId: Uint8Array | null
  epoch: string | null
  wrapped: Uint8Array | null
  keyVersion: number | null
}

/** What one person may do with a case, and the keys that lie there for her; each question of one transaction is the same person's. */
const rightsOn = gathered(async (tx, asks: readonly { actor: string; caseId: string }[]) => {
  const found = await sql<KeyRow & { caseId: string }>`
    select a.case_id, a.part, a.level, a.basis, a.ends_at, k.key_id, k.epoch, k.wrapped, k.version as key_version
      from access a left join case_key k on k.case_id = a.case_id and k.part = a.part
     where a.actor = ${asks[0]?.actor} and ${isAmong(
       'a.case_id',
       asks.map(({ caseId }) => caseId),
     )}`.execute(tx)
  return asks.map(({ caseId }) => found.rows.filter((row) => row.caseId === caseId))
})

type NewKey = { caseId: string; part: Part; keyId: Uint8Array; epoch: string; wrapped: Uint8Array }

const keepKey = gatheredAct((tx, keys: readonly NewKey[]) =>
  insertAll(tx, 'case_key', ['caseId', 'part', 'keyId', 'epoch', 'wrapped'], keys),
)

/** Makes the broker over one provider (security.md 2.4): decision, own key row, budget, audit, unwrap, in that order. */
export function makeKeyBroker(
  deploymentId: string,
  keys: KeyProvider,
  epoch: KeyRef,
  decide: DecideAccess,
  budgets: Budgets,
): KeyBroker {
  async function openCase(tx: Tx, request: OpenRequest, toRead: boolean): Promise<OpenCase> {
    const { me, caseId } = request
    return opening(tx, request, toRead, await rightsOn(tx, { actor: me.id, caseId }))
  }

  function opening(tx: Tx, request: OpenRequest, toRead: boolean, rows: KeyRow[]): OpenCase {
    const { me, caseId, purpose, requestId } = request
    const opened = new Map<Part, CaseCipher>()
    let counted = false

    async function part(wanted: Part, level: Level): Promise<CaseCipher> {
      const decision = decide({ person: me, rows, part: wanted, level, purpose, now: me.askedAt })
      if (!decision.allow) throw new NotAllowed(caseId, wanted)
      const before = opened.get(wanted)
      if (before !== undefined) return before
      if (toRead && !counted) await countOpening(wanted, decision.basis)
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
      const named = { ...cipher, open: naming(caseId, wanted, cipher.open) }
      opened.set(wanted, named)
      return named
    }

    async function countOpening(wanted: Part, basis: Basis): Promise<void> {
      counted = true
      const found = await sql<Opening>`select * from kembali.count_opening(${caseId}, ${basis})`.execute(tx)
      const [opening] = found.rows
      if (opening === undefined || isSpent(opening, me.role, basis, budgets)) throw new BudgetSpent(caseId, wanted)
    }

    async function makeKey(wanted: Part): Promise<CaseCipher> {
      const key = makeCaseKey()
      const wrapped = await keys.wrap(epoch, key.bytes, wrapAad(caseId, wanted))
      await keepKey(tx, { caseId, part: wanted, keyId: key.keyId, epoch: epoch.epoch, wrapped })
      const kept = { keyId: key.keyId.slice(), epoch: epoch.epoch, wrapped, keyVersion: 1 }
      for (const row of rows) if (row.part === wanted) Object.assign(row, kept)
      return caseCipher({ deploymentId, caseId, part: wanted, keyVersion: 1 }, key)
    }

    async function unwrapKey(wanted: Part, row: KeyRow): Promise<CaseCipher> {
      if (row.wrapped === null || row.keyId === null || row.epoch === null) throw new NotAllowed(caseId, wanted)
      const ref = { ...epoch, epoch: row.epoch }
      const bytes = await keys.unwrap(ref, row.wrapped, wrapAad(caseId, wanted)).catch((error: unknown) => {
        throw error instanceof EnvelopeError ? new Unreadable(caseId, wanted) : error
      })
      return caseCipher(
        { deploymentId, caseId, part: wanted, keyVersion: row.keyVersion ?? 1 },
        { keyId: row.keyId, bytes },
      )
    }

    const mayRead = (wanted: Part) =>
      decide({ person: me, rows, part: wanted, level: 'read', purpose, now: me.askedAt }).allow
    const holds = (wanted: Part) => mayRead(wanted) && rows.some((row) => row.part === wanted && row.wrapped !== null)

    return {
      rows,
      mayRead,
      holds,
      part,
      again: () => opening(tx, request, toRead, rows),
      end: () => opened.forEach((cipher) => cipher.end()),
    }
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
    return unwrapApart(fieldId, rowId, apart)
  }

  async function openOwn(tx: Tx, requestId: string, fieldId: number, rowId: string, apart: Apart): Promise<unknown> {
    await auditAppend(tx, {
      action: 'open_own',
      pseudonym: await pseudonym(keys, rowId),
      part: null,
      purpose: null,
      basis: null,
      outcome: 'done',
      requestId,
    })
    return unwrapApart(fieldId, rowId, apart)
  }

  async function unwrapApart(fieldId: number, rowId: string, apart: Apart): Promise<unknown> {
    const bytes = await keys.unwrap({ ...epoch, epoch: apart.epoch }, apart.wrapped, wrapAad(rowId, 'identity'))
    const cipher = caseCipher(apartScope(rowId), { keyId: apart.keyId, bytes })
    const value = cipher.open(fieldId, rowId, apart.body)
    cipher.end()
    return value
  }

  const apartScope = (rowId: string) => ({ deploymentId, caseId: rowId, part: 'identity', keyVersion: 1 })

  return { openCase, sealApart, openApart, openOwn }
}

/** Says which case and part an envelope that does not open belongs to, for the ledger. */
function naming(caseId: string, part: Part, open: CaseCipher['open']): CaseCipher['open'] {
  return (...of) => {
    try {
      return open(...of)
    } catch (error) {
      throw error instanceof EnvelopeError ? new Unreadable(caseId, part) : error
    }
  }
}

type Opening = { own: boolean; thisHour: number; today: number; emergencies: number }

/** Nothing stops a worker from opening her own caseload; the budget is for what lies beyond (security.md 2.4). */
function isSpent(opening: Opening, role: Role, basis: Basis, budgets: Budgets): boolean {
  if (opening.own) return false
  if (basis === 'emergency' && opening.emergencies > budgets.emergencyDay) return true
  if (role === 'supervisor') return opening.today > budgets.supervisorDay
  if (role === 'dpo') return opening.today > budgets.dpoDay
  return opening.thisHour > budgets.hour || opening.today > budgets.day
}

/** A wrapped key is bound to its case and part, so that it cannot be moved to another row. */
function wrapAad(caseId: string, part: Part): Uint8Array {
  return new TextEncoder().encode(`kembali/key/1|${caseId}|${part}`)
}
