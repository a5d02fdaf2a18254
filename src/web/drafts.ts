import { newId } from '../crypto/random.ts'
import type { DraftKeeper } from './ui/Form.tsx'
import type { FormValues } from './ui/form-values.ts'
import type { Vault } from './vault.ts'

/** Words being typed, kept sealed under the form's own key until they are recorded. */
export type Drafts = {
  of: (form: string) => DraftKeeper
  /** Whether words are kept that have not been recorded. */
  areKept: () => boolean
}

type Kept = { cell: string; values: FormValues }

export async function openDrafts(vault: Vault): Promise<Drafts> {
  // Only `keep` below writes this store; drafts lie under random ids, for a form's name would tell what is being written.
  const cells = (await vault.all('draft')) as [cell: string, { form: string; values: FormValues }][]
  const drafts = new Map<string, Kept>(cells.map(([cell, { form, values }]) => [form, { cell, values }]))
  return {
    areKept: () => drafts.size > 0,
    of: (form) => ({
      load: () => drafts.get(form)?.values ?? null,
      keep(values) {
        const cell = drafts.get(form)?.cell ?? newId()
        drafts.set(form, { cell, values })
        void vault.write([{ store: 'draft', key: cell, value: { form, values } }])
      },
      drop() {
        const kept = drafts.get(form)
        drafts.delete(form)
        if (kept !== undefined) void vault.write([{ store: 'draft', key: kept.cell, value: null }])
      },
    }),
  }
}
