import { newId } from '../crypto/random.ts'
import type { Cell } from './storage.ts'
import type { DraftKeeper } from './ui/Form.tsx'
import type { FormValues } from './ui/form-values.ts'
import type { Vault } from './vault.ts'

/** Words being typed, kept sealed under the form's own key until they are recorded. */
export type Drafts = {
  of: (form: string) => DraftKeeper
  /** Of words that must lie on no device, not even sealed: kept under a cover, and gone with the key. */
  inMemory: (form: string) => DraftKeeper
  /** Whether words are kept that have not been recorded. */
  areKept: () => boolean
  /** Resolves when everything kept so far lies on the disk. */
  settled: () => Promise<void>
  /** All of them, for a device that is set up meanwhile. */
  cells: () => Promise<Cell<unknown>[]>
  /** Reads them again, after another tab has written. */
  reload: () => Promise<void>
  /** Takes out of memory the drafts of forms whose key names one of these ids; answers the cells to take off the disk. */
  forget: (ids: ReadonlySet<string>) => Promise<Cell<unknown>[]>
}

type Kept = { cell: string; values: FormValues }
type OnDisk = [cell: string, { form: string; values: FormValues }][]

export async function openDrafts(vault: Vault): Promise<Drafts> {
  // Drafts lie under random ids, for a form's name would tell what is being written.
  let drafts = new Map<string, Kept>()
  const passing = new Map<string, FormValues>()
  let writing: Promise<unknown> = Promise.resolve()
  let writes = 0

  function write(cell: Cell<unknown>): void {
    writes += 1
    writing = Promise.allSettled([writing]).then(() => vault.write([cell]))
  }

  /** As they lie on disk, when nothing typed here is still on its way there. */
  async function onDisk(): Promise<OnDisk> {
    for (;;) {
      const before = writes
      await Promise.allSettled([writing])
      const cells = (await vault.all('draft')) as OnDisk // only `write` above writes this store
      if (writes === before) return cells
    }
  }

  async function reload(): Promise<void> {
    drafts = new Map((await onDisk()).map(([cell, { form, values }]) => [form, { cell, values }]))
  }

  await reload()
  return {
    areKept: () => drafts.size + passing.size > 0,
    of: (form) => ({
      load: () => drafts.get(form)?.values ?? null,
      keep(values) {
        const cell = drafts.get(form)?.cell ?? newId()
        drafts.set(form, { cell, values })
        write({ store: 'draft', key: cell, value: { form, values } })
      },
      drop() {
        const kept = drafts.get(form)
        drafts.delete(form)
        if (kept !== undefined) write({ store: 'draft', key: kept.cell, value: null })
      },
    }),
    inMemory: (form) => ({
      load: () => passing.get(form) ?? null,
      keep: (values) => void passing.set(form, values),
      drop: () => void passing.delete(form),
    }),
    async settled() {
      await Promise.allSettled([writing])
    },
    cells: async () => (await onDisk()).map(([key, value]) => ({ store: 'draft', key, value })),
    reload,
    async forget(ids) {
      if (ids.size === 0) return []
      for (const form of passing.keys()) if (isOf(form, ids)) passing.delete(form)
      // Two tabs may each have kept the same form: every cell goes.
      const found = (await onDisk()).filter(([, { form }]) => isOf(form, ids))
      for (const [, { form }] of found) drafts.delete(form)
      return found.map(([key]) => ({ store: 'draft', key, value: null }))
    },
  }
}

/** Whether a form's key names one of these ids. */
function isOf(form: string, ids: ReadonlySet<string>): boolean {
  return form.split('/').some((id) => ids.has(id))
}
