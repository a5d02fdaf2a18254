/** What this device keeps, each under opaque keys; every value is sealed before it gets here. */
export const STORES = ['rec', 'out', 'attention', 'draft', 'meta', 'file', 'piece'] as const
export type StoreName = (typeof STORES)[number]

export type Cell<Value> = { store: StoreName; key: string; value: Value | null }

/** A place that keeps cells; one `write` happens wholly or not at all. */
export type Storage = {
  all: (store: StoreName) => Promise<[key: string, value: Uint8Array][]>
  get: (store: StoreName, key: string) => Promise<Uint8Array | null>
  /** Resolves only when the cells are on disk; null takes a cell away. */
  write: (cells: readonly Cell<Uint8Array>[]) => Promise<void>
  /** Takes everything away. */
  clear: () => Promise<void>
}

/** Keeps cells for as long as this page is open: tests, and nothing else. */
export function memoryStorage(): Storage {
  const stores = new Map<StoreName, Map<string, Uint8Array>>(STORES.map((name) => [name, new Map()]))
  const of = (name: StoreName) => stores.get(name) ?? new Map<string, Uint8Array>()
  return {
    all: async (store) => [...of(store)],
    get: async (store, key) => of(store).get(key) ?? null,
    async write(cells) {
      for (const { store, key, value } of cells) {
        if (value === null) of(store).delete(key)
        else of(store).set(key, value)
      }
    },
    async clear() {
      for (const store of stores.values()) store.clear()
    },
  }
}
