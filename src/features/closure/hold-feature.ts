import { split } from '../../core/schema.ts'
import type { Tx } from '../../server/as-person.ts'
import { type AnyHandler, handle, type OpContext, type Saved } from '../../server/feature.ts'
import { askSignature } from '../../server/second-signatures.ts'
import { LegalHold } from './hold.ts'
import * as ops from './hold-ops.ts'
import * as store from './hold-store.ts'

const byOf = (ctx: OpContext) => ({ id: ctx.me.id, opId: ctx.opId, at: ctx.me.askedAt })

const load = async (tx: Tx, { caseId }: { caseId: string }, ctx: OpContext): Promise<ops.KnownHolds> => ({
  holds: await store.holdsOf(tx, caseId),
  atMost: ctx.pack.retention.holdAtMost,
})

const holdErasure = handle({
  op: ops.holdErasure,
  caseOf: (payload) => payload.caseId,
  load,
  async save(tx, hold, ctx) {
    const { id: aboutId, caseId } = hold
    await store.insertHold(tx, hold, byOf(ctx), await ctx.cipher('services'))
    await askSignature(tx, { id: aboutId, act: 'hold_erasure', caseId, aboutId, why: null }, ctx)
    const { clear, body } = split(LegalHold, hold)
    return saved(aboutId, { thing: 'legal_hold', ...clear }, body)
  },
})

const endHold = handle({
  op: ops.endHold,
  caseOf: (payload) => payload.caseId,
  load,
  async save(tx, { holdId }, ctx) {
    await store.endHold(tx, holdId, byOf(ctx))
    return saved(holdId, { thing: 'legal_hold', set: { state: 'ended' } }, {})
  },
})

const giveReturnCode = handle({
  op: ops.giveReturnCode,
  caseOf: (payload) => payload.caseId,
  load: () => Promise.resolve({}),
  async save(tx, code, ctx) {
    await store.insertReturnCode(tx, code, byOf(ctx), await ctx.cipher('services'))
    // The log says that a paper was given; what its words are compared with lies in one place only.
    return saved(code.id, { thing: 'return_code' }, {})
  },
})

function saved(rowId: string, clear: Record<string, unknown>, words: Record<string, unknown>): Saved {
  return { rowId, part: 'services', version: null, conflicts: [], settled: {}, logged: { clear, words } }
}

export const holdOps: AnyHandler[] = [holdErasure, endHold, giveReturnCode]
