import { split } from '../../core/schema.ts'
import type { Tx } from '../../server/as-person.ts'
import { handle, type OpContext } from '../../server/feature.ts'
import { askSignature } from '../../server/second-signatures.ts'
import { loadConsents, saved } from './consent-feature.ts'
import { letterOf } from './letter.ts'
import { endLinkNow, insertLink, isOpenLink } from './letter-store.ts'
import { LawfulBasis, Referral, ReferralAnswer } from './referral.ts'
import * as ops from './referral-ops.ts'
import { findKnownReferrals, insertAnswer, insertBasis, insertReferral, readReferral } from './referral-store.ts'

export async function loadReferrals(tx: Tx, payload: { caseId: string }, ctx: OpContext): Promise<ops.KnownReferrals> {
  return { ...(await loadConsents(tx, payload, ctx)), ...(await findKnownReferrals(tx, payload.caseId)) }
}

const send = handle({
  op: ops.sendReferral,
  caseOf: (payload) => payload.caseId,
  load: loadReferrals,
  async save(tx, referral, ctx) {
    await insertReferral(tx, referral, { id: ctx.me.id, opId: ctx.opId }, await ctx.cipher('services'))
    const { clear, body } = split(Referral, referral)
    return saved(referral.id, { thing: 'referral', ...clear }, body)
  },
})

const giveLink = handle({
  op: ops.giveLink,
  caseOf: (payload) => payload.caseId,
  load: loadReferrals,
  async save(tx, link, ctx) {
    const referral = await readReferral(tx, { id: link.referralId, caseId: link.caseId }, await ctx.cipher('services'))
    if (referral === null) throw new Error('the rule has just found it')
    const need = ctx.pack.codeLists.service_sector?.find((one) => one.code === referral.need)?.label
    const letter = letterOf(referral, referral.office, need ?? {})
    await insertLink(tx, link, letter, { id: ctx.me.id, opId: ctx.opId })
    // Neither the secret nor the number is kept, here or in the log.
    return saved(link.id, { thing: 'letter_link', referralId: link.referralId, endsAt: link.endsAt }, {})
  },
})

const endLink = handle({
  op: ops.endLink,
  caseOf: (payload) => payload.caseId,
  load: async (tx, { id, caseId }) => ({ isOpen: await isOpenLink(tx, id, caseId) }),
  async save(tx, { id }) {
    await endLinkNow(tx, id)
    return saved(id, { thing: 'letter_link', set: { state: 'ended' } }, {})
  },
})

const recordAnswer = handle({
  op: ops.recordAnswer,
  caseOf: (payload) => payload.caseId,
  load: loadReferrals,
  async save(tx, answer, ctx) {
    await insertAnswer(tx, answer, { id: ctx.me.id, opId: ctx.opId }, await ctx.cipher('services'))
    const { clear, body } = split(ReferralAnswer, answer)
    return saved(answer.id, { thing: 'referral_answer', ...clear, decision: answer.answer }, body)
  },
})

const recordBasis = handle({
  op: ops.recordBasis,
  caseOf: (payload) => payload.caseId,
  load: loadReferrals,
  async save(tx, basis, ctx) {
    await insertBasis(tx, basis, { id: ctx.me.id, opId: ctx.opId }, await ctx.cipher('services'))
    const { id, caseId, bestInterests } = basis
    // It opens something outwards: a second person signs before anything goes.
    await askSignature(tx, { id, act: 'share_without_consent', caseId, aboutId: id, why: bestInterests }, ctx)
    const { clear, body } = split(LawfulBasis, basis)
    return saved(id, { thing: 'lawful_basis', ...clear }, body)
  },
})

export const referralOps = [send, giveLink, endLink, recordAnswer, recordBasis]
