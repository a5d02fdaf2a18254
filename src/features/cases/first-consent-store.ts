import type { Tx } from '../../server/as-person.ts'
import type { OpContext } from '../../server/feature.ts'
import { isAgreed } from './basis.ts'
import { findFirstAnswers } from './first-answers-store.ts'
import { saidNoTo, THE_RECORD } from './said-no-store.ts'
import { editMutable, readMutable } from './store.ts'
import { askAfterANo, askToKeepRecord, basisBefore } from './without-consent-store.ts'

/**
 * Who agrees to the record is asked once, in the ledger, and stands in the safe start by the same answer. A no, or a yes that
 * is taken back, opens the question again; what the law lets record without an answer stands, and a second person looks anew
 * at once: somebody could be asked.
 */
export async function agreeInSafeStart(
  tx: Tx,
  { caseId, basis }: { caseId: string; basis: 'consent' | 'assent' | 'not_yet' },
  ctx: OpContext,
): Promise<void> {
  // A yes that comes late from a phone is older than the no that came first.
  if (basis !== 'not_yet' && (await saidNoTo(tx, caseId, THE_RECORD))) return
  const cipher = await ctx.cipher('services')
  const kept = await readMutable(tx, 'safe_start', caseId, cipher)
  if (basis === 'not_yet' && ctx.me.role !== 'case_worker') {
    // She reads neither the account, where a first call may say on what the record rests, nor the requests about it.
    await askAfterANo(tx, caseId, wordsIn(kept?.fields), ctx)
    if (kept?.fields.basis === 'lawful_basis') return
  } else if (basis === 'not_yet' && (await basisBefore(tx, caseId)) === 'lawful_basis') {
    const first = await findFirstAnswers(tx, caseId, () => ctx.reads('narrative'))
    const why = wordsIn(kept?.fields) ?? first?.basisWords ?? null
    await askToKeepRecord(tx, { caseId, why, before: null }, ctx)
    return
  }
  const before = kept?.fields.basis ?? 'not_yet'
  if (before === basis || (basis === 'not_yet' && !isAgreed(before))) return
  const edit = { caseId, set: { basis }, baseVersion: kept?.version ?? 0, opId: ctx.opId }
  await editMutable(tx, 'safe_start', edit, cipher)
}

const wordsIn = (safeStart: { [field: string]: unknown } | undefined) =>
  typeof safeStart?.basisWords === 'string' ? safeStart.basisWords : null
