import { argon2id } from 'hash-wasm'
import { KDF } from './kdf.ts'
import { makePassphrase, normalise } from './passphrase.ts'
import { randomBytes } from './random.ts'

/** Few enough to learn by heart; each guess costs what a guess at a passphrase costs, and only whoever may open the file can make one. */
const WORDS = 3

/** New words for one child's paper, and what is kept of them: a slow hash, never the words. */
export async function makeReturnCode(): Promise<{ words: string; salt: string; digest: string }> {
  const words = makePassphrase(WORDS)
  const salt = Array.from(randomBytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return { words, salt, digest: await digestOf(words, salt) }
}

/** Whether words somebody says are the ones of the paper. */
export async function isReturnCode(words: string, kept: { salt: string; digest: string }): Promise<boolean> {
  return normalise(words) !== '' && (await digestOf(words, kept.salt)) === kept.digest
}

function digestOf(words: string, salt: string): Promise<string> {
  return argon2id({
    password: normalise(words).toLowerCase(),
    salt: Uint8Array.from(salt.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)),
    memorySize: KDF.memory,
    iterations: KDF.passes,
    parallelism: KDF.lanes,
    hashLength: 32,
    outputType: 'hex',
  })
}
