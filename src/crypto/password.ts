import { hash, parseOptions, verify } from '@node-rs/argon2'
import { accept, type Decision, refuse } from '../core/decision.ts'
import { ARGON2ID } from './argon2.ts'
import { KDF } from './kdf.ts'
import { normalise, type PassphraseRefusal, passphraseRefusal } from './passphrase.ts'

/** Too many passwords are being checked at this moment: answered with 429 (security.md 4). */
export type Busy = { reason: 'busy' }

const LEAST = 15
const OPTIONS = { algorithm: ARGON2ID, memoryCost: KDF.memory, timeCost: KDF.passes, parallelism: KDF.lanes }

/** Two at once take 128 MiB and both cores of a small server; eight wait at most half a second. */
const AT_ONCE = 2
const WAITING_AT_MOST = 8
let running = 0
const waiting: (() => void)[] = []

/** Judges and hashes a password somebody chose: at least 15 characters, not easy to guess, no rules about kinds of signs. */
export async function hashPassword(password: string): Promise<Decision<string, PassphraseRefusal | Busy>> {
  const refusal = passphraseRefusal(password, LEAST)
  if (refusal !== null) return refuse(refusal)
  const hashed = await inSlot(() => hash(normalise(password), OPTIONS))
  return hashed === 'busy' ? refuse({ reason: 'busy' }) : accept(hashed)
}

/** Compares a password with a stored hash. */
export async function verifyPassword(hashed: string, password: string): Promise<'right' | 'wrong' | 'busy'> {
  const right = await inSlot(() => verify(hashed, normalise(password)))
  if (right === 'busy') return 'busy'
  return right ? 'right' : 'wrong'
}

/** For an account that does not exist: the same work and the same answers, so that nobody learns who works here (security.md 4). */
export async function verifyAgainstNobody(password: string): Promise<'wrong' | 'busy'> {
  return (await verifyPassword(NOBODY, password)) === 'busy' ? 'busy' : 'wrong'
}

/** Whether a stored hash was made with less work than we ask for today. */
export function needsRehash(hashed: string): boolean {
  const { algorithm, memoryCost, timeCost, parallelism } = parseOptions(hashed)
  const isArgon2id = (algorithm as number) === ARGON2ID // a const enum in the package's types, a number when it runs
  return !isArgon2id || memoryCost < KDF.memory || timeCost < KDF.passes || parallelism !== KDF.lanes
}

/** A hash in the right form that belongs to no password anybody knows: 16 and 32 zero bytes. */
const NOBODY = `$argon2id$v=19$m=${KDF.memory},t=${KDF.passes},p=${KDF.lanes}$${'A'.repeat(22)}$${'A'.repeat(43)}`

async function inSlot<T>(work: () => Promise<T>): Promise<T | 'busy'> {
  if (running >= AT_ONCE) {
    if (waiting.length >= WAITING_AT_MOST) return 'busy'
    await new Promise<void>((go) => waiting.push(go))
  } else running += 1
  try {
    return await work()
  } finally {
    // The slot is handed on without being given up, so that nobody slips in before the one who waited.
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }
}
