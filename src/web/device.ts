import type { Decision } from '../core/decision.ts'
import type { PassphraseWrap } from '../crypto/device.ts'
import type { PassphraseRefusal } from '../crypto/passphrase.ts'
import { newId } from '../crypto/random.ts'
import type { Door, openIdb } from './idb-storage.ts'
import { sealedVault, type Vault } from './vault.ts'

export type OpenDevice = { device: string; vault: Vault }

/** This browser as a place that may hold files: not yet, locked, or open. */
export type DevicePlace = {
  door: Door
  isSetUp: () => Promise<boolean>
  create: (passphrase: string) => Promise<Decision<OpenDevice, PassphraseRefusal>>
  /** Null when the passphrase is not the one. */
  unlock: (passphrase: string) => Promise<OpenDevice | null>
  erase: () => Promise<void>
}

/** Ciphers and the slow passphrase arithmetic are fetched only when a device is set up or opened. */
const ciphers = () => import('../crypto/device.ts')

export function makeDevicePlace({ storage, door }: Awaited<ReturnType<typeof openIdb>>): DevicePlace {
  return {
    door,
    isSetUp: async () => (await door.get('wrap')) !== null,
    async create(passphrase) {
      const device = newId()
      const { makeDeviceKey } = await ciphers()
      const made = await makeDeviceKey(device, passphrase)
      if (!made.ok) return made
      await storage.clear()
      await door.put('wrap', made.change.wrap)
      // Asked when the first case is kept for offline use; a browser that says no keeps it all the same, as long as it has room.
      await navigator.storage.persist()
      return { ok: true, change: { device, vault: sealedVault(storage, made.change.key) } }
    },
    async unlock(passphrase) {
      const wrap = (await door.get('wrap')) as PassphraseWrap | null // put there by `create`
      if (wrap === null) return null
      const { openWithPassphrase } = await ciphers()
      const key = await openWithPassphrase(wrap, passphrase)
      return key === null ? null : { device: wrap.device, vault: sealedVault(storage, key) }
    },
    erase: () => door.erase(),
  }
}
