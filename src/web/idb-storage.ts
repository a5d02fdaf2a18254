import { deleteDB, type IDBPDatabase, openDB } from 'idb'
import { type Storage, STORES } from './storage.ts'

const NAME = 'notes'

/** The browser's own database. `door` holds what must be readable before unlocking: the wrapped key and public settings. */
export async function openIdb(): Promise<{ storage: Storage; door: Door }> {
  const db = await openDB(NAME, 1, {
    upgrade(fresh) {
      for (const store of STORES) fresh.createObjectStore(store)
      fresh.createObjectStore('door')
    },
    // Another tab wants to erase or upgrade: let go, or it waits for ever.
    blocking: (_now, _next, event) => (event.target as IDBDatabase).close(), // a versionchange event's target is the database
  })
  return { storage: idbStorage(db), door: idbDoor(db) }
}

function idbStorage(db: IDBPDatabase): Storage {
  return {
    async all(store) {
      const tx = db.transaction(store)
      const [keys, values] = await Promise.all([tx.store.getAllKeys(), tx.store.getAll()])
      return keys.map((key, at) => [key as string, values[at] as Uint8Array]) // only `write` below puts keys and values there
    },
    get: async (store, key) => ((await db.get(store, key)) as Uint8Array | undefined) ?? null, // as above
    async write(cells) {
      if (cells.length === 0) return
      const names = [...new Set(cells.map((cell) => cell.store))]
      // `strict`: on disk before "saved" is said (offline.md).
      const tx = db.transaction(names, 'readwrite', { durability: 'strict' })
      for (const { store, key, value } of cells)
        void (value === null ? tx.objectStore(store).delete(key) : tx.objectStore(store).put(value, key))
      await tx.done
    },
    async clear() {
      const tx = db.transaction(STORES, 'readwrite')
      for (const store of STORES) void tx.objectStore(store).clear()
      await tx.done
    },
  }
}

/** The unlocked side of the door: nothing here names a person or a child. */
export type Door = {
  get: (key: string) => Promise<unknown>
  put: (key: string, value: unknown) => Promise<void>
  /** Takes the wrapped key away first, then everything else. */
  erase: () => Promise<void>
}

function idbDoor(db: IDBPDatabase): Door {
  return {
    get: async (key) => ((await db.get('door', key)) as unknown) ?? null, // idb types values as any
    async put(key, value) {
      await db.put('door', value, key)
    },
    async erase() {
      await db.clear('door')
      db.close()
      await deleteDB(NAME)
    },
  }
}
