import { openBytes, sealBytes } from './aes.ts'
import { EnvelopeError } from './errors.ts'
import { hmacSha256 } from './hash.ts'
import { joinPieces, splitPieces } from './pieces.ts'
import { EscrowNotConfirmed, type KeyProvider, type KeyRef } from './provider.ts'
import { randomBytes } from './random.ts'

/** What a key file holds: epoch keys by domain and epoch, and the three keys that only make MACs. Bytes, never text, so that they can be overwritten. */
export type KeyringContent = {
  macs: { IK: Uint8Array; MK: Uint8Array; PK: Uint8Array }
  epochs: readonly { domain: string; epoch: string; key: Uint8Array }[]
}

/** What a home of keys says about itself. */
export type KeyringState = { escrowConfirmed: () => boolean; status: () => 'ok' | 'sealed' }

/** The demo has no escrow and no seal: its children are fictional and may be lost. */
const ALWAYS_OPEN: KeyringState = { escrowConfirmed: () => true, status: () => 'ok' }

const FORMAT = 'kembali/keyring/1'

export function newKeyringContent(): KeyringContent {
  return { macs: { IK: randomBytes(32), MK: randomBytes(32), PK: randomBytes(32) }, epochs: [] }
}

/**
 * A provider over keys held in memory: `content` throws KeysSealed when they may not be used,
 * `keep` writes a changed ring away before a new key is used.
 */
export function keyringProvider(
  content: () => KeyringContent,
  keep: (changed: KeyringContent) => Promise<void>,
  state: KeyringState = ALWAYS_OPEN,
): KeyProvider {
  // One change after the other: two at once would each write a file without the other's key.
  let changes: Promise<unknown> = Promise.resolve()
  function change<T>(work: () => Promise<T>): Promise<T> {
    const mine = changes.then(work)
    changes = mine.catch(() => undefined)
    return mine
  }

  return {
    createEpochKey: (domain, epoch) =>
      change(async () => {
        const ring = content()
        if (findKey(ring, { domain, epoch }) === null)
          await keep({ ...ring, epochs: [...ring.epochs, { domain, epoch, key: randomBytes(32) }] })
        return { domain, epoch }
      }),
    escrowConfirmed: async (ref) => findKey(content(), ref) !== null && state.escrowConfirmed(),
    async wrap(ref, key, aad) {
      const epochKey = getKey(content(), ref)
      if (!state.escrowConfirmed()) throw new EscrowNotConfirmed()
      return sealBytes(epochKey, key, boundTo(ref, aad))
    },
    unwrap: async (ref, blob, aad) => openBytes(getKey(content(), ref), blob, boundTo(ref, aad)),
    async mac(name, domain, data) {
      const own = hmacSha256(content().macs[name], new TextEncoder().encode(domain))
      const mac = hmacSha256(own, data)
      own.fill(0)
      return mac
    },
    destroy: (ref, at) =>
      change(async () => {
        const ring = content()
        const gone = getKey(ring, ref)
        await keep({ ...ring, epochs: ring.epochs.filter((kept) => kept.key !== gone) })
        gone.fill(0)
        return { ref, at }
      }),
    status: async () => state.status(),
  }
}

/** Overwrites every key of a ring. */
export function forget(ring: KeyringContent): void {
  for (const key of [...Object.values(ring.macs), ...ring.epochs.map((kept) => kept.key)]) key.fill(0)
}

export function encodeKeyring(ring: KeyringContent): Uint8Array {
  const { IK, MK, PK } = ring.macs
  // How many there are is said: a file cut short must not look like one with fewer keys.
  return joinPieces([
    FORMAT,
    String(ring.epochs.length),
    IK,
    MK,
    PK,
    ...ring.epochs.flatMap(({ domain, epoch, key }) => [domain, epoch, key]),
  ])
}

/** Reads what `encodeKeyring` wrote; anything else is an EnvelopeError. */
export function decodeKeyring(bytes: Uint8Array): KeyringContent {
  const [format, count, IK, MK, PK, ...rest] = splitPieces(bytes)
  if (text(format) !== FORMAT || rest.length !== 3 * Number(text(count))) throw new EnvelopeError()
  const epochs = []
  for (let at = 0; at < rest.length; at += 3)
    epochs.push({ domain: text(rest[at]), epoch: text(rest[at + 1]), key: aKey(rest[at + 2]) })
  return { macs: { IK: aKey(IK), MK: aKey(MK), PK: aKey(PK) }, epochs }
}

function aKey(piece: Uint8Array | undefined): Uint8Array {
  if (piece?.length !== 32) throw new EnvelopeError()
  return piece
}

function text(piece: Uint8Array | undefined): string {
  return new TextDecoder().decode(piece)
}

function findKey(ring: KeyringContent, ref: KeyRef): Uint8Array | null {
  return ring.epochs.find((kept) => kept.domain === ref.domain && kept.epoch === ref.epoch)?.key ?? null
}

/** A destroyed key and one that never was look the same: neither opens anything. */
function getKey(ring: KeyringContent, ref: KeyRef): Uint8Array {
  const key = findKey(ring, ref)
  if (key === null) throw new EnvelopeError()
  return key
}

/** Domain and epoch are part of what a wrapped key is bound to. */
function boundTo(ref: KeyRef, aad: Uint8Array): Uint8Array {
  return joinPieces(['kembali/wrap/1', ref.domain, ref.epoch, aad])
}
