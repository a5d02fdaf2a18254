import { split } from '../../core/schema.ts'
import { newId } from '../../crypto/random.ts'
import type { Tx } from '../../server/as-person.ts'
import { handle, type OpContext, type Saved } from '../../server/feature.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import { agreeInSafeStart } from '../cases/first-consent-store.ts'
import { findCase } from '../cases/store.ts'
import { ConsentRecord, ConsentWithdrawal } from './consent.ts'
import * as ops from './ops.ts'
import { findKnown, insertConsent, insertWithdrawal } from './store.ts'

export async function loadConsents(
  tx: Tx,
  { caseId }: { caseId: string },
  { pack }: OpContext,
): Promise<ops.KnownConsents> {
  const of = await findCase(tx, caseId)
  if (of === null) throw new NotAllowed(caseId, 'case')
  return { closedAt: of.closedAt, ageBand: of.ageBand, pack: pack.consent, ...(await findKnown(tx, caseId)) }
}

/** That a record is kept at all: the first question of the safe start. */
const THE_RECORD = 'case_management'

/** To be counted without a name: a no is in no figure, from this transaction on. */
const NOT_NAMED = 'anonymous_reporting'

const recordConsent = handle({
  op: ops.recordConsent,
  caseOf: (payload) => payload.caseId,
  load: loadConsents,
  async save(tx, { consent, standing, ends }, ctx) {
    const cipher = await ctx.cipher('services')
    const by = { opId: ctx.opId, id: ctx.me.id }
    await insertConsent(tx, consent, { standing, opId: ctx.opId, by: ctx.me.id }, cipher)
    // A no to the same question ends the yes before it: nobody has to say no twice.
    for (const consentId of ends) {
      const whose = consent.child === 'refuses' ? 'child' : (consent.adultIs ?? 'parent_or_carer')
      const { caseId, askedAt: withdrawnAt } = consent
      await insertWithdrawal(tx, { id: newId(), caseId, consentId, by: whose, withdrawnAt, said: null }, by, cipher)
    }
    if (consent.purpose === THE_RECORD && standing !== 'not_complete') {
      const agreed = consent.adult === 'agrees' ? 'assent' : 'consent'
      const basis = standing === 'given' ? agreed : 'not_yet'
      await agreeInSafeStart(tx, { caseId: consent.caseId, basis }, ctx)
    }
    if (consent.purpose === NOT_NAMED) await ctx.leaveOut()
    const { clear, body } = split(ConsentRecord, consent)
    return saved(consent.id, { thing: 'consent_record', ...clear, decision: standing }, body)
  },
})

const withdrawConsent = handle({
  op: ops.withdrawConsent,
  caseOf: (payload) => payload.caseId,
  load: loadConsents,
  async save(tx, withdrawal, ctx, known) {
    const cipher = await ctx.cipher('services')
    await insertWithdrawal(tx, withdrawal, { opId: ctx.opId, id: ctx.me.id }, cipher)
    const { purpose } = known.consents.find((one) => one.id === withdrawal.consentId) ?? {}
    // Of a closed case nothing is asked again: the withdrawal stands in the ledger.
    if (purpose === THE_RECORD && known.closedAt === null)
      await agreeInSafeStart(tx, { caseId: withdrawal.caseId, basis: 'not_yet' }, ctx)
    if (purpose === NOT_NAMED) await ctx.leaveOut()
    const { clear, body } = split(ConsentWithdrawal, withdrawal)
    return saved(withdrawal.id, { thing: 'consent_withdrawal', ...clear }, body)
  },
})

/** What the log keeps of a fact of this feature: codes in the clear, words sealed. */
export function saved(rowId: string, clear: Record<string, unknown>, words: Record<string, unknown>): Saved {
  return { rowId, part: 'services', version: null, conflicts: [], settled: {}, logged: { clear, words } }
}

export const consentOps = [recordConsent, withdrawConsent]
