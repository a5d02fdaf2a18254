import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openKeyfile } from '../crypto/keyfile.ts'
import type { KeyProvider, KeyRef } from '../crypto/provider.ts'
import { DOMAIN } from './audit.ts'

/** The epoch key everything is wrapped under; a new one each week comes with the epoch job. */
export const EPOCH: KeyRef = { domain: DOMAIN, epoch: 'first' }

/** Opens the demo's plain key file in the data folder, or makes one. */
export function openDemoKeys(dataFolder: string): Promise<KeyProvider> {
  const path = join(dataFolder, 'keys.json')
  mkdirSync(dataFolder, { recursive: true })
  return openKeyfile(existsSync(path) ? new Uint8Array(readFileSync(path)) : null, async (bytes) => {
    // Written beside and renamed: a power cut leaves the old file or the new one, never half.
    writeFileSync(`${path}.new`, bytes, { mode: 0o600 })
    renameSync(`${path}.new`, path)
  })
}
