import type { CaseCipher } from '../../crypto/case-cipher.ts'
import { CONFLICT_FIELD } from '../../server/mutable-rows.ts'
import type { Conflict } from './store.ts'

export type Difference = { field: string; mine: unknown; theirs: unknown; baseVersion: number }

/** Opens what two people said differently; sealed by `editRow`. */
export function openConflictBody(conflict: Conflict, cipher: CaseCipher): Difference {
  return cipher.open(CONFLICT_FIELD, conflict.id, conflict.body) as Difference // written by editRow only
}
