/** The keys cannot be used just now: confidential words stay closed, everything else goes on (security.md 9.4). */
export class KeysUnavailable extends Error {
  constructor(message = 'the key provider cannot be reached') {
    super(message)
    this.name = 'KeysUnavailable'
  }
}

/** The provider is sealed: an operator must unseal it before anything confidential can be read or written. */
export class KeysSealed extends KeysUnavailable {
  constructor() {
    super('the keys are sealed')
    this.name = 'KeysSealed'
  }
}

/** The escrow copy of a key is not confirmed yet, so nothing may be wrapped under it: losing it would lose files (security.md 2.4). */
export class EscrowNotConfirmed extends Error {
  constructor() {
    super('the escrow copy of this key is not confirmed')
    this.name = 'EscrowNotConfirmed'
  }
}

/** One epoch key of one custody domain. */
export type KeyRef = { domain: string; epoch: string }

/** What stays of a destroyed key: goes to the audit log. */
export type DestroyReceipt = { ref: KeyRef; at: string }

/** Where the root of all keys is kept (security.md 2.4); it never enters the database. */
export interface KeyProvider {
  /** Makes the key of this epoch, or finds the one there is; also writes its escrow copy. */
  createEpochKey(domain: string, epoch: string): Promise<KeyRef>
  /** An epoch key is not used for wrapping until its escrow copy is confirmed. */
  escrowConfirmed(ref: KeyRef): Promise<boolean>
  wrap(ref: KeyRef, key: Uint8Array, aad: Uint8Array): Promise<Uint8Array>
  unwrap(ref: KeyRef, blob: Uint8Array, aad: Uint8Array): Promise<Uint8Array>
  mac(name: 'IK' | 'MK' | 'PK', domain: string, data: Uint8Array): Promise<Uint8Array>
  /** Cannot be undone; `at` is the moment for the receipt. */
  destroy(ref: KeyRef, at: string): Promise<DestroyReceipt>
  status(): Promise<'ok' | 'sealed' | 'unreachable'>
}
