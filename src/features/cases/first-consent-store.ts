import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import { isAgreed } from './basis.ts'
import { saidNoTo, THE_RECORD } from './said-no-store.ts'
import { editMutable, readMutable } from './store.ts'

/**
 * Who agrees to the record is asked once, in the ledger, and stands in the safe start by the same answer. A no, or a yes that
 * is taken back, opens the question again; what the law lets record without an answer is not touched by it.
 */
export async function agreeInSafeStart(
  tx: Tx,
  { caseId, basis, opId }: { caseId: string; basis: 'consent' | 'assent' | 'not_yet'; opId: string },
  cipher: CaseCipher,
): Promise<void> {
  // A yes that comes late from a phone is older than the no that came first.
  if (basis !== 'not_yet' && (await saidNoTo(tx, caseId, THE_RECORD))) return
  const kept = await readMutable(tx, 'safe_start', caseId, cipher)
  const before = kept?.fields.basis ?? 'not_yet'
  if (before === basis || (basis === 'not_yet' && !isAgreed(before))) return
  await editMutable(tx, 'safe_start', { caseId, set: { basis }, baseVersion: kept?.version ?? 0, opId }, cipher)
}
