import { openBytes, sealBytes } from './aes.ts'
import { EnvelopeError } from './errors.ts'
import { hmacSha256 } from './hash.ts'
import { joinPieces, splitPieces } from './pieces.ts'
import { EscrowNotConfirmed, type KeyProvider, type KeyRef } from './provider.ts'
import { randomBytes } from './random.ts'

/** What a key file holds: epoch keys by domain and epoch, and the three keys that only make MACs. Bytes, never text, so that they can be overwritten. */
export type Keyring = {
  macs: { IK: Uint8Array; MK: Uint8Array; PK: Uint8Array }
  epochs: readonly { domain: string; epoch: string; key: Uint8Array }[]
}

/** Where a keyring lives: `current` throws KeysSealed when it may not be used, `keep` writes a changed one away before it counts. */
export type KeyringHome = {
  current: () => Keyring
  keep: (changed: Keyring) => Promise<void>
  escrowConfirmed: () => boolean
  status: () => 'ok' | 'sealed'
}

const FORMAT = 'kembali/keyring/1'

export function newKeyring(): Keyring {
  return { macs: { IK: randomBytes(32), MK: randomBytes(32), PK: randomBytes(32) }, epochs: [] }
}

/** A provider over keys held in memory. */
export function keyringProvider(home: KeyringHome): KeyProvider {
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
        const ring = home.current()
        if (findKey(ring, { domain, epoch }) === null)
          await home.keep({ ...ring, epochs: [...ring.epochs, { domain, epoch, key: randomBytes(32) }] })
        return { domain, epoch }
      }),
    escrowConfirmed: async (ref) => findKey(home.current(), ref) !== null && home.escrowConfirmed(),
    async wrap(ref, key, aad) {
      const epochKey = getKey(home.current(), ref)
      if (!home.escrowConfirmed()) throw new EscrowNotConfirmed()
      return sealBytes(epochKey, key, boundTo(ref, aad))
    },
    unwrap: async (ref, blob, aad) => openBytes(getKey(home.current(), ref), blob, boundTo(ref, aad)),
    async mac(name, domain, data) {
      const own = hmacSha256(home.current().macs[name], new TextEncoder().encode(domain))
      const mac = hmacSha256(own, data)
      own.fill(0)
      return mac
    },
    destroy: (ref, at) =>
      change(async () => {
        const ring = home.current()
        const gone = getKey(ring, ref)
        await home.keep({ ...ring, epochs: ring.epochs.filter((kept) => kept.key !== gone) })
        gone.fill(0)
        return { ref, at }
      }),
    status: async () => home.status(),
  }
}

/** Overwrites every key of a ring. */
export function forget(ring: Keyring): void {
  for (const key of [...Object.values(ring.macs), ...ring.epochs.map((kept) => kept.key)]) key.fill(0)
}

export function encodeKeyring(ring: Keyring): Uint8Array {
  const { IK, MK, PK } = ring.macs
  return joinPieces([FORMAT, IK, MK, PK, ...ring.epochs.flatMap(({ domain, epoch, key }) => [domain, epoch, key])])
}

/** Reads what `encodeKeyring` wrote; anything else is an EnvelopeError. */
export function decodeKeyring(bytes: Uint8Array): Keyring {
  const [format, IK, MK, PK, ...rest] = splitPieces(bytes)
  if (format === undefined || text(format) !== FORMAT || rest.length % 3 !== 0) throw new EnvelopeError()
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

function findKey(ring: Keyring, ref: KeyRef): Uint8Array | null {
  return ring.epochs.find((kept) => kept.domain === ref.domain && kept.epoch === ref.epoch)?.key ?? null
}

/** A destroyed key and one that never was look the same: neither opens anything. */
function getKey(ring: Keyring, ref: KeyRef): Uint8Array {
  const key = findKey(ring, ref)
  if (key === null) throw new EnvelopeError()
  return key
}

/** Domain and epoch are part of what a wrapped key is bound to. */
function boundTo(ref: KeyRef, aad: Uint8Array): Uint8Array {
  return joinPieces(['kembali/wrap/1', ref.domain, ref.epoch, aad])
}
