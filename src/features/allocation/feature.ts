import { split } from '../../core/schema.ts'
import type { Tx } from '../../server/as-person.ts'
import { type FeatureDefinition, handle, type OpContext, type Saved } from '../../server/feature.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import { editRow } from '../../server/mutable-rows.ts'
import { isWeighedBefore } from '../cases/major-decision-store.ts'
import { findCase, findWorker } from '../cases/store.ts'
import { routes } from './api.ts'
import * as ops from './ops.ts'
import { packs } from './packs.ts'
import * as store from './store.ts'
import { ChildWish } from './wish.ts'

async function caseOf(tx: Tx, caseId: string) {
  const found = await findCase(tx, caseId)
  if (found === null) throw new NotAllowed(caseId, 'case')
  return { closedAt: found.closedAt }
}

const editWish = handle({
  op: ops.editWish,
  caseOf: (payload) => payload.caseId,
  load: (tx, { caseId }) => caseOf(tx, caseId),
  async save(tx, { id, caseId, set }, ctx) {
    const edit = { id, caseId, set, baseVersion: ctx.baseVersion ?? 0, opId: ctx.opId }
    const { version, conflicts } = await editRow(tx, ChildWish, edit, await ctx.cipher('services'))
    const { clear, body } = split(ChildWish, set)
    return {
      rowId: id,
      part: 'services',
      version,
      conflicts,
      settled: {},
      logged: { clear: { thing: 'child_wish', set: clear }, words: body },
    }
  },
})

/** The later of the two: a moment that is claimed revives no urgent protection of months ago. */
const latest = ({ now, me }: OpContext) => (now > me.askedAt ? now : me.askedAt)

const offerTransfer = handle({
  op: ops.offerTransfer,
  caseOf: (payload) => payload.caseId,
  load: async (tx, { caseId }, ctx) => ({
    ...(await caseOf(tx, caseId)),
    isOffered: await store.isOffered(tx, caseId),
    isWeighed: await isWeighedBefore(tx, caseId, 'transfer', latest(ctx)),
  }),
  async save(tx, offer, ctx) {
    // A supervisor reads this part; its key is there, for what was weighed before lies under it.
    const voice = await ctx.reads('services')
    if (voice === null) throw new NotAllowed(offer.caseId, 'services')
    const keys = { offer: await ctx.cipher('case'), voice }
    done(await store.putOffer(tx, offer, { opId: ctx.opId, at: latest(ctx) }, keys), offer.caseId)
    const { id, toTeam, childTold, why, needs } = offer
    return saved(id, { thing: 'case_transfer', toTeam, childTold }, { why, needs })
  },
})

const answerTransfer = handle({
  op: ops.answerTransfer,
  caseOf: (payload) => payload.caseId,
  load: async (tx, payload, ctx) => ({
    ...(await caseOf(tx, payload.caseId)),
    offer: await store.offerFor(tx, payload, ctx.me),
    workerIsOurs: payload.workerId !== null && (await findWorker(tx, payload.workerId)) !== null,
  }),
  async save(tx, answer, ctx) {
    // Opened before the case moves: whoever withdraws or accepts may read it now.
    const cipher = await ctx.cipher('case')
    done(await store.putAnswer(tx, answer, { opId: ctx.opId, at: ctx.me.askedAt }, cipher), answer.caseId)
    const { id, answer: decision, reason } = answer
    return saved(id, { thing: 'case_transfer', decision }, reason === null ? {} : { reason })
  },
})

/** The database looks once more, at what no session can see; what it then refuses is refused like a foreign case. */
function done(answer: string, caseId: string): void {
  if (answer !== 'done') throw new NotAllowed(caseId, 'case')
}

function saved(rowId: string, clear: Record<string, unknown>, words: Record<string, unknown>): Saved {
  return { rowId, part: 'case', version: null, conflicts: [], settled: {}, logged: { clear, words } }
}

export const allocation: FeatureDefinition = {
  name: 'allocation',
  ops: [editWish, offerTransfer, answerTransfer],
  mutable: [ChildWish],
  packs,
  routes,
  jobs: [],
}
