import { type AnyHandler, handle } from '../../server/feature.ts'
import { makeContact } from './later-contact-ops.ts'
import { findAgreed, noteContact } from './later-contact-store.ts'

const made: AnyHandler = handle({
  op: makeContact,
  caseOf: (payload) => payload.caseId,
  load: (tx, of, ctx) => findAgreed(tx, of, ctx.me.id),
  async save(tx, { closingId, madeOn }, ctx) {
    await noteContact(tx, closingId, madeOn, ctx.me.id)
    const logged = { clear: { thing: 'case_closing', set: { contactMadeOn: madeOn } }, words: {} }
    return { rowId: closingId, part: 'services', version: null, conflicts: [], settled: {}, logged }
  },
})

export const laterContactOps: AnyHandler[] = [made]
