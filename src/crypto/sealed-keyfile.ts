import { timingSafeEqual } from 'node:crypto'
import { accept, type Decision, refuse } from '../core/decision.ts'
import { openBytes, sealBytes } from './aes.ts'
import { argon2idKey } from './argon2.ts'
import { EnvelopeError } from './errors.ts'
import { sha256 } from './hash.ts'
import { KDF } from './kdf.ts'
import { keyringProvider, newKeyringContent } from './keyring.ts'
import { normalise, type PassphraseRefusal, passphraseRefusal } from './passphrase.ts'
import { type KeyProvider, KeysSealed } from './provider.ts'
import { randomBytes } from './random.ts'
import { makeSheet, readable, readSheet } from './recovery-sheet.ts'
import {
  decodeFile,
  encodeFile,
  forgetOpened,
  openBody,
  type Opened,
  passphraseAad,
  sealBody,
  type SealedFile,
  sheetAad,
  sheetKey,
} from './sealed-file.ts'

/** What an operator holds: a provider that answers KeysSealed until it is unsealed (security.md 2.4). */
export type SealedKeyfile = {
  provider: KeyProvider
  /** One refusal for every reason: a wrong passphrase and a changed file look the same. */
  unseal: (passphrase: string) => Promise<'unsealed' | 'refused'>
  /** A mistyped sheet names its groups (from 1): the check signs are on the sheet itself and tell nothing of another. */
  unsealWithSheet: (typed: string) => Promise<'unsealed' | 'refused' | { mistyped: readonly number[] }>
  /** The last group of the printed sheet typed back shows that somebody holds it; nothing is wrapped before. */
  confirmSheet: (lastGroup: string) => Promise<boolean>
  /** Whether that has happened; asked while unsealed. */
  isConfirmed: () => Promise<boolean>
  /** After a forgotten passphrase and an opening by the sheet. */
  setPassphrase: (passphrase: string) => Promise<PassphraseRefusal | null>
  /** Overwrites every key in memory. */
  seal: () => void
}

type Keep = (bytes: Uint8Array) => Promise<void>

/** An operator's passphrase stands alone between a stolen disk and every file of the site. */
const LEAST = 15

/** Sets up a sealed key file: unsealed at first, with a sheet to print once and show nowhere again. */
export async function makeSealedKeyfile(
  passphrase: string,
  keep: Keep,
): Promise<Decision<{ keyfile: SealedKeyfile; sheet: readonly string[] }, PassphraseRefusal>> {
  const refusal = passphraseRefusal(passphrase, LEAST)
  if (refusal !== null) return refuse(refusal)
  const { secret, groups } = makeSheet()
  const opened: Opened = { root: randomBytes(32), content: newKeyringContent(), toConfirm: groups.at(-1) ?? '' }
  const sheetSalt = randomBytes(16)
  const wrap = await passphraseWrap(passphrase)
  const file: SealedFile = {
    ...wrap(opened.root),
    sheetSalt,
    bySheet: sealBytes(sheetKey(secret, sheetSalt), opened.root, sheetAad(sheetSalt)),
    body: sealBody(opened),
  }
  secret.fill(0)
  await keep(encodeFile(file))
  return accept({ keyfile: handle(file, opened, keep), sheet: groups })
}

/** Reads a sealed key file and leaves it sealed. Throws EnvelopeError when it is none, KdfRefused when guessing was made cheap. */
export function openSealedKeyfile(bytes: Uint8Array, keep: Keep): SealedKeyfile {
  return handle(decodeFile(bytes), null, keep)
}

function handle(file: SealedFile, opened: Opened | null, keep: Keep): SealedKeyfile {
  // Counts every sealing: an unsealing or change that was on its way when somebody sealed must not undo it.
  let sealings = 0
  // One thing after the other, so that no file is written from a state that another is just changing.
  let queue: Promise<unknown> = Promise.resolve()
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = queue.then(work)
    queue = mine.catch(() => undefined)
    return mine
  }

  function getOpened(): Opened {
    if (opened === null) throw new KeysSealed()
    return opened
  }

  function change(make: (now: Opened) => { next?: Opened; wraps?: Partial<SealedFile> }): Promise<void> {
    return inTurn(async () => {
      const before = sealings
      const { next = getOpened(), wraps } = make(getOpened())
      const changed = { ...file, ...wraps, body: sealBody(next) }
      await keep(encodeFile(changed))
      file = changed
      if (sealings === before) opened = next
      else forgetOpened(next)
    })
  }

  function tryRoot(findRoot: () => Promise<Uint8Array>): Promise<'unsealed' | 'refused'> {
    return inTurn(async () => {
      const before = sealings
      try {
        const found = openBody(await findRoot(), file.body)
        if (opened !== null || sealings !== before) forgetOpened(found)
        else opened = found
      } catch (error) {
        if (error instanceof EnvelopeError) return 'refused'
        throw error
      }
      return opened === null ? 'refused' : 'unsealed'
    })
  }

  return {
    provider: keyringProvider(
      () => getOpened().content,
      (content) => change((now) => ({ next: { ...now, content } })),
      { escrowConfirmed: () => getOpened().toConfirm === '', status: () => (opened === null ? 'sealed' : 'ok') },
    ),
    unseal: (passphrase) =>
      tryRoot(async () => {
        const key = await argon2idKey(normalise(passphrase), file.salt, file.kdf)
        try {
          return openBytes(key, file.byPassphrase, passphraseAad(file.kdf, file.salt))
        } finally {
          key.fill(0)
        }
      }),
    async unsealWithSheet(typed) {
      const reading = readSheet(typed)
      if (!reading.ok) return { mistyped: reading.mistyped }
      return tryRoot(async () =>
        openBytes(sheetKey(reading.secret, file.sheetSalt), file.bySheet, sheetAad(file.sheetSalt)),
      )
    },
    async confirmSheet(lastGroup) {
      const { toConfirm } = getOpened()
      if (toConfirm === '') return true
      if (!timingSafeEqual(sha256(readable(lastGroup)), sha256(toConfirm))) return false
      await change((now) => ({ next: { ...now, toConfirm: '' } }))
      return true
    },
    isConfirmed: async () => getOpened().toConfirm === '',
    async setPassphrase(passphrase) {
      getOpened()
      const refusal = passphraseRefusal(passphrase, LEAST)
      if (refusal !== null) return refusal
      const wrap = await passphraseWrap(passphrase)
      await change((now) => ({ wraps: wrap(now.root) }))
      return null
    },
    seal() {
      sealings += 1
      if (opened !== null) forgetOpened(opened)
      opened = null
    },
  }
}

/** The slow half first: the root is taken and wrapped in one step, so that it cannot be overwritten in between. */
async function passphraseWrap(
  passphrase: string,
): Promise<(root: Uint8Array) => Pick<SealedFile, 'kdf' | 'salt' | 'byPassphrase'>> {
  const salt = randomBytes(16)
  const key = await argon2idKey(normalise(passphrase), salt, KDF)
  return (root) => {
    const byPassphrase = sealBytes(key, root, passphraseAad(KDF, salt))
    key.fill(0)
    return { kdf: KDF, salt, byPassphrase }
  }
}
