import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import { editMutable, readMutable } from './store.ts'

const AGREED = ['consent', 'assent']

/**
 * Who agrees to the record is asked once, in the ledger, and stands in the safe start by the same answer. A no, or a yes that
 * is taken back, opens the question again; what the law lets record without an answer is not touched by it.
 */
export async function agreeInSafeStart(
  tx: Tx,
  { caseId, basis, opId }: { caseId: string; basis: 'consent' | 'assent' | 'not_yet'; opId: string },
  cipher: CaseCipher,
): Promise<void> {
  const kept = await readMutable(tx, 'safe_start', caseId, cipher)
  const before = kept?.fields.basis ?? 'not_yet'
  if (before === basis || (basis === 'not_yet' && !AGREED.some((one) => one === before))) return
  await editMutable(tx, 'safe_start', { caseId, set: { basis }, baseVersion: kept?.version ?? 0, opId }, cipher)
}
