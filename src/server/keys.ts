import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Decision } from '../core/decision.ts'
import { EnvelopeError } from '../crypto/errors.ts'
import { KdfRefused } from '../crypto/kdf.ts'
import { openKeyfile } from '../crypto/keyfile.ts'
import type { PassphraseRefusal } from '../crypto/passphrase.ts'
import type { KeyProvider, KeyRef } from '../crypto/provider.ts'
import { makeSealedKeyfile, openSealedKeyfile, type SealedKeyfile } from '../crypto/sealed-keyfile.ts'
import { DOMAIN } from './audit.ts'
import { StartError } from './config.ts'

const PLAIN = 'keys.json'
const SEALED = 'keys.sealed'

/** The epoch key everything is wrapped under; a new one each week comes with the epoch job. */
export const EPOCH: KeyRef = { domain: DOMAIN, epoch: 'first' }

/** Which kinds of key file a data folder holds. */
export function findKeyFiles(dataFolder: string): { plain: boolean; sealed: boolean } {
  return { plain: existsSync(join(dataFolder, PLAIN)), sealed: existsSync(join(dataFolder, SEALED)) }
}

/** Opens the demo's plain key file in the data folder, or makes one. */
export function openDemoKeys(dataFolder: string): Promise<KeyProvider> {
  const path = join(dataFolder, PLAIN)
  mkdirSync(dataFolder, { recursive: true })
  return openKeyfile(existsSync(path) ? new Uint8Array(readFileSync(path)) : null, keepAt(path))
}

/** Reads the sealed key file and leaves it sealed; throws a StartError when it cannot be what we wrote. */
export function openSealedKeys(dataFolder: string): SealedKeyfile {
  const path = join(dataFolder, SEALED)
  try {
    return openSealedKeyfile(new Uint8Array(readFileSync(path)), keepAt(path))
  } catch (error) {
    if (error instanceof EnvelopeError || error instanceof KdfRefused)
      throw new StartError(`The key file ${SEALED} is damaged or was changed. Bring it back from its own backup.`)
    throw error
  }
}

/** Makes the sealed key file of a new site; the answer holds the sheet that is shown once. */
export function makeSealedKeys(
  dataFolder: string,
  passphrase: string,
): Promise<Decision<{ keyfile: SealedKeyfile; sheet: readonly string[] }, PassphraseRefusal>> {
  return makeSealedKeyfile(passphrase, keepAt(join(dataFolder, SEALED)))
}

/** Written beside, forced to the disk and renamed: a power cut leaves the old file or the new one, never half. */
function keepAt(path: string): (bytes: Uint8Array) => Promise<void> {
  return async (bytes) => {
    writeThrough(`${path}.new`, bytes)
    renameSync(`${path}.new`, path)
    flush(dirname(path))
  }
}

function writeThrough(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'w', 0o600)
  try {
    writeSync(file, bytes)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function flush(folder: string): void {
  const file = openSync(folder, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
