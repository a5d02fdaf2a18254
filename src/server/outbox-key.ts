import { sql } from 'kysely'
import { EnvelopeError } from '../crypto/errors.ts'
import { makeOutboxKeys, openFromDevice } from '../crypto/outbox-seal.ts'
import { type KeyProvider, KeysUnavailable } from '../crypto/provider.ts'
import type { Database } from './database.ts'
import { EPOCH } from './keys.ts'

/** The pair to which phones seal what they have not sent (security.md 5): public half for everybody, private half for one opening. */
export type OutboxKey = {
  /** Base64url; null until the pair is there. */
  publicKey: () => string | null
  /** Makes the pair where there is none, and proves that the stored one is ours; needs open keys. */
  ready: () => Promise<void>
  open: (message: Uint8Array, aad: Uint8Array) => Promise<Uint8Array>
}

type Row = { publicKey: Uint8Array; wrapped: Uint8Array; epoch: string }

/** Reads the public half at once, so that a sealed server can tell it; the private half is unwrapped for each opening. */
export async function makeOutboxKey(db: Database, keys: KeyProvider): Promise<OutboxKey> {
  let row = await findRow(db)

  async function unwrap(of: Row): Promise<Uint8Array> {
    return keys.unwrap({ ...EPOCH, epoch: of.epoch }, of.wrapped, boundTo(of.publicKey))
  }

  return {
    publicKey: () => (row === null ? null : Buffer.from(row.publicKey).toString('base64url')),
    async ready() {
      row ??= await makeRow(db, keys)
      try {
        const privateKey = await unwrap(row)
        privateKey.fill(0)
      } catch (error) {
        // Another public key than ours would let its maker read what phones seal: nobody is told it any more.
        if (error instanceof EnvelopeError) row = null
        throw error
      }
    },
    async open(message, aad) {
      if (row === null) throw new KeysUnavailable()
      const privateKey = await unwrap(row)
      try {
        return await openFromDevice(privateKey, message, aad)
      } finally {
        privateKey.fill(0)
      }
    },
  }
}

async function makeRow(db: Database, keys: KeyProvider): Promise<Row> {
  const { publicKey, privateKey } = await makeOutboxKeys()
  const wrapped = await keys.wrap(EPOCH, privateKey, boundTo(publicKey))
  privateKey.fill(0)
  await db.app.transaction().execute((tx) =>
    sql`insert into outbox_key (public_key, epoch, wrapped) values (${publicKey}, ${EPOCH.epoch}, ${wrapped})
      on conflict do nothing`.execute(tx),
  )
  // Two servers may have made one at once: the first one in the table is everybody's.
  const row = await findRow(db)
  if (row === null) throw new Error('the pair was just stored')
  return row
}

async function findRow(db: Database): Promise<Row | null> {
  const found = await db.app
    .transaction()
    .execute((tx) => sql<Row>`select public_key, wrapped, epoch from outbox_key`.execute(tx))
  return found.rows[0] ?? null
}

/** The private half is bound to its public half, so that neither can be exchanged alone. */
function boundTo(publicKey: Uint8Array): Uint8Array {
  return new TextEncoder().encode(`kembali/outbox-key/1|${Buffer.from(publicKey).toString('hex')}`)
}
