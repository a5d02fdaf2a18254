import { hkdfSync } from 'node:crypto'
import { openBytes, sealBytes } from './aes.ts'
import { EnvelopeError } from './errors.ts'
import { type KdfParams, kdfText, readKdf } from './kdf.ts'
import { decodeKeyring, encodeKeyring, forget, type KeyringContent } from './keyring.ts'
import { joinPieces, splitPieces } from './pieces.ts'

/** A sealed key file: the root wrapped twice, and under the root all keys with what is still to be typed back of the sheet. */
export type SealedFile = {
  kdf: KdfParams
  salt: Uint8Array
  byPassphrase: Uint8Array
  sheetSalt: Uint8Array
  bySheet: Uint8Array
  body: Uint8Array
}

/** What the root opens; an empty `toConfirm` says that the sheet was typed back. */
export type Opened = { root: Uint8Array; content: KeyringContent; toConfirm: string }

const FORMAT = 'kembali/sealed-keyfile/1'

export function encodeFile({ kdf, salt, byPassphrase, sheetSalt, bySheet, body }: SealedFile): Uint8Array {
  return joinPieces([FORMAT, kdfText(kdf), salt, byPassphrase, sheetSalt, bySheet, body])
}

/** Throws EnvelopeError when the bytes are no sealed key file, KdfRefused when guessing was made cheap. */
export function decodeFile(bytes: Uint8Array): SealedFile {
  const [format, kdf, salt, byPassphrase, sheetSalt, bySheet, body, ...more] = splitPieces(bytes)
  if (body === undefined || more.length > 0 || new TextDecoder().decode(format) !== FORMAT) throw new EnvelopeError()
  if (!salt || !byPassphrase || !sheetSalt || !bySheet) throw new EnvelopeError()
  return { kdf: readKdf(new TextDecoder().decode(kdf)), salt, byPassphrase, sheetSalt, bySheet, body }
}

export function sealBody({ root, content, toConfirm }: Opened): Uint8Array {
  const keys = encodeKeyring(content)
  const plain = joinPieces([toConfirm, keys])
  const body = sealBytes(root, plain, BODY)
  keys.fill(0)
  plain.fill(0)
  return body
}

/** Opens the body with a root, which the answer keeps; a wrong root is an EnvelopeError. */
export function openBody(root: Uint8Array, body: Uint8Array): Opened {
  const plain = openBytes(root, body, BODY)
  const [toConfirm, keys] = splitPieces(plain)
  plain.fill(0)
  if (keys === undefined) throw new EnvelopeError()
  const content = decodeKeyring(keys)
  keys.fill(0)
  return { root, content, toConfirm: new TextDecoder().decode(toConfirm) }
}

/** Overwrites the root and every key. */
export function forgetOpened({ root, content }: Opened): void {
  root.fill(0)
  forget(content)
}

const BODY = joinPieces(['kembali/sealed-keyring/1'])

/** The cost of a guess is bound in: a header that claims another cost opens nothing. */
export function passphraseAad(kdf: KdfParams, salt: Uint8Array): Uint8Array {
  return joinPieces(['kembali/root-by-passphrase/1', kdfText(kdf), salt])
}

export function sheetAad(sheetSalt: Uint8Array): Uint8Array {
  return joinPieces(['kembali/root-by-sheet/1', sheetSalt])
}

/** 160 random bits need no slow hash: they cannot be guessed. */
export function sheetKey(secret: Uint8Array, sheetSalt: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, sheetSalt, 'kembali/recovery-sheet/1', 32))
}
