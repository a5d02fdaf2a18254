import { hashRaw } from '@node-rs/argon2'
import type { KdfParams } from './kdf.ts'

/** Argon2id by number: the package declares it as a const enum, which erasable syntax cannot import. */
export const ARGON2ID = 2

/** A 256-bit key from a passphrase, off the event loop. */
export async function argon2idKey(passphrase: string, salt: Uint8Array, kdf: KdfParams): Promise<Uint8Array> {
  return hashRaw(passphrase, {
    algorithm: ARGON2ID,
    memoryCost: kdf.memory,
    timeCost: kdf.passes,
    parallelism: kdf.lanes,
    outputLen: 32,
    salt,
  })
}
