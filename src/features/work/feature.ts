import { split } from '../../core/schema.ts'
import type { Tx } from '../../server/as-person.ts'
import { type FeatureDefinition, handle, type OpContext, type Saved } from '../../server/feature.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import { findCase } from '../cases/store.ts'
import { routes } from './api.ts'
import { CaseAttention } from './attention.ts'
import * as ops from './ops.ts'
import { packs } from './packs.ts'
import { CaseQuestion } from './question.ts'
import * as store from './store.ts'

async function caseOf(tx: Tx, caseId: string) {
  const found = await findCase(tx, caseId)
  if (found === null) throw new NotAllowed(caseId, 'case')
  return { closedAt: found.closedAt }
}

const by = (ctx: OpContext) => ({ id: ctx.me.id, opId: ctx.opId, at: ctx.now })

const ask = handle({
  op: ops.ask,
  caseOf: (payload) => payload.caseId,
  load: async (tx, { caseId }) => ({ ...(await caseOf(tx, caseId)), asked: await store.askedOn(tx, caseId) }),
  async save(tx, question, ctx) {
    await store.insertQuestion(tx, question, by(ctx), await ctx.cipher('case'))
    const { clear, body } = split(CaseQuestion, question)
    return saved(question.id, { thing: 'case_question', ...clear }, body)
  },
})

const callAttention = handle({
  op: ops.callAttention,
  caseOf: (payload) => payload.caseId,
  load: (tx, { caseId }) => caseOf(tx, caseId),
  async save(tx, attention, ctx) {
    await store.insertAttention(tx, attention, by(ctx), await ctx.cipher('case'))
    const { clear, body } = split(CaseAttention, attention)
    return saved(attention.id, { thing: 'case_attention', ...clear }, body)
  },
})

const endAttention = handle({
  op: ops.endAttention,
  caseOf: (payload) => payload.caseId,
  load: async (tx, payload) => ({ isOpen: await store.isOpenAttention(tx, payload) }),
  async save(tx, { id }, ctx) {
    await store.endAttention(tx, id, by(ctx))
    return saved(id, { thing: 'case_attention' }, {})
  },
})

function saved(rowId: string, clear: Record<string, unknown>, words: Record<string, unknown>): Saved {
  return { rowId, part: 'case', version: null, conflicts: [], settled: {}, logged: { clear, words } }
}

export const work: FeatureDefinition = {
  name: 'work',
  ops: [ask, callAttention, endAttention],
  packs,
  due: store.dueAnswers,
  routes,
  jobs: [],
}
