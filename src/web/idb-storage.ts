import { deleteDB, type IDBPDatabase, openDB } from 'idb'
import type { Box, Jotted } from './jotter.ts'
import { type Storage, STORES } from './storage.ts'

const NAME = 'notes'

type Open = () => Promise<IDBPDatabase>

/** The browser's own database. `door` holds what must be readable before unlocking: the wrapped key and public settings. */
export async function openIdb(): Promise<{ storage: Storage; door: Door; box: Box }> {
  let opened: Promise<IDBPDatabase> | null = null
  // Signing out clears this site's storage, and the browser then closes the database under us: the next use opens it anew.
  const open: Open = () =>
    (opened ??= openDB(NAME, 3, {
      upgrade(there) {
        for (const store of [...STORES, 'door', 'jotted'])
          if (!there.objectStoreNames.contains(store)) there.createObjectStore(store)
      },
      // Another tab wants to erase or upgrade: let go, or it waits for ever.
      blocking: (_now, _next, event) => {
        opened = null
        ;(event.target as IDBDatabase).close() // a versionchange event's target is the database
      },
      terminated: () => {
        opened = null
      },
    }))
  await open()
  return { storage: idbStorage(open), door: idbDoor(open), box: idbBox(open) }
}

function idbStorage(open: Open): Storage {
  return {
    async all(store) {
      const tx = (await open()).transaction(store)
      const [keys, values] = await Promise.all([tx.store.getAllKeys(), tx.store.getAll()])
      return keys.map((key, at) => [key as string, values[at] as Uint8Array]) // only `write` below puts keys and values there
    },
    get: async (store, key) => ((await (await open()).get(store, key)) as Uint8Array | undefined) ?? null, // as above
    async write(cells) {
      if (cells.length === 0) return
      const names = [...new Set(cells.map((cell) => cell.store))]
      // `strict`: on disk before "saved" is said (offline.md).
      const tx = (await open()).transaction(names, 'readwrite', { durability: 'strict' })
      for (const { store, key, value } of cells)
        void (value === null ? tx.objectStore(store).delete(key) : tx.objectStore(store).put(value, key))
      await tx.done
    },
    async clear() {
      const tx = (await open()).transaction(STORES, 'readwrite')
      for (const store of STORES) void tx.objectStore(store).clear()
      await tx.done
    },
  }
}

/** What was written without unlocking: sealed to the server, so that this device itself cannot open it; it outlives a lease. */
function idbBox(open: Open): Box {
  return {
    ids: async () => (await (await open()).getAllKeys('jotted')) as string[], // only `put` below puts keys there
    get: async (id) => ((await (await open()).get('jotted', id)) as Jotted | undefined) ?? null, // as above
    async put(id, jotted) {
      const tx = (await open()).transaction('jotted', 'readwrite', { durability: 'strict' })
      void tx.store.put(jotted, id)
      await tx.done
    },
    async drop(id) {
      await (await open()).delete('jotted', id)
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

function idbDoor(open: Open): Door {
  return {
    get: async (key) => ((await (await open()).get('door', key)) as unknown) ?? null, // idb types values as any
    async put(key, value) {
      await (await open()).put('door', value, key)
    },
    async erase() {
      const db = await open()
      await db.clear('door')
      db.close()
      await deleteDB(NAME)
    },
  }
}
