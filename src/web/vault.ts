import type { DeviceKey } from '../crypto/device.ts'
import type { Cell, Storage, StoreName } from './storage.ts'

/** Everything this device holds, readable only while it is unlocked. */
export type Vault = {
  /** Whether what is written survives the end of this page. */
  lasting: boolean
  all: (store: StoreName) => Promise<[key: string, value: unknown][]>
  get: (store: StoreName, key: string) => Promise<unknown>
  /** All of it or none of it, and on disk before it resolves. */
  write: (cells: readonly Cell<unknown>[]) => Promise<void>
  clear: () => Promise<void>
}

/**
 * A vault over encrypted cells (security.md 5). Each is bound to its store and key, so that cells cannot be swapped;
 * keys are random ids, so that the disk tells nothing about a child.
 */
export function sealedVault(storage: Storage, key: DeviceKey): Vault {
  const open = async (store: StoreName, name: string, sealed: Uint8Array) =>
    fromBytes(await key.open(placeOf(store, name), sealed))
  return {
    lasting: true,
    async all(store) {
      const cells = await storage.all(store)
      return Promise.all(
        cells.map(async ([name, sealed]): Promise<[string, unknown]> => [name, await open(store, name, sealed)]),
      )
    },
    async get(store, name) {
      const sealed = await storage.get(store, name)
      return sealed === null ? null : open(store, name, sealed)
    },
    async write(cells) {
      // Sealing takes several turns of the event loop; an IndexedDB transaction would close meanwhile, so it comes first.
      const sealed = await Promise.all(
        cells.map(async ({ store, key: name, value }) => ({
          store,
          key: name,
          value: value === null ? null : await key.seal(placeOf(store, name), toBytes(value)),
        })),
      )
      await storage.write(sealed)
    },
    clear: () => storage.clear(),
  }
}

/** A vault of a desk browser that has not set up offline use: it lasts as long as the page. */
export function memoryVault(): Vault {
  const cells = new Map<string, unknown>()
  return {
    lasting: false,
    all: async (store) =>
      [...cells]
        .filter(([place]) => place.startsWith(`${store}/`))
        .map(([place, value]) => [place.slice(store.length + 1), value]),
    get: async (store, key) => cells.get(placeOf(store, key)) ?? null,
    async write(changes) {
      for (const { store, key, value } of changes) {
        if (value === null) cells.delete(placeOf(store, key))
        else cells.set(placeOf(store, key), value)
      }
    },
    async clear() {
      cells.clear()
    },
  }
}

function placeOf(store: StoreName, key: string): string {
  return `${store}/${key}`
}

function toBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}

function fromBytes(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes))
}
