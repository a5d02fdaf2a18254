import type { Decision } from '../core/decision.ts'
import type { PasskeyWrap, PassphraseWrap } from '../crypto/device.ts'
import type { PassphraseRefusal } from '../crypto/passphrase.ts'
import { newId } from '../crypto/random.ts'
import type { Door, openIdb } from './idb-storage.ts'
import type { Box } from './jotter.ts'
import { askPasskey, makePasskey } from './passkey.ts'
import { sealedVault, type Vault } from './vault.ts'

export type OpenDevice = { device: string; vault: Vault }

/** This browser as a place that may hold files: not yet, locked, or open. */
export type DevicePlace = {
  door: Door
  box: Box
  /** The random id under which this browser holds files; null when it holds none. */
  deviceId: () => Promise<string | null>
  isSetUp: () => Promise<boolean>
  create: (passphrase: string) => Promise<Decision<OpenDevice, PassphraseRefusal>>
  /** Null when the passphrase is not the one. */
  unlock: (passphrase: string) => Promise<OpenDevice | null>
  hasPasskey: () => Promise<boolean>
  /** Adds the phone's own lock as a second way in; the passphrase stays the first. */
  addPasskey: (passphrase: string) => Promise<'added' | 'wrong' | 'declined'>
  /** Null when the phone's lock said no. */
  unlockByPasskey: () => Promise<OpenDevice | null>
  /** Whether something lies here that was recorded and not yet settled with the server. */
  holdsUnsent: () => Promise<boolean>
  /** Takes the wrapped key away, and then what it sealed: nobody can open it any more. */
  forget: () => Promise<void>
  erase: () => Promise<void>
}

/** Ciphers and the slow passphrase arithmetic are fetched only when a device is set up or opened. */
const ciphers = () => import('../crypto/device.ts')

export function makeDevicePlace({ storage, door, box }: Awaited<ReturnType<typeof openIdb>>): DevicePlace {
  return {
    door,
    box,
    deviceId: async () => ((await door.get('wrap')) as PassphraseWrap | null)?.device ?? null, // put there by `create`
    isSetUp: async () => (await door.get('wrap')) !== null,
    async create(passphrase) {
      const device = newId()
      const { makeDeviceKey } = await ciphers()
      const made = await makeDeviceKey(device, passphrase)
      if (!made.ok) return made
      await storage.clear()
      await door.put('passkey', null)
      await door.put('keptUntil', null)
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
    hasPasskey: async () => (await door.get('passkey')) !== null,
    async addPasskey(passphrase) {
      const wrap = (await door.get('wrap')) as PassphraseWrap | null // as above
      if (wrap === null) return 'wrong'
      const { addPasskey, openWithPassphrase } = await ciphers()
      if ((await openWithPassphrase(wrap, passphrase)) === null) return 'wrong'
      const answer = await makePasskey()
      if (answer === null) return 'declined'
      const added = await addPasskey(wrap, passphrase, answer.credential, answer.secret)
      if (added === null) return 'wrong'
      await door.put('passkey', added)
      return 'added'
    },
    async unlockByPasskey() {
      const wrap = (await door.get('passkey')) as PasskeyWrap | null // put there by `addPasskey`
      if (wrap === null) return null
      const answer = await askPasskey(wrap.credential)
      if (answer === null) return null
      const { openWithPasskey } = await ciphers()
      const key = await openWithPasskey(wrap, answer.secret)
      return key === null ? null : { device: wrap.device, vault: sealedVault(storage, key) }
    },
    async holdsUnsent() {
      for (const store of ['out', 'attention', 'file'] as const) if ((await storage.all(store)).length > 0) return true
      return false
    },
    async forget() {
      await door.put('wrap', null)
      await door.put('passkey', null)
      await door.put('metAt', null)
      await door.put('keptUntil', null)
      await storage.clear()
    },
    erase: () => door.erase(),
  }
}
